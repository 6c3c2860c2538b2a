package script

import (
	"strings"

	"go.starlark.net/starlark"

	"soma"
	"soma/dist"
	"soma/solve"
)

var connectSignature = &signature{
	name: "model.connect", byPosition: 3,
	doc: "Carries values from one object, or a part of one, to another: function, transform, synapse, delay, in this order. What arrives at the neurons of an ensemble is multiplied by their gains. Or, with `weight`, connects neurons by single synapses: see [Point neurons](#point-neurons).",
	params: []parameter{
		{name: "source", kind: "object or part", required: true, doc: "where the values come from"},
		{name: "target", kind: "object or part", required: true, doc: "where they go; also the `learning` of a connection"},
		{name: "function", kind: "function, or its values", doc: "`lambda x: …` of the values, an array; gives a number or a list. From an ensemble also its values at `eval_points`, a row for each, or `{\"points\": …, \"values\": …}`"},
		{name: "transform", kind: "number, matrix or transform", def: "1", doc: "multiplies the values: a row for each value of the target; or `connect.sparse(…)`, `connect.convolution(…)`"},
		{name: "synapse", kind: "synapse, s, or None", def: "5*ms", doc: "filters the values; the default into a population is None; a list has one for each value of the target"},
		{name: "solver", kind: "solver", def: "solve.lstsq_l2()", doc: "finds the decoders when the source is an ensemble"},
		{name: "eval_points", kind: "distribution or matrix", doc: "default: those of the ensemble"},
		{name: "rule", kind: "rule", doc: "which neurons have synapses onto which, such as `connect.fixed_indegree(100)`; default, where there is a weight: `connect.all_to_all()`"},
		{name: "weight", kind: "number, list or distribution", doc: "of each synapse, in the unit of the receptor: A, S or V"},
		{name: "delay", kind: "s, list or distribution", doc: "rounded to steps, at least one. Of each synapse: default 1*ms. Of values, a number, besides the step that a synapse takes: default none"},
		{name: "receptor", kind: "string", doc: "where spikes arrive, `\"ex\"` or `\"in\"`; default: by the sign of the weight"},
		{name: "learning", kind: "learning rule or list", doc: "changes the weights while the model runs, such as `learn.pes()`"},
		nameParameter,
	},
}

func (v *networkValue) connect(c *call) starlark.Value {
	from, to := c.endpoint("source"), c.endpoint("target")
	if from == nil || to == nil {
		return v.s.poison
	}
	conn := v.Connect(from, to)
	v.s.describe(c, conn, &conn.Name)
	conn.Pos, conn.FieldPos = c.pos, c.positions()
	conn.FieldPos["from"], conn.FieldPos["to"] = c.argumentPos("source"), c.argumentPos("target")

	value := &connectionValue{conn, v.s}
	v.s.add(&made{value: value, net: v.Network, kind: "connection", name: &conn.Name, object: conn, call: c})
	c.learning(conn)
	if c.bySynapses(conn) {
		return value
	}
	c.transform("transform", &conn.Transform)
	c.synapse("synapse", &conn.Synapse)
	c.valueDelay(conn)
	c.solver("solver", &conn.Solver)
	c.distribution("eval_points", &conn.EvalPoints)
	if c.given("function") {
		v.s.connectFunction(c, conn)
	}
	return value
}

// connectFunction prepares the function of a connection.
func (s *session) connectFunction(c *call, conn *soma.Connection) {
	f, ok := c.value("function").(starlark.Callable)
	if !ok && c.functionValues(conn) {
		return
	}
	if !ok {
		c.report("function", describe(c.value("function"))+" is no function", "write lambda x: …")
		return
	}
	r := &routine{fn: f, pos: c.argumentPos("function"), object: conn.Path, field: "function", input: true, call: c}
	if problem, remedy := r.badParameters(); problem != "" {
		c.report("function", problem, remedy)
		return
	}
	source := c.value("source").(starlark.Indexable)
	r.prepare = func() bool {
		r.width = source.Len()
		if o, ok := source.(*objectValue); ok {
			r.width = o.outputs()
		}
		return !s.unsized(source)
	}
	r.ready = func(ok bool) {
		if !ok {
			c.spoil("function")
			return
		}
		conn.Function = func(x []float64) []float64 {
			y := make([]float64, r.size)
			caller := r.borrow()
			if err := caller.evaluate(0, x, y); err != nil {
				panic(err)
			}
			r.giveBack(caller)
			return y
		}
	}
	s.routines = append(s.routines, r)
}

// unsized says whether the size of an object or part is not known, because of a
// mistake.
func (s *session) unsized(v starlark.Value) bool {
	switch v := v.(type) {
	case *objectValue:
		v.Len()
		return v.unsized
	case *sliceValue:
		return s.unsized(v.object)
	}
	return false
}

// endpoint reads an object or a part of one; nil when there is none.
func (c *call) endpoint(name string) soma.Endpoint {
	v := c.value(name)
	if v == nil {
		return nil
	}
	e, problem := toEndpoint(v)
	remedy := "give what model.ensemble, model.population or model.node made, or a part of it"
	if net, ok := v.(*netValue); ok {
		remedy = "give one of its ends: " + strings.Join(net.endNames(), ", ")
	}
	if problem != "" {
		c.report(name, problem, remedy)
	}
	return e
}

func (c *call) solver(name string, into *solve.Solver) {
	if !c.given(name) || c.skipSpoilt(name) {
		return
	}
	if v, ok := c.value(name).(*structValue); ok {
		if s, ok := v.interfaceOf().(solve.Solver); ok {
			*into = s
			return
		}
	}
	c.report(name, describe(c.value(name))+" is no solver", "give one, such as solve.lstsq_l2(reg = 0.1)")
}

var samplesSignature = &signature{
	name: "dist.samples", byPosition: 1, doc: "Given values, a row for each neuron or point; a bare list or matrix stands for it.",
	params: []parameter{{name: "values", kind: "list or matrix", required: true, doc: "the values"}},
}

func (s *session) givenSamples(c *call) starlark.Value {
	if c.bad {
		return s.poison
	}
	rows, problem := toRows(c.value("values"))
	if problem != "" {
		c.report("values", problem, "give a list of numbers, or of rows")
		return s.poison
	}
	return samples{matrix(rows), dist.Samples(rows)}
}
