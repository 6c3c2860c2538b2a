package script

import (
	"cmp"
	"fmt"
	"slices"

	"go.starlark.net/starlark"

	"soma/signal"
)

var interpolationParameter = parameter{
	name: "interpolation", kind: "string", def: `"zero"`,
	doc: "between the times: `\"zero\"` (each value holds until the next), `\"linear\"`, `\"nearest\"` or `\"cubic\"`; all but the first are 0 before the first time and after the last",
}

var piecewiseSignature = &signature{
	name: "signal.piecewise", byPosition: 2, doc: "Values at given times, and what is between them; 0 before the first.",
	params: []parameter{
		{name: "values", kind: "dictionary", required: true, doc: "`{time: value}`: seconds, and a number or list each"},
		interpolationParameter,
	},
}

func (s *session) piecewiseSignal(c *call) starlark.Value {
	if c.bad {
		return s.poison
	}
	dict, ok := c.value("values").(*starlark.Dict)
	if !ok || dict.Len() == 0 {
		c.report("values", describe(c.value("values"))+" gives no times", "write {0: 0, 100*ms: 1}")
		return s.poison
	}
	type piece struct {
		at     float64
		values []float64
	}
	var pieces []piece
	for k, v := range dict.Entries() {
		at, problem := toFloat(k)
		if problem != "" {
			c.report("values", "time "+problem, "give times in seconds")
			return s.poison
		}
		values, problem := toFloats(v)
		if problem != "" {
			c.report("values", fmt.Sprintf("at %g s: %s", at, problem), "give a number or a list of numbers")
			return s.poison
		}
		pieces = append(pieces, piece{at, values})
	}
	slices.SortFunc(pieces, func(a, b piece) int { return cmp.Compare(a.at, b.at) })
	p := signal.Piecewise{}
	for _, piece := range pieces {
		p.Times, p.Values = append(p.Times, piece.at), append(p.Values, piece.values)
	}
	return c.interpolated(p)
}

// interpolated gives a course over time its interpolation, and checks it.
func (c *call) interpolated(p signal.Piecewise) starlark.Value {
	c.text("interpolation", &p.Interpolation)
	if c.bad {
		return c.s.poison
	}
	if problems := p.Check(); problems != nil {
		field := problems[0].Field
		if !slices.Contains(c.sig.names(), field) {
			field = c.sig.params[0].name
		}
		c.report(field, problems[0].Problem, problems[0].Remedy)
		return c.s.poison
	}
	return &signalValue{name: c.sig.name, Signal: p}
}
