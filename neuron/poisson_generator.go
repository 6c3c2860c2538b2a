package neuron

import (
	"soma/internal/elementary"
	"soma/internal/param"
	"soma/internal/rng"
)

// A TrainGenerator fires at random, and gives every neuron that it is connected
// to by a rule an independent Poisson train of its own; a probe of the generator
// shows one more.
type TrainGenerator interface {
	Model
	// Pieces is the rate over time, in Hz.
	Pieces(dt float64) []Piece
}

// PoissonGenerator fires at random with a constant rate: the number of spikes in
// a step is Poisson distributed with mean Rate·dt. It is a TrainGenerator.
type PoissonGenerator struct {
	Rate  float64 `param:"rate" unit:"Hz" check:">=0" doc:"mean rate"`
	Start float64 `param:"start" unit:"s" check:">=0" doc:"when it begins"`
	Stop  float64 `param:"stop" unit:"s" check:">=0" doc:"when it ends; 0: never"`
}

// Spec implements Model.
func (PoissonGenerator) Spec() Spec { return trainSpec("poisson_generator") }

func trainSpec(name string) Spec {
	return Spec{Name: name, Spiking: true, Amplitude: 1, Random: true}
}

// Check implements Checker.
func (m PoissonGenerator) Check() []param.Problem { return window{m.Start, m.Stop}.check() }

// CheckDt implements DtChecker.
func (m PoissonGenerator) CheckDt(dt float64) []param.Problem {
	return checkPoissonRate("rate", m.Rate, dt)
}

// Pieces implements TrainGenerator.
func (m PoissonGenerator) Pieces(dt float64) []Piece {
	return newPieces([]float64{0}, []float64{m.Rate}, window{m.Start, m.Stop}, dt)
}

// maxPoissonMean is the largest mean number of spikes in a step: e^−mean must
// not underflow.
const maxPoissonMean = 500

func checkPoissonRate(field string, rate, dt float64) []param.Problem {
	if rate*dt <= maxPoissonMean {
		return nil
	}
	return []param.Problem{{
		Field:   field,
		Problem: param.Quantity(rate, "Hz") + " is too much for a step of " + param.Quantity(dt, "s"),
		Remedy:  "keep it below " + param.Quantity(maxPoissonMean/dt, "Hz"),
	}}
}

// NewStepper implements Model.
func (m PoissonGenerator) NewStepper(env Env) (Stepper, error) {
	return newPoissonStepper(m.Pieces(env.Dt), env), nil
}

type poissonStepper struct {
	rates  pieces
	silent []float64 // probability of no spike, for each piece
	dt     float64
	stream rng.Stream
}

func newPoissonStepper(rates pieces, env Env) poissonStepper {
	s := poissonStepper{rates: rates, dt: env.Dt, stream: env.Stream}
	for _, p := range rates {
		s.silent = append(s.silent, elementary.Exp(-float64(p.Value*env.Dt)))
	}
	return s
}

// Step counts by inversion of the distribution function.
func (s poissonStepper) Step(b *Block) {
	piece := s.rates.index(b.Step)
	if piece < 0 || s.rates[piece].Value == 0 {
		return
	}
	mean := float64(s.rates[piece].Value * s.dt)
	for i := range b.Input {
		u := s.stream.Float64(uint64(b.First+i), uint64(b.Step))
		p, sum := s.silent[piece], s.silent[piece]
		for k := 1.0; u >= sum && p > 0; k++ {
			b.Fire(i, s.dt)
			p = float64(p*mean) / k
			sum += p
		}
	}
}
