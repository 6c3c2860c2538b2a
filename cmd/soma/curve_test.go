package main

import (
	"math"
	"testing"

	"soma/neuron"
)

// Every model follows its closed form, over the currents that curve chooses:
// those on the grid to within half a step of an interval and a little, random
// ones to within five standard deviations of a Poisson process, the others
// exactly. Of those without a closed form, one shows that the two measurements
// agree.
func TestCurvesFollowTheClosedForm(t *testing.T) {
	const seconds = 2
	for _, m := range rated() {
		name := m.Spec().Name
		if _, measured := m.(neuron.Measured); measured && name != "Izhikevich" {
			continue // as slow as it is well tested
		}
		f := &curveFlags{time: timeFlag{seconds: seconds, given: true}}
		c, err := f.measure([]member{{model: m}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		last := len(c.currents) - 1
		top := c.closed[0][last]
		_, adapts := m.(neuron.Adapter)
		for i, want := range c.closed[0] {
			allowed := 1e-9 * math.Abs(want)
			switch {
			case adapts:
				allowed = 0.02*want + 0.5 // the mean field knows no fluctuations
			case name == "Izhikevich":
				allowed = 1.5 // counts in one second
			case m.Spec().Random:
				allowed = 5 * math.Sqrt(want/seconds)
			case onGrid(m):
				allowed = 1.5e-5 * top * want
			}
			if got := c.rates[0][i]; math.Abs(want)*seconds >= 3 && math.Abs(got-want) > allowed {
				t.Errorf("%s, %g: %g Hz, want %g within %g", name, c.currents[i], got, want, allowed)
			}
		}
		if top <= 0 || c.closed[0][0] >= top {
			t.Errorf("%s: the rate goes from %g to %g Hz over the usual range", name, c.closed[0][0], top)
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
		{neuron.Tanh{}, -5, 5},
		{neuron.Sigmoid{}, -5, 5},
	} {
		from, to, err := usualRange(c.model)
		if err != nil || from != c.from || to < c.to*(1-1e-12) || to > c.to*(1+1e-12) {
			t.Errorf("%T: %g to %g, %v; want %g to %g", c.model, from, to, err, c.from, c.to)
		}
	}
}
