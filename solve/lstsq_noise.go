package solve

import (
	"fmt"
	"math"

	"soma/internal/param"
)

// LstsqNoise is least squares with noise added to the activities: Gaussian, with
// a standard deviation of Noise times the highest activity. The noise is drawn
// from the ensemble's own random stream.
type LstsqNoise struct {
	Noise float64 `param:"noise" default:"0.1" check:">=0" doc:"noise of the neurons, relative to the highest activity"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Solve implements Solver.
func (s LstsqNoise) Solve(p Problem) ([]float64, error) {
	s = param.Resolve(s)
	if err := p.silent(); err != nil {
		return nil, err
	}
	sigma := 0.0
	for _, a := range p.A {
		sigma = max(sigma, float64(s.Noise*math.Abs(a)))
	}
	return p.withNoise(s.Noise, func(a, normal float64) float64 { return a + float64(sigma*normal) })
}

// LstsqMultNoise is least squares with noise on the activities that grows with
// them: every activity is multiplied by 1 and a Gaussian number with a standard
// deviation of Noise. On the average that acts as a regularisation of each neuron by
// its own mean square activity. A silent neuron has weight 0.
type LstsqMultNoise struct {
	Noise float64 `param:"noise" default:"0.1" check:">=0" doc:"noise of the neurons, relative to their activity"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Solve implements Solver.
func (s LstsqMultNoise) Solve(p Problem) ([]float64, error) {
	s = param.Resolve(s)
	if err := p.silent(); err != nil {
		return nil, err
	}
	active, q := p.active()
	d, err := q.withNoise(s.Noise, func(a, normal float64) float64 { return a + float64(a*float64(s.Noise*normal)) })
	if err != nil {
		return nil, err
	}
	return p.spread(d, active), nil
}

// withNoise solves with activities that are changed by normal numbers.
func (p Problem) withNoise(noise float64, change func(a, normal float64) float64) ([]float64, error) {
	noisy := p
	noisy.A = make([]float64, len(p.A))
	for point := range p.Points {
		source := p.Stream.Source(uint64(point))
		for i := point * p.Neurons; i < (point+1)*p.Neurons; i++ {
			noisy.A[i] = change(p.A[i], source.Normal())
		}
	}
	d, ok := noisy.Sums().ridge(0)
	if !ok {
		return nil, fmt.Errorf("%d evaluation points do not determine the weights of %d neurons with noise = %g; give more points, or more noise (such as 0.1)", p.Points, p.Neurons, noise)
	}
	return d, nil
}
