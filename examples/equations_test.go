package examples_test

import (
	"testing"

	"soma"
	"soma/neuron"
	"soma/script"
)

// The network from equations does what the one of the built-in model does.
func TestConductancesFromEquations(t *testing.T) {
	r := runFor(t, "coba_equations.star", nil, 0, 0.2)
	builtIn := runFor(t, "coba.star", nil, 0, 0.2)
	for _, probe := range []string{"excitatory", "inhibitory"} {
		s, b := r.after(probe, 0.1), builtIn.after(probe, 0.1)
		near(t, probe+": rate", s.MeanRate(), b.MeanRate(), 0.15)
		within(t, probe+": CV", meanCV(s), [2]float64{0.35, 1.5})
	}
}

// One spike each at the first two steps of current, then one after the other,
// as often as those of the built-in model with a membrane of 1e-4 cm² do.
func TestHodgkinAndHuxley(t *testing.T) {
	r := runFor(t, "hodgkin_huxley.star", nil, 0, 0)
	for k, want := range []int{0, 1, 1} {
		from := 0.04 * float64(k)
		if got := len(r.between("spikes", from, from+0.04).Times); got != want {
			t.Errorf("%d spikes at step %d, want %d", got, k, want)
		}
	}
	interval := func(r result) float64 {
		s := r.after("spikes", 0.12).Times
		if len(s) < 5 {
			t.Fatalf("spikes at %v, want 5 or more", s)
		}
		return s[len(s)-1] - s[len(s)-2]
	}
	net := soma.New("built in", 1)
	axon := net.Population("axon", 1, neuron.HHPscAlpha{IE: 1e-9, EL: -54.4e-3})
	net.Probe("spikes", axon)
	builtIn := simulate(t, &script.Model{Network: net, Dt: 0.02e-3, Time: 0.5}, 0, 0)
	near(t, "interval", interval(r), interval(builtIn), 0.005)
}
