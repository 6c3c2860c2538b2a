package neuron

import (
	"math"

	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/kernel"
	"soma/internal/param"
	"soma/internal/rng"
)

// RegularSpiking gives a model of rates spikes at regular intervals: it adds the
// rate up and fires each time the sum passes a whole number, several times in a
// step where it must be (A. R. Voelker, D. Rasmussen and C. Eliasmith, A Spike in
// Performance, 2020). Spike times are exact for a rate that is constant over the
// step.
//
// The base has no spikes of its own. Where its rates may be negative (Tanh), the
// output is in values, amplitude/dt times the signed number of spikes.
type RegularSpiking struct {
	BaseType  Model   `param:"base_type" doc:"model of the rates, without spikes; default: LIFRate"`
	Amplitude float64 `param:"amplitude" default:"1" check:">0" doc:"area of a spike as seen by connections"`
}

// StochasticSpiking gives a model of rates spikes by rounding at random: of the
// rate times the step, the whole part are spikes, and the rest is the probability
// of one more. See RegularSpiking for the base.
type StochasticSpiking struct {
	BaseType  Model   `param:"base_type" doc:"model of the rates, without spikes; default: LIFRate"`
	Amplitude float64 `param:"amplitude" default:"1" check:">0" doc:"area of a spike as seen by connections"`
}

// PoissonSpiking gives a model of rates the spikes of a Poisson process: their
// number in a step has the Poisson distribution whose mean is the rate times the
// step. See RegularSpiking for the base.
type PoissonSpiking struct {
	BaseType  Model   `param:"base_type" doc:"model of the rates, without spikes; default: LIFRate"`
	Amplitude float64 `param:"amplitude" default:"1" check:">0" doc:"area of a spike as seen by connections"`
}

// Spec implements Model. The state variables of the base come first.
func (m RegularSpiking) Spec() Spec {
	spec := m.base().spec("RegularSpiking")
	spec.States = append(spec.States, State{Name: "voltage", Init: dist.Uniform{Low: 0, High: 1}})
	return spec
}

// Spec implements Model.
func (m StochasticSpiking) Spec() Spec {
	spec := m.base().spec("StochasticSpiking")
	spec.Random = true
	return spec
}

// Spec implements Model.
func (m PoissonSpiking) Spec() Spec {
	spec := m.base().spec("PoissonSpiking")
	spec.Random = true
	return spec
}

func (m RegularSpiking) base() rateBase    { return newRateBase(m.BaseType, m.Amplitude) }
func (m StochasticSpiking) base() rateBase { return newRateBase(m.BaseType, m.Amplitude) }
func (m PoissonSpiking) base() rateBase    { return newRateBase(m.BaseType, m.Amplitude) }

// Check implements Checker.
func (m RegularSpiking) Check() []param.Problem { return m.base().check() }

// Check implements Checker.
func (m StochasticSpiking) Check() []param.Problem { return m.base().check() }

// Check implements Checker.
func (m PoissonSpiking) Check() []param.Problem { return m.base().check() }

// Rates implements Rater: those of the base, times the amplitude.
func (m RegularSpiking) Rates(rates, currents []float64) { m.base().rates(rates, currents) }

// Rates implements Rater: those of the base, times the amplitude.
func (m StochasticSpiking) Rates(rates, currents []float64) { m.base().rates(rates, currents) }

// Rates implements Rater: those of the base, times the amplitude.
func (m PoissonSpiking) Rates(rates, currents []float64) { m.base().rates(rates, currents) }

// GainBias implements Tuner: that of the base.
func (m RegularSpiking) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	return m.base().gainBias(maxRate, intercept)
}

// GainBias implements Tuner: that of the base.
func (m StochasticSpiking) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	return m.base().gainBias(maxRate, intercept)
}

// GainBias implements Tuner: that of the base.
func (m PoissonSpiking) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	return m.base().gainBias(maxRate, intercept)
}

// NewStepper implements Model.
func (m RegularSpiking) NewStepper(env Env) (Stepper, error) {
	return m.base().stepper(env, false, func(s *baseStepper, b *Block, i int, rate float64) {
		voltage := b.State[s.states]
		before := voltage[i]
		v := before + float64(rate*s.dt)
		n := math.Floor(v)
		voltage[i] = v - n
		if s.signed {
			b.Output[i] = float64(s.size * n)
			return
		}
		for k := 1.0; k <= min(n, kernel.MaxSpikesPerStep); k++ {
			b.Fire(i, min((k-before)/rate, s.dt))
		}
	})
}

// NewStepper implements Model.
func (m StochasticSpiking) NewStepper(env Env) (Stepper, error) {
	return m.base().stepper(env, true, func(s *baseStepper, b *Block, i int, rate float64) {
		mean := math.Abs(float64(rate * s.dt))
		n := math.Floor(mean)
		if s.words[i] < mean-n {
			n++
		}
		s.give(b, i, math.Copysign(n, rate))
	})
}

