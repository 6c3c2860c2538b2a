package script

import (
	"fmt"

	"go.starlark.net/starlark"

	"soma"
)

var probeSignature = &signature{
	name: "model.probe", byPosition: 2,
	doc: "What to record. Of ensembles the decoded value; of nodes their output; of neurons `\"spikes\"` (the default), `\"output\"`, `\"input\"`, or a state variable such as `\"voltage\"`; of connections their `\"weights\"`, with the rule voja also the `\"encoders\"` that it changes; of the `learning` of a connection what is connected to it, or a variable of the rule: `\"activities\"` of pes, `\"pre_filtered\"` and `\"inv_gamma\"` of rls, `\"pre_filtered\"`, `\"post_filtered\"` and `\"theta\"` of bcm, `\"pre_filtered\"` and `\"post_filtered\"` of oja, `\"post_filtered\"` of voja.",
	params: []parameter{
		{name: "target", kind: "object or part", required: true, doc: "what is recorded"},
		{name: "what", kind: "string", doc: "the quantity"},
		{name: "sample_every", kind: "s", doc: "time between samples; default: every step"},
		{name: "synapse", kind: "synapse, s, or None", def: "None", doc: "filters what is recorded"},
		nameParameter,
	},
}

// probeValue is a probe in a model file.
type probeValue struct{ *soma.Probe }

func (v *probeValue) String() string        { return fmt.Sprintf("<probe %q>", v.Path()) }
func (v *probeValue) Type() string          { return "probe" }
func (v *probeValue) Freeze()               {}
func (v *probeValue) Truth() starlark.Bool  { return true }
func (v *probeValue) Hash() (uint32, error) { return starlark.String("probe").Hash() }

func (v *networkValue) probe(c *call) starlark.Value {
	target := c.endpoint("target")
	if target == nil {
		v.s.lostProbes++
		return v.s.poison
	}
	p := v.Probe("", target)
	v.s.describe(c, p, &p.Name)
	p.Pos, p.FieldPos = c.pos, c.positions()
	c.text("what", &p.What)
	c.number("sample_every", &p.SampleEvery)
	c.synapse("synapse", &p.Synapse)
	value := &probeValue{p}
	v.s.add(&made{value: value, net: v.Network, kind: "probe", name: &p.Name, object: p, call: c})
	return value
}
