package script

import (
	"reflect"

	"go.starlark.net/starlark"

	"soma/dist"
	"soma/internal/param"
	"soma/neuron"
)

// variedValue is a parameter of a point neuron with a value for each neuron of a
// population.
type variedValue struct {
	neuron.Parameter
	written starlark.Value
}

// varies says whether an argument gives each neuron a value of its own: a
// distribution, or a list, for a number of a point neuron.
func varies(model any, f param.Field, arg starlark.Value) bool {
	m, ok := model.(neuron.Model)
	if !ok || f.Type.Kind() != reflect.Float64 || len(m.Spec().Receptors) == 0 {
		return false
	}
	switch v := arg.(type) {
	case *starlark.List, starlark.Tuple, *array, samples:
		return true
	case *structValue:
		_, ok := v.plain().(dist.Distribution)
		return ok
	}
	return false
}

func (c *call) vary(v *structValue, f param.Field, arg starlark.Value) {
	d, problem := toDistribution(arg)
	if problem != "" {
		c.report(f.Name, problem, "give a number, or a list or distribution with a value for each neuron")
		return
	}
	v.varied = append(v.varied, variedValue{neuron.Parameter{Name: f.Name, Value: d}, arg})
}

func (v *structValue) variedModel() neuron.Varied {
	model := neuron.Varied{Model: v.plain().(neuron.Model)}
	for _, p := range v.varied {
		model.Parameters = append(model.Parameters, p.Parameter)
	}
	return model
}
