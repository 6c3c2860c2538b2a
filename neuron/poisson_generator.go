package neuron

import (
	"soma/internal/elementary"
	"soma/internal/param"
	"soma/internal/rng"
)

// PoissonGenerator fires at random with a constant rate: the number of spikes in
// a step is Poisson distributed with mean Rate·dt. Connected by a rule, it gives
// every target an independent train of its own; a probe of the generator shows
// one more.
type PoissonGenerator struct {
	Rate float64 `param:"rate" unit:"Hz" check:">=0" doc:"mean rate"`
}

// Spec implements Model.
func (PoissonGenerator) Spec() Spec {
	return Spec{Name: "poisson_generator", Spiking: true, Amplitude: 1, Random: true}
}

// CheckDt implements DtChecker.
func (m PoissonGenerator) CheckDt(dt float64) []param.Problem {
	if m.Rate*dt <= maxPoissonMean {
		return nil
	}
	return []param.Problem{{
		Field:   "rate",
		Problem: param.Quantity(m.Rate, "Hz") + " is too much for a step of " + param.Quantity(dt, "s"),
		Remedy:  "keep it below " + param.Quantity(maxPoissonMean/dt, "Hz"),
	}}
}

// maxPoissonMean is the largest mean number of spikes in a step: e^−mean must
// not underflow.
const maxPoissonMean = 500

// NewStepper implements Model.
func (m PoissonGenerator) NewStepper(env Env) (Stepper, error) {
	return poissonStepper{elementary.Exp(-float64(m.Rate * env.Dt)), float64(m.Rate * env.Dt), env.Dt, env.Stream}, nil
}

type poissonStepper struct {
	silent   float64 // probability of no spike
	mean, dt float64
	stream   rng.Stream
}

// Step counts by inversion of the distribution function.
func (s poissonStepper) Step(b *Block) {
	for i := range b.Input {
		u := s.stream.Float64(uint64(b.First+i), uint64(b.Step))
		p, sum := s.silent, s.silent
		for k := 1.0; u >= sum && p > 0; k++ {
			b.Fire(i, s.dt)
			p = float64(p*s.mean) / k
			sum += p
		}
	}
}
