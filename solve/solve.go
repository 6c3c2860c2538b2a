// Package solve finds decoders: the weights by which the activity of an
// ensemble's neurons adds up to a function of what it represents.
//
// A [Solver] minimises the error ‖A·D − Y‖ over the evaluation points. All
// arithmetic has a fixed order, so that decoders are the same on every machine.
package solve

import (
	"fmt"
	"slices"

	"soma/internal/kernel"
	"soma/internal/param"
	"soma/internal/rng"
)

// A Solver finds decoders.
type Solver interface {
	// Solve returns the decoders D (neurons × outputs, row by row) for the
	// activities A (points × neurons, Hz) and the targets Y (points × outputs). It
	// neither changes nor keeps them, and may be called from several goroutines.
	Solve(p Problem) ([]float64, error)
}

// Separable solvers find the weights of every output on their own: the result
// does not depend on what other outputs the problem has, so that several
// functions of an ensemble may be solved as one problem.
type Separable interface {
	Solver
	Separable()
}

// Problem is a least-squares problem; matrices are stored row by row.
type Problem struct {
	Points, Neurons, Outputs int
	A                        []float64 // Points × Neurons
	Y                        []float64 // Points × Outputs

	Stream rng.Stream // random numbers of the ensemble, for solvers that draw
	// Threads is how many the solver may use; the result does not depend on it.
	Threads int
}

// A Checker has parameters that can be wrong.
type Checker interface {
	Check() []param.Problem
}

// Check reports what is wrong with the parameters of a solver.
func Check(s Solver) []param.Problem {
	if c, ok := s.(Checker); ok {
		return c.Check()
	}
	return param.Check(param.Resolve(s))
}

// silent is an error where there is nothing to solve with.
func (p Problem) silent() error {
	for _, a := range p.A {
		if a != 0 {
			return nil
		}
	}
	return fmt.Errorf("no neuron is active at any evaluation point; lower the intercepts or widen the evaluation points")
}

// highest is the highest activity.
func (p Problem) highest() float64 {
	_, high := p.extremes()
	return slices.Max(append(high, 0))
}

// extremes are the lowest and the highest activity of each neuron, and 0.
func (p Problem) extremes() (low, high []float64) {
	n := p.Neurons
	low, high = make([]float64, n), make([]float64, n)
	for point := range p.Points {
		kernel.Extremes(kernel.Best(), low, high, p.A[point*n:(point+1)*n])
	}
	return low, high
}

// ridge solves (AᵀA + R) D = AᵀY by Cholesky's method; false if the matrix is not
// positive definite. R has r on its diagonal, one for all or one for each neuron.
func ridge(p Problem, r ...float64) (d []float64, ok bool) {
	level, n := kernel.Best(), p.Neurons
	gram := make([]float64, n*n)
	kernel.Gram(level, p.Threads, gram, p.A, p.Points, n)
	for i := range n {
		gram[i*n+i] += r[min(i, len(r)-1)]
	}
	if !kernel.Cholesky(level, p.Threads, gram, n) {
		return nil, false
	}
	d = correlate(level, p)
	kernel.SolveLower(level, gram, d, n, p.Outputs)
	kernel.SolveUpper(level, gram, d, n, p.Outputs)
	return d, true
}

// correlate is AᵀY, summed over the points in order.
func correlate(level kernel.Level, p Problem) []float64 {
	n, m := p.Neurons, p.Outputs
	d := make([]float64, n*m)
	if m >= 8 {
		kernel.TransposedProduct(level, d, p.A, p.Y, p.Points, n, m)
		return d
	}
	column := make([]float64, n)
	for k := range m {
		clear(column)
		for point := range p.Points {
			kernel.Axpy(level, column, p.Y[point*m+k], p.A[point*n:(point+1)*n])
		}
		for i, x := range column {
			d[i*m+k] = x
		}
	}
	return d
}

// normal gives AᵀA, whole, and AᵀY.
func (p Problem) normal() (g, c []float64) {
	level, n := kernel.Best(), p.Neurons
	g = make([]float64, n*n)
	kernel.Gram(level, p.Threads, g, p.A, p.Points, n)
	for i := range n {
		for j := range i {
			g[j*n+i] = g[i*n+j]
		}
	}
	return g, correlate(level, p)
}
