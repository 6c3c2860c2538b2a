package neuron

import (
	"soma/dist"
	"soma/internal/param"
)

// AdaptiveLIF is the LIF neuron with an adaptation n that its spikes drive and
// that is taken from its current (G. La Camera et al., Neural Comput. 16:2101,
// 2004),
//
//	τ_rc dV/dt = J − n − V,   τ_n dn/dt = inc_n·output − n,
//
// where the output is amplitude/dt in the step of a spike: each spike adds
// amplitude·inc_n/τ_n to n. The adaptation of a step acts in the next.
//
// Rates, and with them gain, bias and decoders, are those before adaptation, as
// in Nengo; AdaptedRates are those that remain.
type AdaptiveLIF struct {
	TauN       float64 `param:"tau_n" unit:"s" default:"1" check:">0" doc:"time constant of the adaptation"`
	IncN       float64 `param:"inc_n" default:"0.01" check:">=0" doc:"strength of the adaptation"`
	TauRC      float64 `param:"tau_rc" unit:"s" default:"0.02" check:">0" doc:"membrane time constant"`
	TauRef     float64 `param:"tau_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	MinVoltage float64 `param:"min_voltage" doc:"lower bound of the voltage"`
	Amplitude  float64 `param:"amplitude" default:"1" check:">0" doc:"area of a spike as seen by connections"`
}

// Spec implements Model.
func (m AdaptiveLIF) Spec() Spec {
	spec := m.lif().Spec()
	spec.Name = "AdaptiveLIF"
	spec.States = append(spec.States, State{Name: "adaptation", Init: dist.Constant{}})
	return spec
}

func (m AdaptiveLIF) lif() LIF {
	return LIF{TauRC: m.TauRC, TauRef: m.TauRef, MinVoltage: m.MinVoltage, Amplitude: m.Amplitude}
}

// NewStepper implements Model.
func (m AdaptiveLIF) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return &adaptiveStepper{
		lifStep: newLIFStep(env, m.lif().kernel(env)),
		drive:   float64(m.IncN * (m.Amplitude / env.Dt)),
		leak:    env.Dt / m.TauN,
	}, nil
}

// CheckDt implements DtChecker.
func (m AdaptiveLIF) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	return append(checkMembrane("tau_rc", m.TauRC, dt), checkMembrane("tau_n", m.TauN, dt)...)
}

// Rates implements Rater.
func (m AdaptiveLIF) Rates(rates, currents []float64) { m.lif().Rates(rates, currents) }

// AdaptedRates implements Adapter: the rate under the mean of n, which is inc_n
// times the output.
func (m AdaptiveLIF) AdaptedRates(rates, currents []float64) (settle float64) {
	r := param.Resolve(m)
	return adapted(m.lif(), r.TauN, r.IncN, rates, currents)
}

// GainBias implements Tuner.
func (m AdaptiveLIF) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	return m.lif().GainBias(maxRate, intercept)
}

type adaptiveStepper struct {
	lifStep
	drive   float64   // inc_n times the output in the step of one spike
	leak    float64   // dt/τ_n
	current []float64 // J − n
	pull    []float64 // inc_n times the output
}

func (s *adaptiveStepper) Step(b *Block) {
	n := b.State[2]
	if len(s.current) < len(n) {
		s.current, s.pull = make([]float64, len(n)), make([]float64, len(n))
	}
	current, pull := s.current[:len(n)], s.pull[:len(n)]
	for i, j := range b.Input {
		current[i] = j - n[i]
	}
	first := len(b.Spikes)
	s.advance(b, current)
	clear(pull)
	for _, i := range b.Spikes[first:] {
		pull[i] += s.drive
	}
	for i := range n {
		n[i] += float64(s.leak * (pull[i] - n[i]))
	}
}

// AdaptiveLIFRate is the rate of the LIF neuron with adaptation as its output,
//
//	output = amplitude·f(J − n),   τ_n dn/dt = inc_n·output − n,
//
// f being the rate of LIF. See AdaptiveLIF.
type AdaptiveLIFRate struct {
	TauN      float64 `param:"tau_n" unit:"s" default:"1" check:">0" doc:"time constant of the adaptation"`
	IncN      float64 `param:"inc_n" default:"0.01" check:">=0" doc:"strength of the adaptation"`
	TauRC     float64 `param:"tau_rc" unit:"s" default:"0.02" check:">0" doc:"membrane time constant"`
	TauRef    float64 `param:"tau_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	Amplitude float64 `param:"amplitude" default:"1" check:">0" doc:"factor on the rate as seen by connections"`
}

// Spec implements Model.
func (m AdaptiveLIFRate) Spec() Spec {
	return Spec{
		Name:      "AdaptiveLIFRate",
		States:    []State{{Name: "adaptation", Init: dist.Constant{}}},
		Amplitude: param.Resolve(m).Amplitude,
	}
}

// CheckDt implements DtChecker.
func (m AdaptiveLIFRate) CheckDt(dt float64) []param.Problem {
	return checkMembrane("tau_n", param.Resolve(m).TauN, dt)
}

// NewStepper implements Model.
func (m AdaptiveLIFRate) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return adaptiveRateStepper{m, env.Dt / m.TauN}, nil
}

// Rates implements Rater.
func (m AdaptiveLIFRate) Rates(rates, currents []float64) { m.lif().Rates(rates, currents) }

func (m AdaptiveLIFRate) lif() LIF {
	return LIF{TauRC: m.TauRC, TauRef: m.TauRef, Amplitude: m.Amplitude}
}

// AdaptedRates implements Adapter.
func (m AdaptiveLIFRate) AdaptedRates(rates, currents []float64) (settle float64) {
	r := param.Resolve(m)
	return adapted(m.lif(), r.TauN, r.IncN, rates, currents)
}

// GainBias implements Tuner.
func (m AdaptiveLIFRate) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	return m.lif().GainBias(maxRate, intercept)
}

type adaptiveRateStepper struct {
	AdaptiveLIFRate         // resolved
	leak            float64 // dt/τ_n
}

func (s adaptiveRateStepper) Step(b *Block) {
	n := b.State[0]
	for i, j := range b.Input {
		out := float64(s.Amplitude * lifRate(j-n[i], s.TauRC, s.TauRef))
		b.Output[i] = out
		n[i] += float64(s.leak * (float64(s.IncN*out) - n[i]))
	}
}

// adapted solves output = f(J − inc_n·output) by halving, f being the rates of
// the model without adaptation, which rise with the current.
func adapted(m Rater, tauN, incN float64, rates, currents []float64) (settle float64) {
	m.Rates(rates, currents)
	var at, f [1]float64
	for i, j := range currents {
		low, high := 0.0, rates[i]
		for range 60 {
			middle := (low + high) / 2
			at[0] = j - float64(incN*middle)
			if m.Rates(f[:], at[:]); f[0] > middle {
				low = middle
			} else {
				high = middle
			}
		}
		rates[i] = high
	}
	return 12 * tauN
}
