package main

import (
	"testing"

	"soma/neuron"
)

// Every model follows its closed form, over the currents that curve chooses:
// those on the grid to within half a step of an interval and a little, the
// others exactly.
func TestCurvesFollowTheClosedForm(t *testing.T) {
	for _, m := range rated() {
		f := &curveFlags{time: timeFlag{seconds: 2, given: true}}
		c, err := f.measure([]member{{model: m}})
		if err != nil {
			t.Errorf("%s: %v", m.Spec().Name, err)
			continue
		}
		allowed := 1e-9
		if onGrid(m) {
			allowed = 1.5e-5 * c.closed[0][len(c.currents)-1]
		}
		if d := c.deviation(0); d > allowed {
			t.Errorf("%s: the simulated rate is %.2g off the closed form", m.Spec().Name, d)
		}
		top := c.closed[0][len(c.currents)-1]
		if top <= 0 || c.closed[0][0] >= top {
			t.Errorf("%s: the rate goes from %g to %g Hz over the usual range", m.Spec().Name, c.closed[0][0], top)
		}
	}
}

func TestUsualRange(t *testing.T) {
	for _, c := range []struct {
		model    neuron.Model
		from, to float64
	}{
		{neuron.LIF{}, 0, 3},
		{neuron.LeakyIF{}, 0, 3e-9},
		{neuron.IF{}, 0, 4e-9},             // C·V_th·200 Hz
		{neuron.RectifiedLinear{}, 0, 200}, // the rate is the current
		{neuron.IafPscExp{}, 0, 1.125e-9},  // C_m·15 mV/tau_m
	} {
		from, to, err := usualRange(c.model)
		if err != nil || from != c.from || to < c.to*(1-1e-12) || to > c.to*(1+1e-12) {
			t.Errorf("%T: %g to %g, %v; want %g to %g", c.model, from, to, err, c.from, c.to)
		}
	}
}
