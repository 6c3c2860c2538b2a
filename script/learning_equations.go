package script

import (
	"fmt"

	"go.starlark.net/starlark"

	"soma/learn"
)

var learnEquationsSignature = &signature{
	name: "learn.equations", byPosition: 1,
	doc: "A rule of single synapses of your own, written as equations and statements: see [Equations](equations.md). `w` is the weight. Every other argument is a parameter, a number in SI units",
	params: []parameter{
		{name: "text", kind: "string", doc: "variables of the synapse, one to a line: `dx/dt = -x/tau : 1 (event-driven)`, `dx/dt = (x_0 - x)/tau : 1`, or `x : 1`"},
		{name: "on_pre", kind: "string", doc: "what happens at a spike of the source, before it is sent: `\"x += 1; w -= a*y\"`; with `sent = ...`, that is sent in place of `w`"},
		{name: "on_post", kind: "string", doc: "what happens at a spike of the target: `\"y += 1; w += a*x\"`"},
		{name: "delay", kind: "string", doc: "where the delay is: `\"dendritic\"` (default) or `\"axonal\"`"},
	},
	others: "NAME",
}

// learnEquationsValue is a learning rule written as equations.
type learnEquationsValue struct{ *learn.Equations }

func (v *learnEquationsValue) String() string       { return "learn.equations(…)" }
func (v *learnEquationsValue) Type() string         { return "learn.equations" }
func (v *learnEquationsValue) Freeze()              {}
func (v *learnEquationsValue) Truth() starlark.Bool { return true }
func (v *learnEquationsValue) Hash() (uint32, error) {
	return 0, fmt.Errorf("unhashable: learn.equations")
}

func (s *session) learnEquations(c *call) starlark.Value {
	r := &learn.Equations{}
	c.text("text", &r.Text)
	c.text("on_pre", &r.OnPre)
	c.text("on_post", &r.OnPost)
	c.text("delay", &r.Delay)
	for _, kw := range c.others {
		x, problem := toFloat(kw.value)
		if problem != "" {
			c.report(kw.name, problem, "give a number")
			continue
		}
		r.Parameters = append(r.Parameters, learn.Parameter{Name: kw.name, Value: x})
	}
	if c.bad || c.badTexts(r.Problems()) {
		return s.poison
	}
	return &learnEquationsValue{r}
}
