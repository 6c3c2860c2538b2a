package sim_test

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/param"
	"soma/neuron"
	"soma/sim"
	"soma/validation"
)

// si is how many SI units one unit of the reference is.
var si = map[string]float64{"": 1, "V": 1e-3, "A": 1e-12, "S": 1e-9, "F": 1e-12, "s": 1e-3, "Hz": 1}

// A whole network, from spike generators over delays to the membrane, against
// NEST: every spike in its step, and the voltage.
func TestNetworksAgainstNest(t *testing.T) {
	var file struct {
		Cases []struct {
			Model  string
			Case   string
			Params map[string]any `json:"params_and_initial_state"`
			Dt     float64        `json:"dt_ms"`
			T      float64        `json:"T_ms"`
			Input  []struct {
				At     float64 `json:"t_ms"`
				Weight float64
				Delay  float64 `json:"delay_ms"`
			} `json:"input_spikes"`
			Spikes []float64 `json:"spike_times_ms"`
		}
	}
	validation.JSON(t, "nest/single_neuron.json", &file)
	models := map[string]struct {
		model     neuron.Model
		tolerance float64 // mV
	}{
		"iaf_psc_delta":          {neuron.IafPscDelta{}, 1e-12},
		"iaf_psc_exp":            {neuron.IafPscExp{}, 1e-12},
		"iaf_psc_alpha":          {neuron.IafPscAlpha{}, 1e-12},
		"iaf_cond_exp":           {neuron.IafCondExp{}, 2e-5},
		"iaf_cond_alpha":         {neuron.IafCondAlpha{}, 2e-5},
		"aeif_cond_exp":          {neuron.AeifCondExp{}, 1e-3},
		"izhikevich":             {neuron.IzhikevichPoint{}, 1e-10},
		"aeif_psc_delta_clopath": {neuron.AeifPscDeltaClopath{}, 1e-3},
	}
	compared := 0
	for _, c := range file.Cases {
		m, ok := models[c.Model]
		if !ok || len(c.Input) == 0 {
			continue
		}
		compared++
		t.Run(c.Model, func(t *testing.T) {
			net := soma.New(c.Model, 1)
			built := reflect.New(reflect.TypeOf(m.model))
			for _, f := range param.Fields(m.model) {
				if x, given := c.Params[f.Name].(float64); given {
					param.SetFloat(built, f, x*si[f.Unit])
				}
			}
			model := built.Elem().Interface().(neuron.Model)
			cell := net.Population("cell", 1, model)
			cell.Init = map[string]dist.Distribution{}
			for _, s := range model.Spec().States {
				if x, given := c.Params[s.Name].(float64); given {
					cell.Init[s.Name] = dist.Constant{Value: x * si[s.Unit]}
				}
			}
			unit := si[model.Spec().Receptors[0].Unit]
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
				if got[i] != int64(math.Round(want/c.Dt)) {
					t.Errorf("spike %d in step %d, want %g ms", i, got[i], want)
				}
			}
			want := validation.Columns(t, "nest/"+c.Model+".spikes.csv")["V_m"]
			if got := s.Data(voltage).Samples(); got < len(want) || len(want) < 100 {
				t.Fatalf("%d samples, %d of the reference", got, len(want))
			}
			for i, v := range s.Data(voltage).Values[:len(want)] {
				if math.Abs(v*1e3-want[i]) > m.tolerance {
					t.Fatalf("step %d: %.15g mV, want %.15g", i+1, v*1e3, want[i])
				}
			}
		})
	}
	if compared != len(models) {
		t.Errorf("%d cases compared, want %d", compared, len(models))
	}
}
