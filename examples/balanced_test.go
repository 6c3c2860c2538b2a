package examples_test

import (
	"math"
	"testing"
)

func TestConductancesKeepThemselvesGoing(t *testing.T) {
	r := runFor(t, "coba.star", nil, 0, 0.2)
	for _, probe := range []string{"excitatory", "inhibitory"} {
		s := r.after(probe, 0.1)
		within(t, probe+": rate", s.MeanRate(), [2]float64{15, 26})
		within(t, probe+": CV", meanCV(s), [2]float64{0.35, 1.5})
		if last := r.after(probe, 0.18); len(last.Times) == 0 {
			t.Errorf("%s: silent at the end", probe)
		}
	}
	// Without excitation the start dies away: it is not the start that is seen above.
	r = runFor(t, "coba.star", map[string]string{"w_ex": "0"}, 0, 0.06)
	if late := r.after("excitatory", 0.04); len(late.Times) > 0 {
		t.Errorf("without excitation there are %d spikes", len(late.Times))
	}
}

func TestCurrents(t *testing.T) {
	r := runFor(t, "cuba.star", nil, 0, 1)
	for _, probe := range []string{"excitatory", "inhibitory"} {
		s := r.after(probe, 0.1)
		within(t, probe+": rate", s.MeanRate(), [2]float64{5, 7})
		within(t, probe+": CV", meanCV(s), [2]float64{0.4, 1})
	}
	// Alone, each neuron is a clock: t_ref + τ ln(11 mV/1 mV), rounded up to a step.
	r = runFor(t, "cuba.star", map[string]string{"w_ex": "0", "w_in": "0"}, 0, 0.5)
	s := r.after("excitatory", 0.1)
	period := math.Ceil((5e-3+20e-3*math.Log(11))/1e-4) * 1e-4
	for _, interval := range s.Intervals() {
		if math.Abs(interval-period) > 1e-9 {
			t.Fatalf("an interval of %g s, want %g", interval, period)
		}
	}
}
