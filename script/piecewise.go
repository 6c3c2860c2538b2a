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
	doc: "between the times: `\"zero\"` (each value holds until the next), `\"linear\"`, `\"nearest\"`, `\"quadratic\"` or `\"cubic\"`; all but the first are 0 before the first time and after the last",
}

var piecewiseSignature = &signature{
	name: "signal.piecewise", byPosition: 2, doc: "Values at given times, and what is between them; 0 before the first.",
	params: []parameter{
		{name: "values", kind: "dictionary", required: true, doc: "`{time: value}`: seconds, and a number or list each; or a function of the time, `lambda t: …`, or a signal, which is played from then on"},
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
	var pieces []piece
	for k, v := range dict.Entries() {
		at, problem := toFloat(k)
		if problem != "" {
			c.report("values", "time "+problem, "give times in seconds")
			return s.poison
		}
		piece, problem := toPiece(v)
		if problem != "" {
			c.report("values", fmt.Sprintf("at %g s: %s", at, problem), "give a number, a list of numbers, a function of time, or a signal")
			return s.poison
		}
		piece.at = at
		pieces = append(pieces, piece)
	}
	slices.SortFunc(pieces, func(a, b piece) int { return cmp.Compare(a.at, b.at) })
	if i := slices.IndexFunc(pieces, func(p piece) bool { return p.values == nil }); i >= 0 {
		return c.played(pieces, pieces[i].at)
	}
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

// piece is what a piecewise signal is from some time on: one of the three.
type piece struct {
	at       float64
	values   []float64
	function starlark.Callable
	played   signal.Signal
}

func toPiece(v starlark.Value) (piece, string) {
	if s, ok := v.(*signalValue); ok && s.function != nil {
		v = s.function
	}
	if source, ok := toSignal(v); ok {
		return piece{played: source}, ""
	}
	if f, ok := v.(starlark.Callable); ok {
		return piece{function: f}, ""
	}
	values, problem := toFloats(v)
	return piece{values: values}, problem
}

// signal is what is played; nil for a function of the model file.
func (p piece) signal() signal.Signal {
	if p.values != nil {
		return signal.Constant(p.values)
	}
	return p.played
}

// played is a signal of pieces, of which the one that begins at a time is no value.
func (c *call) played(pieces []piece, at float64) starlark.Value {
	var interpolation string
	c.text("interpolation", &interpolation)
	if interpolation != "" && interpolation != "zero" {
		c.report("interpolation", fmt.Sprintf("%q between values, and what begins at %g s is none", interpolation, at), "leave it out, or give numbers at all times")
		return c.s.poison
	}
	p := signal.Pieces{}
	for _, piece := range pieces {
		if piece.function != nil {
			return &signalValue{name: c.sig.name, pieces: pieces}
		}
		p.Times, p.Signals = append(p.Times, piece.at), append(p.Signals, piece.signal())
	}
	if problems := p.Check(); problems != nil {
		c.report("values", problems[0].Problem, problems[0].Remedy)
		return c.s.poison
	}
	return &signalValue{name: c.sig.name, Signal: p}
}
