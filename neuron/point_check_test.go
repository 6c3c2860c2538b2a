package neuron_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"soma/internal/kernel"
	"soma/neuron"
)

func TestPointNeuronProblems(t *testing.T) {
	for _, c := range []struct {
		model neuron.Model
		field string // "": nothing is wrong
	}{
		{neuron.IafPscDelta{}, ""},
		{neuron.IafPscDelta{VReset: -0.05}, "V_reset"},
		{neuron.IafPscDelta{VMin: -0.05}, "V_min"},
		{neuron.IafPscDelta{TauM: -1}, "tau_m"},
		{neuron.IafPscExp{VReset: -0.055}, "V_reset"},
		{neuron.IafPscExp{TauSynEx: neuron.Zero}, "tau_syn_ex"},
		{neuron.IafPscExp{Delta: -1e-3}, "delta"},
		{neuron.IafPscAlpha{CM: -1}, "C_m"},
		{neuron.IafPscAlpha{TRef: -1e-3}, "t_ref"},
		{neuron.IafCondExp{VReset: neuron.Zero}, "V_reset"},
		{neuron.IafCondAlpha{GL: math.NaN()}, "g_L"},
		{neuron.IafCondAlpha{VTh: -0.065}, "V_reset"},
		{neuron.AeifCondExp{VPeak: -0.0504, VReset: -0.0703}, ""},
		{neuron.AeifCondExp{VPeak: -0.0505}, "V_th"},
		{neuron.AeifCondExp{VPeak: -0.06}, "V_reset"},
		{neuron.AeifCondExp{DeltaT: 1e-4}, "Delta_T"},
		{neuron.AeifCondExp{DeltaT: neuron.Zero}, ""},
		{neuron.AeifCondAlpha{DeltaT: neuron.Zero, VReset: -0.05}, "V_reset"},
		{neuron.AeifPscDeltaClopath{DeltaT: 1e-4}, "Delta_T"},
		{neuron.AeifPscDeltaClopath{DeltaT: neuron.Zero}, "Delta_T"},
		{neuron.AeifPscDeltaClopath{VThRest: 0.04}, "V_th_rest"},
		{neuron.AeifPscDeltaClopath{TClamp: neuron.Zero}, "t_clamp"},
		{neuron.HHPscAlpha{CM: -1}, "C_m"},
		{neuron.HHPscAlpha{GNa: neuron.Zero}, ""},
		{neuron.IzhikevichPoint{C: 0.04}, "c"},
	} {
		problems := neuron.Check(c.model)
		switch {
		case c.field == "" && problems != nil:
			t.Errorf("%+v: %v", c.model, problems)
		case c.field != "" && (len(problems) == 0 || problems[0].Field != c.field || problems[0].Remedy == ""):
			t.Errorf("%+v: %v, want a problem with %s", c.model, problems, c.field)
		}
	}
}

func TestPointNeuronStepProblems(t *testing.T) {
	for _, c := range []struct {
		model neuron.DtChecker
		dt    float64
		field string // "": nothing is wrong
	}{
		{neuron.IafPscDelta{}, 1e-3, ""},
		{neuron.AeifPscDeltaClopath{}, 5e-3, "t_clamp"},
		{neuron.AeifPscDeltaClopath{TClamp: 0.01}, 5e-3, ""},
		{neuron.IafPscDelta{}, 5e-3, "t_ref"},
		{neuron.IafPscExp{}, 0.02, "tau_m"},
		{neuron.IafPscAlpha{TRef: 1e-4}, 1e-3, "t_ref"},
		{neuron.IafPscAlpha{TRef: neuron.Zero}, 1e-3, ""},
		{neuron.IafCondExp{}, 0.02, "C_m/g_L"},
		{neuron.AeifCondAlpha{}, 1e-3, ""},
		{neuron.HHPscAlpha{}, 1e-4, ""},
		{neuron.HHPscAlpha{}, 1e-3, "dt"},
		{neuron.IzhikevichPoint{}, 2e-3, "dt"},
	} {
		problems := c.model.CheckDt(c.dt)
		switch {
		case c.field == "" && problems != nil:
			t.Errorf("%+v, dt %g: %v", c.model, c.dt, problems)
		case c.field != "" && (len(problems) == 0 || problems[0].Field != c.field || problems[0].Remedy == ""):
			t.Errorf("%+v, dt %g: %v, want a problem with %s", c.model, c.dt, problems, c.field)
		}
	}
}

// Every model says what it is: names, units, receptors, and a stepper whose rows
// are the states.
func TestPointNeuronSpecs(t *testing.T) {
	receptors := map[string]string{
		"iaf_psc_delta": "delta:V", "izhikevich": "delta:V", "aeif_psc_delta_clopath": "delta:V",
		"iaf_psc_exp": "ex:A in:A", "iaf_psc_alpha": "ex:A in:A", "hh_psc_alpha": "ex:A in:A",
		"iaf_cond_exp": "ex:S in:S", "iaf_cond_alpha": "ex:S in:S", "aeif_cond_exp": "ex:S in:S", "aeif_cond_alpha": "ex:S in:S",
	}
	for _, model := range pointNeurons {
		spec := model.Spec()
		var got []string
		for _, r := range spec.Receptors {
			got = append(got, r.Name+":"+r.Unit)
		}
		if strings.Join(got, " ") != receptors[spec.Name] {
			t.Errorf("%s: receptors %v", spec.Name, got)
		}
		if !spec.Spiking || spec.Amplitude != 1 || spec.InputUnit != "A" || spec.States[0].Name != "V_m" || spec.States[0].Unit != "V" {
			t.Errorf("%s: %+v", spec.Name, spec)
		}
		if !reflect.TypeOf(model).Comparable() {
			t.Errorf("%s: not comparable, so equal populations are not stepped together", spec.Name)
		}
		if _, err := model.NewStepper(neuron.Env{Dt: 1e-4, Level: kernel.Best()}); err != nil {
			t.Errorf("%s: %v", spec.Name, err)
		}
	}
}
