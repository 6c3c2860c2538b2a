package neuron

import (
	"soma/internal/elementary"
	"soma/internal/param"
)

// Sigmoid has the rate (1/τ_ref)/(1 + e^−J): no spikes and no state. Its
// intercept is where the rate is half of its limit; with a maximum rate below
// half the limit the gain is negative.
type Sigmoid struct {
	TauRef float64 `param:"tau_ref" unit:"s" default:"0.0025" check:">0" doc:"the inverse of the highest rate"`
}

// Spec implements Model.
func (Sigmoid) Spec() Spec { return Spec{Name: "Sigmoid", Amplitude: 1} }

// NewStepper implements Model.
func (m Sigmoid) NewStepper(Env) (Stepper, error) { return rateStepper{m}, nil }

// Rates implements Rater.
func (m Sigmoid) Rates(rates, currents []float64) {
	highest := 1 / param.Resolve(m).TauRef
	for i, j := range currents {
		rates[i] = highest / (1 + elementary.Exp(-j))
	}
}

// GainBias implements Tuner: e^−J = 1/(τ_ref r) − 1 at 1, and J = 0 at the
// intercept.
func (m Sigmoid) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	m = param.Resolve(m)
	if problem := checkRate(maxRate, intercept, m.TauRef); problem != nil {
		return 0, 0, problem
	}
	top := -elementary.Log(1/float64(m.TauRef*maxRate) - 1)
	gain = top / (1 - intercept)
	return gain, top - gain, nil
}
