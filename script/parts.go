package script

import (
	"reflect"

	"go.starlark.net/starlark"

	"soma/dist"
	"soma/neuron"
	"soma/signal"
	"soma/solve"
	"soma/synapse"
)

// Models can be parts of models: the base of neuron.RegularSpiking, the synapse
// of a learning rule.

var (
	neuronType  = reflect.TypeFor[neuron.Model]()
	synapseType = reflect.TypeFor[synapse.Synapse]()
	distType    = reflect.TypeFor[dist.Distribution]()
	solverType  = reflect.TypeFor[solve.Solver]()
	signalType  = reflect.TypeFor[signal.Signal]()
)

// exampleOf shows how to write a part of a kind.
var exampleOf = map[string]string{
	"neuron model": "neuron.LIFRate()",
	"distribution": "dist.uniform(-1, 1)", "solver": "solve.lstsq_l2()",
	"signal": "signal.white_noise(dist.normal(std = 0.1))",
}

func kindOfInterface(t reflect.Type) string {
	switch t {
	case neuronType:
		return "neuron model"
	case synapseType:
		return "synapse, s, or None"
	case distType:
		return "distribution"
	case solverType:
		return "solver"
	case signalType:
		return "signal"
	}
	return t.Name()
}

// toInterface gives what a value stands for where a part of the type is wanted.
func toInterface(v starlark.Value, t reflect.Type) (any, string) {
	switch t {
	case synapseType:
		return toSynapse(v)
	case distType:
		return toDistribution(v)
	}
	if s, ok := v.(*structValue); ok && reflect.TypeOf(s.interfaceOf()).Implements(t) {
		return s.interfaceOf(), ""
	}
	return nil, describe(v) + " is no " + kindOfInterface(t)
}

// partOf is a part as model files see it.
func partOf(part any) starlark.Value {
	for _, sp := range spaces() {
		for _, m := range sp.models {
			if reflect.TypeOf(m.zero) != reflect.TypeOf(part) {
				continue
			}
			pointer := reflect.New(reflect.TypeOf(part))
			pointer.Elem().Set(reflect.ValueOf(part))
			return &structValue{name: sp.name + "." + m.name, value: pointer}
		}
	}
	return starlark.None
}
