package script

import (
	"fmt"

	"go.starlark.net/starlark"

	"soma/connect"
)

var explicitSignature = &signature{
	name: "connect.explicit", byPosition: 2,
	doc: "The synapses listed one by one, here or in a file. Neurons are counted from 0, within the slices that are connected.",
	params: []parameter{
		{name: "pre", kind: "list of whole numbers", doc: "source of each synapse"},
		{name: "post", kind: "list of whole numbers", doc: "target of each synapse"},
		{name: "file", kind: "string", doc: "a `.csv`, `.npz` or `.mtx` file with them; see [Lists of synapses](#lists-of-synapses)"},
	},
}

// explicitValue is connect.explicit in a model file.
type explicitValue struct {
	rule          connect.Explicit
	weight, delay connect.Value // of the file; nil: none
}

func (v *explicitValue) String() string {
	return fmt.Sprintf("<connect.explicit of %d synapses>", len(v.rule.Pre))
}
func (v *explicitValue) Type() string          { return "connect.explicit" }
func (v *explicitValue) Freeze()               {}
func (v *explicitValue) Truth() starlark.Bool  { return true }
func (v *explicitValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: connect.explicit") }

func (s *session) explicit(c *call) starlark.Value {
	lists, file := c.given("pre") || c.given("post"), c.given("file")
	switch {
	case c.bad:
	case lists && file:
		c.report("file", "synapses from a file and from lists", "give one of the two")
	case file:
		return s.explicitFile(c)
	case !c.given("pre") || !c.given("post"):
		c.reportAt(c.pos, "", "missing: pre and post", "write connect.explicit(pre, post), with a list each, or file = …")
	default:
		v := &explicitValue{}
		c.indices("pre", &v.rule.Pre)
		c.indices("post", &v.rule.Post)
		if !c.bad {
			return v
		}
	}
	return s.poison
}

// indices reads a list of numbers of neurons.
func (c *call) indices(name string, into *[]int) {
	list, problem := toFloats(c.value(name))
	indices := make([]int, len(list))
	for i, x := range list {
		indices[i] = int(x)
		if problem == "" && (float64(indices[i]) != x || x < 0) {
			problem = fmt.Sprintf("value %d is %g, no number of a neuron", i, x)
		}
	}
	if problem != "" {
		c.report(name, problem, "give a list of whole numbers, counted from 0")
		return
	}
	*into = indices
}
