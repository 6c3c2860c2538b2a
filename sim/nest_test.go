package sim_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/neuron"
	"soma/sim"
	"soma/validation"
)

// A whole network, from spike generators over delays to the membrane, against
// NEST: every spike in its step, and the voltage.
func TestNetworksAgainstNest(t *testing.T) {
	for _, plain := range []neuron.Model{
		neuron.IafPscDelta{},
		neuron.IafPscExp{},
		neuron.IafPscAlpha{},
		neuron.IafCondExp{},
		neuron.IafCondAlpha{},
		neuron.AeifCondExp{},
		neuron.IzhikevichPoint{},
		neuron.AeifPscDeltaClopath{},
	} {
		cases := validation.NestCases(t, plain.Spec().Name)
		c := cases[slices.IndexFunc(cases, func(c validation.NestCase) bool { return len(c.Input) > 0 })]
		t.Run(c.Model, func(t *testing.T) {
			net := soma.New(c.Model, 1)
			model := c.Configured(plain).(neuron.Model)
			cell := net.Population("cell", 1, model)
			cell.Init = map[string]dist.Distribution{}
			for _, s := range model.Spec().States {
				if x, given := c.Param(s.Name, s.Unit); given {
					cell.Init[s.Name] = dist.Constant{Value: x}
				}
			}
			unit := validation.NestUnit[model.Spec().Receptors[0].Unit]
			for i, s := range c.Input {
				source := net.Population(fmt.Sprint("input", i), 1, neuron.SpikeGenerator{SpikeTimes: []float64{s.At * 1e-3}})
				conn := net.Connect(source, cell)
				conn.Rule, conn.Weight, conn.Delay = connect.OneToOne{}, connect.Constant(s.Weight*unit), connect.Constant(s.Delay*1e-3)
			}
			spikes, voltage := net.Probe("spikes", cell), net.Probe("V_m", cell, "V_m")
			s, err := sim.New(net, sim.Options{Dt: c.Dt * 1e-3})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Run(context.Background(), c.T*1e-3); err != nil {
				t.Fatal(err)
			}
			got := s.Data(spikes).Steps
			if len(got) != len(c.Spikes) {
				t.Fatalf("%d spikes, want %d", len(got), len(c.Spikes))
			}
			for i, want := range c.Spikes {
				if got[i] != int64(c.Step(want)) {
					t.Errorf("spike %d in step %d, want %g ms", i, got[i], want)
				}
			}
			want := c.Voltage(t)
			if got := s.Data(voltage).Samples(); got < len(want) || len(want) < 100 {
				t.Fatalf("%d samples, %d of the reference", got, len(want))
			}
			for i, v := range s.Data(voltage).Values[:len(want)] {
				if math.Abs(v*1e3-want[i]) > validation.NestNeurons[c.Model] {
					t.Fatalf("step %d: %.15g mV, want %.15g", i+1, v*1e3, want[i])
				}
			}
		})
	}
}
