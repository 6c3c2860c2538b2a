package engine_test

import (
	"fmt"
	"math"
	"testing"

	"soma"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/neuron"
	"soma/signal"
)

// leaky is neurons of all models that step differently when nobody sees their state,
// with or without probes of it.
func leaky(seen bool) *soma.Network {
	net := soma.New("leaky", 8)
	for i, model := range []neuron.Model{
		neuron.LIF{},
		neuron.LIF{TauRef: 0.0033, MinVoltage: -1},
		neuron.AdaptiveLIF{TauN: 0.05, IncN: 0.05},
		neuron.LeakyIF{TauRef: 0.0015, Reset: -0.01},
	} {
		scale := 1.0
		if i == 3 {
			scale = 1e-9 // A, the threshold current
		}
		n := []int{9000, 77, 60, 50}[i]
		current := net.Node(fmt.Sprint("current", i), signal.Vector{N: n, F: func(t float64, y []float64) {
			for k := range y {
				y[k] = scale * (2.5 + 3*math.Cos(float64(k)+40*t))
			}
		}})
		pop := net.Population(fmt.Sprint("pop", i), n, model)
		net.Connect(current, pop)
		net.Probe(fmt.Sprint("spikes", i), pop)
		if seen {
			net.Probe(fmt.Sprint("voltage", i), pop.Part(3, 5), "voltage")
			net.Probe(fmt.Sprint("left", i), pop.Part(3, 5), "refractory_time")
		}
	}
	return net
}

// A probe of the voltage changes no spike, though neurons that nobody looks at keep
// their state in another form.
func TestLookingAtStatesChangesNothing(t *testing.T) {
	const steps = 60
	want := map[string]program.Recording{}
	p := compiled(t, leaky(true), kernel.Best()).Program
	in := interpreted(t, p, steps)
	for i, r := range records(p) {
		want[r.Object()] = in.Recorded[i]
	}
	for _, seen := range []bool{true, false} {
		p := compiled(t, leaky(seen), kernel.Best()).Program
		for _, level := range kernel.Levels() {
			e, err := engine.New(p, engine.Options{Threads: 2, Level: level})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := e.Reset(); err != nil {
					t.Fatal(err)
				}
				for range 3 {
					if err := e.Run(t.Context(), steps/3); err != nil {
						t.Fatal(err)
					}
				}
				for _, r := range records(p) {
					if diff := different(e.Recorded(r), want[r.Object()]); diff != "" {
						t.Errorf("states seen: %v, %v, %s: %s", seen, level, r.Object(), diff)
					}
				}
			}
		}
	}
}
