package script

import (
	"go.starlark.net/starlark"

	"soma"
	"soma/nef"
)

// ensembles are those of an array, as a tuple.
func (s *session) ensembles(array *nef.EnsembleArray) starlark.Value {
	var list starlark.Tuple
	for _, e := range array.Ensembles {
		list = append(list, &objectValue{s: s, of: e})
	}
	return list
}

var addOutputSignature = &signature{
	name: "array.add_output", byPosition: 2,
	params: []parameter{
		{name: "name", kind: "string", required: true},
		{name: "function", kind: "function", required: true},
	},
}

// arrayMethods are the functions of an ensemble array.
func (s *session) arrayMethods(v *netValue) map[string]starlark.Value {
	array := v.of.(*nef.EnsembleArray)
	once := func(name string, make func() *soma.Node) starlark.Value {
		return &function{sig: &signature{name: "array.add_" + name}, s: s, run: func(c *call) starlark.Value {
			if v.ends[name] == nil {
				node := make()
				node.Pos = c.pos
				v.ends[name] = &objectValue{s: s, of: node}
			}
			return v.ends[name]
		}}
	}
	return map[string]starlark.Value{
		"add_output":        &function{sig: addOutputSignature, s: s, run: func(c *call) starlark.Value { return s.addOutput(c, v, array) }},
		"add_neuron_input":  once("neuron_input", array.AddNeuronInput),
		"add_neuron_output": once("neuron_output", array.AddNeuronOutput),
	}
}

// addOutput adds a node with a function of what each ensemble represents.
func (s *session) addOutput(c *call, v *netValue, array *nef.EnsembleArray) starlark.Value {
	var name string
	c.text("name", &name)
	f, ok := c.value("function").(starlark.Callable)
	if !ok && c.value("function") != nil {
		c.report("function", describe(c.value("function"))+" is no function", "write lambda x: …")
	}
	if c.bad {
		return s.poison
	}
	r := &routine{
		fn: f, pos: c.argumentPos("function"), field: name, input: true, width: array.EnsDimensions, call: c,
		object: array.Path, ready: func(bool) {},
	}
	if problem, remedy := r.badParameters(); problem != "" {
		c.report("function", problem, remedy)
		return s.poison
	}
	if !r.measure(s) {
		return s.poison
	}
	s.routines = append(s.routines, r)
	node := array.AddOutputOf(name, r.size, func(x []float64) []float64 {
		y := make([]float64, r.size)
		caller := r.borrow()
		if err := caller.evaluate(0, x, y); err != nil {
			panic(err)
		}
		r.giveBack(caller)
		return y
	})
	node.Pos = c.pos
	v.ends[name] = &objectValue{s: s, of: node}
	return v.ends[name]
}
