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
}

// LstsqL2 is least squares with L2 regularisation, as for neurons with noise of
// standard deviation σ = Reg · max A:
//
//	(AᵀA + m σ² I) D = AᵀY,   m the number of points
//
// (C. Eliasmith and C. H. Anderson, Neural Engineering, 2003, appendix A.1).
type LstsqL2 struct {
	Reg float64 `param:"reg" default:"0.1" check:">=0" doc:"noise of the neurons, relative to the highest activity"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Separable implements Separable.
func (LstsqL2) Separable() {}

// Solve implements Solver.
func (s LstsqL2) Solve(p Problem) ([]float64, error) {
	s = param.Resolve(s)
	highest := 0.0
	for _, a := range p.A {
		if a > highest {
			highest = a
		}
	}
	if highest == 0 {
		return nil, fmt.Errorf("no neuron is active at any evaluation point; lower the intercepts or widen the evaluation points")
	}
	sigma := float64(s.Reg * highest)
	active, q := p.active()
	d, ok := ridge(q, float64(float64(p.Points)*float64(sigma*sigma)))
	if !ok {
		return nil, fmt.Errorf("the activities do not determine the decoders: the system of %d neurons is singular with reg = %g; give a larger reg (such as 0.1)", p.Neurons, s.Reg)
	}
	return p.spread(d, active), nil
}

// ridge solves (AᵀA + r I) D = AᵀY by Cholesky's method; false if the matrix is
// not positive definite.
func ridge(p Problem, r float64) (d []float64, ok bool) {
	level, n := kernel.Best(), p.Neurons
	gram := make([]float64, n*n)
	kernel.Gram(level, gram, p.A, p.Points, n)
	for i := range n {
		gram[i*n+i] += r
	}
	if !kernel.Cholesky(level, gram, n) {
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
