package sparse

import (
	"math"
	"testing"

	"soma/connect"
	"soma/internal/kernel"
	"soma/validation"
)

// referenceCase is one case of the traces of NEST.
type referenceCase struct {
	Model      string
	Case       string
	Parameters map[string]any `json:"params_and_initial_state"`
	Inputs     []struct {
		T      float64 `json:"t_ms"`
		Weight float64 `json:"weight"`
		Delay  float64 `json:"delay_ms"`
	} `json:"input_spikes"`
	Spikes []float64 `json:"spike_times_ms"`
}

// model gives the neuron of the case and the unit of its weights.
func (c referenceCase) model() (Model, float64) {
	p := map[string]float64{}
	for name, value := range c.Parameters {
		p[name], _ = value.(float64)
	}
	if c.Model == "iaf_psc_delta" {
		return IafPscDelta{
			C: p["C_m"] * pF, TauM: p["tau_m"] * ms, EL: p["E_L"] * mV, VTh: p["V_th"] * mV,
			VReset: p["V_reset"] * mV, TRef: p["t_ref"] * ms, Ie: p["I_e"] * pA,
		}, mV
	}
	return IafPscExp{
		C: p["C_m"] * pF, TauM: p["tau_m"] * ms, TauEx: p["tau_syn_ex"] * ms, TauIn: p["tau_syn_in"] * ms, EL: p["E_L"] * mV,
		VTh: p["V_th"] * mV, VReset: p["V_reset"] * mV, TRef: p["t_ref"] * ms, Ie: p["I_e"] * pA,
	}, pA
}

func TestReferenceTraces(t *testing.T) {
	var file struct{ Cases []referenceCase }
	validation.JSON(t, "nest/single_neuron.json", &file)
	compared := 0
	for _, c := range file.Cases {
		if c.Model != "iaf_psc_delta" && c.Model != "iaf_psc_exp" {
			continue
		}
		compared++
		for _, level := range kernel.Levels() {
			t.Run(c.Model+"/"+c.Case+"/"+level.String(), func(t *testing.T) { c.run(t, level) })
		}
	}
	if compared != 4 {
		t.Errorf("%d cases compared, want 4", compared)
	}
}

// run feeds each input spike through a synapse of its own, from a silent neuron
// of a second population, and compares potentials and spikes.
func (c referenceCase) run(t *testing.T, level kernel.Level) {
	model, unit := c.model()
	spec := Spec{Dt: 0.1 * ms, Partitions: 1, Level: level, Populations: []Population{
		{N: 1, Model: model},
		{N: len(c.Inputs), Model: IafPscDelta{C: 1, TauM: 1, VTh: 1}},
	}}
	for i, s := range c.Inputs {
		p := Projection{
			Source: Part{1, i, 1}, Rule: connect.OneToOne{},
			Weight: connect.Constant(s.Weight * unit), Delay: connect.Constant(s.Delay * ms),
		}
		if s.Weight < 0 {
			p.Receptor = 1
		}
		spec.Projections = append(spec.Projections, p)
	}
	n, err := New(spec)
	if err != nil {
		t.Fatal(err)
	}
	n.Record(0)
	want := validation.Columns(t, "nest/"+c.Model+"."+c.Case+".csv")["V_m"]
	for step, v := range want {
		advance(n, 1, 1)
		for i, s := range c.Inputs {
			if DelaySteps(s.T*ms, spec.Dt) == step+1 {
				box := n.partitions[0].outbox(step)
				box.spikes = append(box.spikes, uint32(i))
				box.places[1].end++
			}
		}
		if got := n.Potentials(0)[0] / mV; !(math.Abs(got-v) <= 1e-12) {
			t.Fatalf("step %d: V = %v mV, want %v", step, got, v)
		}
	}
	spikes := n.Spikes()
	if len(spikes) != len(c.Spikes) {
		t.Fatalf("%d spikes, want %d", len(spikes), len(c.Spikes))
	}
	for i, s := range spikes {
		if want := DelaySteps(c.Spikes[i], 0.1) - 1; s.Step != want {
			t.Errorf("spike %d in step %d, want %d", i, s.Step, want)
		}
	}
}
