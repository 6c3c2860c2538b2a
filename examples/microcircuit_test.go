package examples_test

import (
	"math"
	"testing"

	"soma/connect"
	"soma/script"
)

var populations = []struct {
	name string
	n    int
	rate float64 // in NEST 3.10 with Poisson input, Hz
}{
	{"L23E", 20683, 0.90},
	{"L23I", 5834, 2.97},
	{"L4E", 21915, 4.41},
	{"L4I", 5479, 5.88},
	{"L5E", 4850, 7.57},
	{"L5I", 1065, 8.63},
	{"L6E", 14395, 1.11},
	{"L6I", 2948, 7.83},
}

// The full circuit is too large for a test to run, but not to be read.
func TestMicrocircuitIsComplete(t *testing.T) {
	model, err := script.Load("microcircuit.star", script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range populations {
		if got := model.Network.Populations[i]; got.Name != p.name || got.N != p.n {
			t.Errorf("population %d is %s of %d neurons, want %s of %d", i, got.Name, got.N, p.name, p.n)
		}
	}
	synapses, weights := 0, map[float64]bool{}
	for _, c := range model.Network.Connections {
		if rule, ok := c.Rule.(connect.FixedTotal); ok {
			synapses += rule.N
			weights[math.Round(c.Weight.(connect.Normal).Mean*1e14)] = true
		}
	}
	if math.Abs(float64(synapses)-2.99e8) > 0.005e8 {
		t.Errorf("%d synapses, want 2.99e8", synapses)
	}
	// Currents for potentials of 0.15 mV, 0.30 mV and −0.60 mV.
	for _, picoampere := range []float64{87.81, 175.62, -351.23} {
		if !weights[math.Round(picoampere*100)] {
			t.Errorf("no weights of %g pA, but %v (in 10 fA)", picoampere, weights)
		}
	}
}

// With fewer neurons the rates stay near those of the full circuit; those of layer
// 2/3 fall behind.
func TestMicrocircuitRates(t *testing.T) {
	for _, c := range []struct {
		scale, poisson string
		off            float64 // Hz
	}{
		{"0.3", "true", 0.5}, {"0.3", "false", 0.9},
	} {
		r := runFor(t, "microcircuit.star", map[string]string{"scale": c.scale, "poisson": c.poisson}, 0, 0.7)
		for _, p := range populations {
			if got := r.after(p.name, 0.2).MeanRate(); math.Abs(got-p.rate) > c.off {
				t.Errorf("scale %s, Poisson %s: %s fires at %.2f Hz, want %.2f within %g", c.scale, c.poisson, p.name, got, p.rate, c.off)
			}
		}
	}
}
