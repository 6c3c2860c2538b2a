package neuron

import (
	"soma/internal/param"
)

// LIFRate is the steady rate of the LIF neuron as its output: no spikes, no
// state. For J > 1 it is amplitude/(τ_ref + τ_rc ln(1 + 1/(J − 1))).
type LIFRate struct {
	TauRC     float64 `param:"tau_rc" unit:"s" default:"0.02" check:">0" doc:"membrane time constant"`
	TauRef    float64 `param:"tau_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	Amplitude float64 `param:"amplitude" default:"1" check:">0" doc:"factor on the rate as seen by connections"`
}

// Spec implements Model.
func (m LIFRate) Spec() Spec {
	return Spec{Name: "LIFRate", Amplitude: param.Resolve(m).Amplitude}
}

// NewStepper implements Model.
func (m LIFRate) NewStepper(Env) (Stepper, error) { return rateStepper{m}, nil }

// Rates implements Rater.
func (m LIFRate) Rates(rates, currents []float64) { m.lif().Rates(rates, currents) }

func (m LIFRate) lif() LIF {
	return LIF{TauRC: m.TauRC, TauRef: m.TauRef, Amplitude: m.Amplitude}
}

// GainBias implements Tuner.
func (m LIFRate) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	return m.lif().GainBias(maxRate, intercept)
}

// rateStepper is the step of every model without state: its output is its rate.
type rateStepper struct{ model Rater }

func (s rateStepper) Step(b *Block) {
	s.model.Rates(b.Output, b.Input)
}
