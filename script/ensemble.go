package script

import (
	"strings"

	"go.starlark.net/starlark"

	"soma/dist"
	"soma/neuron"
	"soma/signal"
)

var ensembleSignature = &signature{
	name: "model.ensemble", byPosition: 2,
	doc: "Neurons that together represent a vector. Neuron *i* receives the current gain·(encoder · *x*)/radius + bias.",
	params: []parameter{
		{name: "n", kind: "whole number", required: true, doc: "number of neurons"},
		{name: "dimensions", kind: "whole number", def: "1", doc: "length of the vector"},
		{name: "neuron", kind: "neuron", def: "neuron.LIF()", doc: "neuron model"},
		{name: "radius", kind: "number", def: "1", doc: "expected length of the vector"},
		{name: "encoders", kind: "distribution or matrix", def: "dist.scattered_hypersphere(surface = True)", doc: "preferred directions, a row for each neuron; scaled to length 1"},
		{name: "intercepts", kind: "distribution or list", def: "dist.uniform(-1, 0.9)", doc: "values along the encoder, in radii, at which neurons begin to fire"},
		{name: "max_rates", kind: "distribution or list, Hz", def: "dist.uniform(200, 400)", doc: "rates at one radius"},
		{name: "gain", kind: "distribution or list", doc: "with bias, in place of intercepts and max_rates"},
		{name: "bias", kind: "distribution or list", doc: "see gain"},
		{name: "eval_points", kind: "distribution or matrix", def: "dist.scattered_hypersphere()", doc: "points, in radii, over which decoders are solved"},
		{name: "n_eval_points", kind: "whole number", doc: "their number; default: 500 per dimension within 750 … 2500, and at least two per neuron"},
		{name: "noise", kind: "signal", doc: "added to the input current of each neuron: `signal.white_noise(…)` gives each its own"},
		initParameter,
		nameParameter,
	},
}

var initParameter = parameter{name: "init", kind: "dictionary", doc: "initial values by state variable: `{\"voltage\": 0}`; a number, list or distribution each"}

var nameParameter = parameter{name: "name", kind: "string", doc: "default: the name of the variable"}

func (v *networkValue) ensemble(c *call) starlark.Value {
	e := v.Ensemble("", 1, 1)
	v.s.describe(c, e, &e.Name)
	e.Pos, e.FieldPos = c.pos, c.positions()

	c.whole("n", &e.N)
	c.whole("dimensions", &e.Dimensions)
	c.neuron("neuron", &e.Neuron)
	c.number("radius", &e.Radius)
	c.distribution("encoders", &e.Encoders)
	c.distribution("intercepts", &e.Intercepts)
	c.distribution("max_rates", &e.MaxRates)
	c.distribution("gain", &e.Gain)
	c.distribution("bias", &e.Bias)
	c.distribution("eval_points", &e.EvalPoints)
	c.whole("n_eval_points", &e.NEvalPoints)
	c.noise("noise", &e.Noise)
	c.init(&e.Init)

	o := &objectValue{s: v.s, of: e, unsized: c.spoilt["n"] || c.spoilt["dimensions"]}
	v.s.add(&made{value: o, net: v.Network, kind: "ensemble", name: &e.Name, object: e, call: c})
	return o
}

// describe names an object, so that errors about its arguments can name it.
func (s *session) describe(c *call, object pathed, name *string) {
	c.owner = object
	c.text("name", name)
	if c.given("name") && strings.ContainsAny(*name, "/\\\x00\n") {
		c.report("name", describe(c.value("name"))+" has characters that names cannot have", "use letters, digits, spaces and _")
	}
}

func (c *call) neuron(name string, into *neuron.Model) {
	if !c.given(name) || c.skipSpoilt(name) {
		return
	}
	v := c.value(name)
	if e, ok := v.(*equationsValue); ok {
		*into = e.Equations
		return
	}
	if s, ok := v.(*structValue); ok {
		if m, ok := s.interfaceOf().(neuron.Model); ok {
			*into = m
			return
		}
	}
	problem, remedy := describe(v)+" is no neuron model", "give one, such as neuron.LIF()"
	if f, ok := v.(*function); ok && strings.HasPrefix(f.sig.name, "neuron.") {
		problem, remedy = "the brackets are missing", "write "+f.sig.name+"()"
	}
	c.report(name, problem, remedy)
}

func (c *call) noise(name string, into *signal.Signal) {
	if !c.given(name) || c.skipSpoilt(name) {
		return
	}
	source, ok := toSignal(c.value(name))
	if !ok {
		c.report(name, describe(c.value(name))+" is no signal with values of its own", "give one, such as signal.white_noise(dist.normal(std = 0.1))")
		return
	}
	*into = source
}

// toSignal accepts a signal that is no function of the model file.
func toSignal(v starlark.Value) (signal.Signal, bool) {
	switch v := v.(type) {
	case *signalValue:
		return v.Signal, v.Signal != nil
	case *structValue:
		source, ok := v.interfaceOf().(signal.Signal)
		return source, ok
	}
	return nil, false
}

// init reads the initial values of state variables.
func (c *call) init(into *map[string]dist.Distribution) {
	if !c.given("init") {
		return
	}
	dict, ok := c.value("init").(*starlark.Dict)
	if !ok {
		c.report("init", describe(c.value("init"))+" is no dictionary", "write init = {\"voltage\": 0}")
		return
	}
	values := map[string]dist.Distribution{}
	for k, item := range dict.Entries() {
		name, ok := starlark.AsString(k)
		if !ok {
			c.report("init", describe(k)+" is no name of a state variable", "write it in quotes")
			return
		}
		d, problem := toDistribution(item)
		if problem != "" {
			c.report("init", name+": "+problem, "give a number, a list or a distribution")
			return
		}
		values[name] = d
	}
	*into = values
}

var populationSignature = &signature{
	name: "model.population", byPosition: 2,
	doc: "Neurons of one model, which represent nothing: their input is a current.",
	params: []parameter{
		{name: "n", kind: "whole number", required: true, doc: "number of neurons"},
		{name: "neuron", kind: "neuron", required: true, doc: "neuron model"},
		{name: "positions", kind: "positions or matrix", doc: "where the neurons are, such as `connect.grid([1, 1], [10, 10])`: for what depends on distance"},
		initParameter,
		nameParameter,
	},
}

func (v *networkValue) population(c *call) starlark.Value {
	var model neuron.Model = neuron.LIF{}
	p := v.Population("", 1, model)
	v.s.describe(c, p, &p.Name)
	p.Pos, p.FieldPos = c.pos, c.positions()

	c.whole("n", &p.N)
	c.neuron("neuron", &p.Neuron)
	c.places(&p.Positions)
	c.init(&p.Init)

	o := &objectValue{s: v.s, of: p, unsized: c.spoilt["n"]}
	v.s.add(&made{value: o, net: v.Network, kind: "population", name: &p.Name, object: p, call: c})
	return o
}
