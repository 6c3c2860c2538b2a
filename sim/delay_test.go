package sim_test

import (
	"testing"

	"soma"
	"soma/connect"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
)

// A delay adds whole steps, halves up, to the step that a synapse takes; none
// without a synapse.
func TestDelaysOfValues(t *testing.T) {
	for _, c := range []struct {
		delay   float64 // s
		synapse synapse.Synapse
		steps   int
	}{
		{0.001, synapse.None{}, 1},
		{0.0005, synapse.None{}, 1},
		{0.0024, synapse.None{}, 2},
		{0.0025, synapse.None{}, 3},
		{0.007, synapse.None{}, 7},
		{0.001, synapse.Lowpass{}, 2},
		{0.007, synapse.Lowpass{}, 8},
	} {
		net := soma.New("delays", 1)
		u := net.Node("u", signal.Func(func(t float64) float64 { return 1000 * t }))
		to := net.Passthrough("to", 1)
		conn := net.Connect(u, to)
		conn.Delay, conn.Synapse = connect.Constant(c.delay), c.synapse
		p := net.Probe("p", to)
		got := simulated(t, net, sim.Options{}, 0.02).Data(p).Values
		for i, x := range got {
			if want := float64(max(0, i+1-c.steps)); x-want > 1e-12 || want-x > 1e-12 {
				t.Errorf("delay %g s, %T: %g in step %d, want %g", c.delay, c.synapse, x, i+1, want)
				break
			}
		}
	}
}

// A delay is what a loop without a synapse needs.
func TestLoopWithADelay(t *testing.T) {
	net := soma.New("loop", 1)
	x := net.Passthrough("x", 1)
	one := net.Connect(net.Node("one", signal.Constant{1}), x)
	again := net.Connect(x, x)
	again.Delay = connect.Constant(0.003)
	one.Synapse, again.Synapse = synapse.None{}, synapse.None{}
	p := net.Probe("p", x)
	got := simulated(t, net, sim.Options{}, 0.007).Data(p).Values
	for i, want := range []float64{1, 1, 1, 2, 2, 2, 3} {
		if got[i] != want {
			t.Fatalf("got %v", got)
		}
	}
}
