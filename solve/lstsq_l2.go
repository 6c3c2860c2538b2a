package solve

import (
	"fmt"

	"soma/internal/param"
)

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
func (s LstsqL2) Solve(p Problem) ([]float64, error) { return s.solve(p.Sums()) }

func (s LstsqL2) solve(p *Sums) ([]float64, error) {
	s = param.Resolve(s)
	if err := p.silent(); err != nil {
		return nil, err
	}
	sigma := float64(s.Reg * p.highest())
	d, ok := p.ridge(float64(float64(p.Points) * float64(sigma*sigma)))
	if !ok {
		return nil, fmt.Errorf("the activities do not determine the decoders: the system of %d neurons is singular with reg = %g; give a larger reg (such as 0.1)", p.Neurons, s.Reg)
	}
	return d, nil
}

// LstsqL2nz is LstsqL2 with less regularisation of neurons that respond at few
// points: the σ of a neuron is scaled with the root of the part of the points at
// which it is active.
type LstsqL2nz struct {
	Reg float64 `param:"reg" default:"0.1" check:">=0" doc:"noise of the neurons, relative to the highest activity"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Separable implements Separable.
func (LstsqL2nz) Separable() {}

// Solve implements Solver.
func (s LstsqL2nz) Solve(p Problem) ([]float64, error) { return s.solve(p.Sums()) }

func (s LstsqL2nz) solve(p *Sums) ([]float64, error) {
	s = param.Resolve(s)
	if err := p.silent(); err != nil {
		return nil, err
	}
	d, ok := p.ridge(p.byUse(float64(s.Reg * p.largest()))...)
	if !ok {
		return nil, fmt.Errorf("the activities do not determine the decoders: the system of %d neurons is singular with reg = %g; give a larger reg (such as 0.1)", p.Neurons, s.Reg)
	}
	return d, nil
}