// NewStepper implements Model.
func (m PoissonSpiking) NewStepper(env Env) (Stepper, error) {
	return m.base().stepper(env, true, func(s *baseStepper, b *Block, i int, rate float64) {
		n := s.poisson(b, i, math.Abs(float64(rate*s.dt)))
		s.give(b, i, math.Copysign(n, rate))
	})
}

// poisson draws a number with the Poisson distribution by inversion. A large mean
// is drawn in parts, each with a word of its own.
func (s *baseStepper) poisson(b *Block, i int, mean float64) float64 {
	const part = 64
	count, u := 0.0, s.words[i]
	for element := uint64(b.First + i); mean > 0 && count < kernel.MaxSpikesPerStep; mean -= part {
		m := min(mean, part)
		p := elementary.Exp(-m)
		for k, sum := 1.0, p; u >= sum && p > 0; k++ {
			count++
			p = float64(p*m) / k
			sum += p
		}
		if mean > part {
			element += 1 << 48
			u = s.stream.Float64(element, uint64(b.Step))
		}
	}
	return count
}

// rateBase is what models of spikes have in common that take their rates from
// another model.
type rateBase struct {
	Model
	amplitude float64
}

func newRateBase(m Model, amplitude float64) rateBase {
	if m == nil {
		m = LIFRate{}
	}
	if amplitude == 0 {
		amplitude = 1
	}
	return rateBase{m, amplitude}
}

func (r rateBase) spec(name string) Spec {
	base := r.Model.Spec()
	return Spec{
		Name: name, States: base.States[:len(base.States):len(base.States)],
		Spiking: !base.Signed, Signed: base.Signed,
		Amplitude: r.amplitude, InputUnit: base.InputUnit,
	}
}

func (r rateBase) check() []param.Problem {
	spec := r.Model.Spec()
	_, rated := r.Model.(Rater)
	if spec.Spiking || !rated || spec.Random {
		return []param.Problem{{
			Field:   "base_type",
			Problem: spec.Name + " is no model of rates",
			Remedy:  "give one without spikes, such as LIFRate, RectifiedLinear, Sigmoid or Tanh",
		}}
	}
	problems := Check(r.Model)
	for i := range problems {
		problems[i].Field = "base_type." + problems[i].Field
	}
	return problems
}

func (r rateBase) rates(rates, currents []float64) {
	rater, ok := r.Model.(Rater)
	if !ok {
		clear(rates) // reported by check
		return
	}
	rater.Rates(rates, currents)
	for i := range rates {
		rates[i] = float64(rates[i] * r.amplitude)
	}
}

func (r rateBase) gainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	tuner, problem := NewTuner(r.Model, maxRate)
	if problem != nil {
		return 0, 0, problem
	}
	return tuner.GainBias(maxRate, intercept)
}

// baseStepper steps the base, and turns its rates into spikes one by one.
type baseStepper struct {
	base   Stepper
	states int // state variables of the base
	rates  []float64
	words  []float64 // uniform random numbers of the step, where the model draws
	random bool
	dt     float64
	size   float64 // amplitude/dt, the output in the step of one spike
	signed bool
	stream rng.Stream
	spike  func(s *baseStepper, b *Block, i int, rate float64)
}

func (r rateBase) stepper(env Env, random bool, spike func(*baseStepper, *Block, int, float64)) (Stepper, error) {
	base, err := r.Model.NewStepper(env)
	if err != nil {
		return nil, err
	}
	spec := r.Model.Spec()
	return &baseStepper{
		base: base, states: len(spec.States), dt: env.Dt, size: r.amplitude / env.Dt,
		signed: spec.Signed, stream: env.Stream, random: random, spike: spike,
	}, nil
}

func (s *baseStepper) Step(b *Block) {
	if len(s.rates) < len(b.Input) {
		s.rates, s.words = make([]float64, len(b.Input)), make([]float64, len(b.Input))
	}
	rates := s.rates[:len(b.Input)]
	if s.random {
		s.stream.Uniforms(uint64(b.First), uint64(b.Step), s.words[:len(rates)])
	}
	s.base.Step(&Block{Step: b.Step, First: b.First, Input: b.Input, State: b.State[:s.states], Output: rates})
	for i, rate := range rates {
		s.spike(s, b, i, rate)
	}
}

// give fires n times at the end of the step, or writes a signed output.
func (s *baseStepper) give(b *Block, i int, n float64) {
	if s.signed {
		b.Output[i] = float64(s.size * n)
		return
	}
	for k := 1.0; k <= min(n, kernel.MaxSpikesPerStep); k++ {
		b.Fire(i, s.dt)
	}
}
