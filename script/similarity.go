package script

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"soma/plot"
)

var similaritySignature = &signature{
	name: "similarity", byPosition: 3,
	doc: "How similar what a probe recorded is to the pointers of a vocabulary, over time: their dot products.",
	params: aroundAxes([]parameter{
		{name: "probe", kind: "string or probe", required: true, doc: "a probe of a vector of the vocabulary"},
		{name: "vocab", kind: "vocabulary", required: true, doc: "its pointers are the curves"},
		{name: "pointers", kind: "list of strings", doc: "expressions to compare with, in place of all pointers: `[\"A\", \"A*B\"]`"},
	}),
}

func (s *session) similarity(c *call) starlark.Value {
	v := c.newPanel(plot.Lines)
	vocab := c.vocabulary("vocab")
	v.panel.Probes = make([]string, 1)
	if arg := c.value("probe"); arg == nil {
		s.lostProbes++
	} else {
		c.probeRef(v, arg, 0, valueProbe, &v.panel.Probes[0])
		if n := len(v.probes); n > 0 {
			v.probes[n-1].pos = c.argumentPos("probe")
		}
	}
	if c.bad || vocab == nil {
		return v
	}
	names := vocab.Names()
	if c.given("pointers") {
		names = nil
		c.texts("pointers", &names)
	}
	if len(names) == 0 && !c.bad {
		c.report("vocab", "it has no pointers", "populate it, or give pointers = [\"A\"]")
	}
	for _, name := range names {
		x, err := vocab.Parse(name)
		if err != nil {
			c.reportText("pointers", err)
			return v
		}
		v.panel.Projections = append(v.panel.Projections, x)
	}
	if labels := v.panel.Labels; labels == nil {
		v.panel.Labels = names
	} else if len(labels) != len(names) {
		c.report("labels", fmt.Sprintf("%d labels for %d pointers", len(labels), len(names)), "give one each: "+strings.Join(names, ", "))
	}
	v.panel.YLabel = orElse(v.panel.YLabel, "similarity")
	return v
}
