package verify

import (
	"fmt"
	"math"
	"reflect"

	"soma/internal/param"
	"soma/neuron"
	"soma/validation"
)

// nestCases are the point neurons, with the largest difference in V_m that NEST's
// own solvers leave, in mV.
func nestCases() (cases []Case) {
	for _, c := range []struct {
		model   neuron.Model
		allowed float64
	}{
		{neuron.IafPscDelta{}, 1e-12},
		{neuron.IafPscExp{}, 1e-12},
		{neuron.IafPscAlpha{}, 1e-12},
		{neuron.IzhikevichPoint{}, 1e-10},
		{neuron.IafCondExp{}, 2e-5},
		{neuron.IafCondAlpha{}, 2e-5},
		{neuron.AeifCondExp{}, 1e-3},
		{neuron.AeifCondAlpha{}, 1e-3},
		{neuron.AeifPscDeltaClopath{}, 1e-3},
		{neuron.HHPscAlpha{}, 1e-2},
	} {
		cases = append(cases, Case{
			Name: c.model.Spec().Name + ": V_m and spikes", Against: "NEST, step by step", Unit: "mV", Allowed: c.allowed,
			run: func(r *report) { pointNeuron(r, c.model) },
		})
	}
	return cases
}

// nestUnit is how many SI units one unit of NEST is.
var nestUnit = map[string]float64{"": 1, "V": 1e-3, "A": 1e-12, "S": 1e-9, "F": 1e-12, "s": 1e-3, "Hz": 1}

// nestRun is one case of single_neuron.json.
type nestRun struct {
	Model, Case string
	Params      map[string]any `json:"params_and_initial_state"`
	Dt          float64        `json:"dt_ms"`
	T           float64        `json:"T_ms"`
	Input       []struct {
		At     float64 `json:"t_ms"`
		Weight float64
		Delay  float64 `json:"delay_ms"`
	} `json:"input_spikes"`
	Spikes []float64 `json:"spike_times_ms"`
}

func pointNeuron(r *report, model neuron.Model) {
	var file struct{ Cases []nestRun }
	validation.JSON(r, "nest/single_neuron.json", &file)
	for _, c := range file.Cases {
		if c.Model == model.Spec().Name {
			c.compare(r, model)
		}
	}
}

func (c nestRun) compare(r *report, model neuron.Model) {
	given := reflect.New(reflect.TypeOf(model))
	for _, f := range param.Fields(model) {
		if x, ok := c.Params[f.Name].(float64); ok {
			param.SetFloat(given, f, x*nestUnit[f.Unit])
		}
	}
	model = given.Elem().Interface().(neuron.Model)
	spec := model.Spec()
	b, s := single(r, model, c.Dt*1e-3)
	for k, state := range spec.States {
		if x, ok := c.Params[state.Name].(float64); ok {
			b.State[k][0] = x * nestUnit[state.Unit]
		}
	}
	arrived := map[[2]int]float64{} // by receptor and step
	for _, in := range c.Input {
		k := 0
		if in.Weight < 0 && len(spec.Receptors) > 1 {
			k = 1
		}
		arrived[[2]int{k, c.step(in.At + in.Delay)}] += in.Weight * nestUnit[spec.Receptors[k].Unit]
	}
	var voltage []float64
	var fired, want []int
	for b.Step = 1; int(b.Step) <= c.step(c.T); b.Step++ {
		for k, row := range b.Arrived {
			row[0] = arrived[[2]int{k, int(b.Step)}]
		}
		b.Spikes, b.At = b.Spikes[:0], b.At[:0]
		s.Step(b)
		for range b.Spikes {
			fired = append(fired, int(b.Step))
		}
		voltage = append(voltage, b.State[0][0]*1e3)
	}
	for _, at := range c.Spikes {
		want = append(want, c.step(at))
	}
	name := c.Model + " " + c.Case
	equal(r, name+": spikes", fired, want)
	r.within(name, voltage, validation.Columns(r, fmt.Sprintf("nest/%s.%s.csv", c.Model, c.Case))["V_m"], 1)
}

func (c nestRun) step(ms float64) int { return int(math.Round(ms / c.Dt)) }
