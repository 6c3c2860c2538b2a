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
	// activities A (points × neurons, Hz) and the targets Y (points × outputs).
	Solve(p Problem) ([]float64, error)
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
}

// Solve implements Solver.
func (s LstsqL2) Solve(p Problem) ([]float64, error) {
	s = param.Resolve(s)
	n := p.Neurons
	highest := 0.0
	for _, a := range p.A {
		highest = max(highest, a)
	}
	if highest == 0 {
		return nil, fmt.Errorf("no neuron is active at any evaluation point; lower the intercepts or widen the evaluation points")
	}
	gram := make([]float64, n*n)
	kernel.Gram(kernel.Best(), gram, p.A, p.Points, n)
	sigma := float64(s.Reg * highest)
	ridge := float64(float64(p.Points) * float64(sigma*sigma))
	for i := range n {
		gram[i*n+i] += ridge
	}
	if !kernel.Cholesky(kernel.Best(), gram, n) {
		return nil, fmt.Errorf("the activities do not determine the decoders: the system of %d neurons is singular with reg = %g; give a larger reg (such as 0.1)", n, s.Reg)
	}
	d := correlate(p)
	for k := range p.Outputs {
		substitute(gram, d, n, k, p.Outputs)
	}
	return d, nil
}

// correlate is AᵀY, summed over the points in order.
func correlate(p Problem) []float64 {
	d := make([]float64, p.Neurons*p.Outputs)
	for point := range p.Points {
		y := p.Y[point*p.Outputs : (point+1)*p.Outputs]
		for i, a := range p.A[point*p.Neurons : (point+1)*p.Neurons] {
			if a == 0 {
				continue
			}
			row := d[i*p.Outputs : (i+1)*p.Outputs]
			for k := range row {
				row[k] += float64(a * y[k])
			}
		}
	}
	return d
}

// substitute solves L Lᵀ x = b in place for column k of b, which has width
// columns; L is lower triangular, n × n.
func substitute(l, b []float64, n, k, width int) {
	for i := range n {
		x := b[i*width+k]
		for j := range i {
			x -= float64(l[i*n+j] * b[j*width+k])
		}
		b[i*width+k] = x / l[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		x := b[i*width+k]
		for j := i + 1; j < n; j++ {
			x -= float64(l[j*n+i] * b[j*width+k])
		}
		b[i*width+k] = x / l[i*n+i]
	}
}
