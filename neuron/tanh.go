package neuron

import (
	"soma/internal/elementary"
	"soma/internal/param"
)

// Tanh has the rate (1/τ_ref) tanh J, which is negative for negative currents:
// no spikes and no state. Its intercept is where the rate is 0.
type Tanh struct {
	TauRef float64 `param:"tau_ref" unit:"s" default:"0.0025" check:">0" doc:"the inverse of the highest rate"`
}

// Spec implements Model.
func (Tanh) Spec() Spec { return Spec{Name: "Tanh", Amplitude: 1, Signed: true} }

// NewStepper implements Model.
func (m Tanh) NewStepper(Env) (Stepper, error) { return rateStepper{m}, nil }

// Rates implements Rater.
func (m Tanh) Rates(rates, currents []float64) {
	highest := 1 / param.Resolve(m).TauRef
	for i, j := range currents {
		rates[i] = float64(highest * elementary.Tanh(j))
	}
}

// GainBias implements Tuner: tanh J = τ_ref r at 1, that is
// J = ln((1 + τ_ref r)/(1 − τ_ref r))/2, and J = 0 at the intercept.
func (m Tanh) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	m = param.Resolve(m)
	if problem := checkRate(maxRate, intercept, m.TauRef); problem != nil {
		return 0, 0, problem
	}
	y := float64(m.TauRef * maxRate)
	top := elementary.Log1p(2*y/(1-y)) / 2
	gain = top / (1 - intercept)
	return gain, float64(-intercept * gain), nil
}
