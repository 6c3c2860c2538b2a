// Package solve finds decoders: the weights by which the activity of an
// ensemble's neurons adds up to a function of what it represents.
//
// A [Solver] minimises the error ‖A·D − Y‖ over the evaluation points. All
// arithmetic has a fixed order, so that decoders are the same on every machine.
package solve

import (
	"fmt"

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

// extremes are the lowest and the highest activity of each neuron, and 0.
func (p Problem) extremes() (low, high []float64) {
	n := p.Neurons
	low, high = make([]float64, n), make([]float64, n)
	for point := range p.Points {
		kernel.Extremes(kernel.Best(), low, high, p.A[point*n:(point+1)*n])
	}
	return low, high
}

// correlate is AᵀY, summed over the points in order.
func correlate(level kernel.Level, p Problem) []float64 {
	n, m := p.Neurons, p.Outputs
	d := make([]float64, n*m)
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
