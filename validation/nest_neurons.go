package validation

import (
	"fmt"
	"math"
	"reflect"

	"soma/internal/param"
)

// NestNeurons are the point neurons of nest/single_neuron.json, with the largest
// difference in V_m that NEST's own solvers leave, in mV.
var NestNeurons = map[string]float64{
	"iaf_psc_delta":          1e-12,
	"iaf_psc_exp":            1e-12,
	"iaf_psc_alpha":          1e-12,
	"izhikevich":             1e-10,
	"iaf_cond_exp":           2e-5,
	"iaf_cond_alpha":         2e-5,
	"aeif_cond_exp":          1e-3,
	"aeif_cond_alpha":        1e-3,
	"aeif_psc_delta_clopath": 1e-3,
	"hh_psc_alpha":           1e-2,
}

// NestUnit is how many SI units one unit of NEST is.
var NestUnit = map[string]float64{"": 1, "V": 1e-3, "A": 1e-12, "S": 1e-9, "F": 1e-12, "s": 1e-3, "Hz": 1}

// NestCase is a run of one neuron in NEST, in NEST's units.
type NestCase struct {
	Model, Case string
	Params      map[string]any `json:"params_and_initial_state"`
	Dt          float64        `json:"dt_ms"`
	T           float64        `json:"T_ms"`
	Input       []NestSpike    `json:"input_spikes"`
	Spikes      []float64      `json:"spike_times_ms"`
}

// NestSpike is one that is sent to the neuron.
type NestSpike struct {
	At     float64 `json:"t_ms"`
	Weight float64
	Delay  float64 `json:"delay_ms"`
}

// NestCases are the runs of a model.
func NestCases(t TB, model string) (cases []NestCase) {
	t.Helper()
	var file struct{ Cases []NestCase }
	JSON(t, "nest/single_neuron.json", &file)
	for _, c := range file.Cases {
		if c.Model == model {
			cases = append(cases, c)
		}
	}
	if len(cases) != 2 {
		t.Fatalf("%s: %d cases, 2 wanted", model, len(cases))
	}
	return cases
}

// Configured is a copy of a model with the parameters that the case gives.
func (c NestCase) Configured(model any) any {
	copied := reflect.New(reflect.TypeOf(model))
	for _, f := range param.Fields(model) {
		if x, given := c.Param(f.Name, f.Unit); given {
			param.SetFloat(copied, f, x)
		}
	}
	return copied.Elem().Interface()
}

// Param is a parameter or an initial value in SI units, if the case gives it.
func (c NestCase) Param(name, unit string) (float64, bool) {
	x, given := c.Params[name].(float64)
	return x * NestUnit[unit], given
}

// Step is the number of the step that ends at a time.
func (c NestCase) Step(ms float64) int { return int(math.Round(ms / c.Dt)) }

// Voltage is V_m after every step, mV.
func (c NestCase) Voltage(t TB) []float64 {
	t.Helper()
	return Columns(t, fmt.Sprintf("nest/%s.%s.csv", c.Model, c.Case))["V_m"]
}
