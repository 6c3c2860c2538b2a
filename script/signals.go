package script

import (
	"fmt"
	"slices"

	"go.starlark.net/starlark"

	"soma/signal"
)

// signalValue is a signal in a model file.
type signalValue struct {
	name string
	signal.Signal
	function starlark.Callable // of signal.function, whose size is found later
}

func (v *signalValue) String() string        { return "<" + v.name + ">" }
func (v *signalValue) Type() string          { return "signal" }
func (v *signalValue) Freeze()               {}
func (v *signalValue) Truth() starlark.Bool  { return true }
func (v *signalValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: signal") }

var constantSignature = &signature{
	name: "signal.constant", byPosition: 1, doc: "The same values at all times; a bare number or list stands for it.",
	params: []parameter{{name: "value", kind: "number or list", required: true, doc: "the values"}},
}

func (s *session) constantSignal(c *call) starlark.Value {
	if c.bad {
		return s.poison
	}
	values, problem := toFloats(c.value("value"))
	if problem != "" {
		c.report("value", problem, "give a number or a list of numbers")
		return s.poison
	}
	return &signalValue{name: c.sig.name, Signal: signal.Constant(values)}
}

var functionSignature = &signature{
	name: "signal.function", byPosition: 1, doc: "A function of time; a bare function stands for it.",
	params: []parameter{{name: "function", kind: "function", required: true, doc: "`lambda t: …`, of the time in seconds; gives a number or a list"}},
}

func (s *session) functionSignal(c *call) starlark.Value {
	if c.bad {
		return s.poison
	}
	f, ok := c.value("function").(starlark.Callable)
	if !ok {
		c.report("function", describe(c.value("function"))+" is no function", "write lambda t: …")
		return s.poison
	}
	return &signalValue{name: c.sig.name, function: f}
}

var piecewiseSignature = &signature{
	name: "signal.piecewise", byPosition: 1, doc: "Values that each hold from their time until the next; 0 before the first.",
	params: []parameter{{name: "values", kind: "dictionary", required: true, doc: "`{time: value}`: seconds, and a number or list each"}},
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
	slices.SortFunc(pieces, func(a, b piece) int {
		if a.at < b.at {
			return -1
		}
		return 1
	})
	p := signal.Piecewise{}
	for _, piece := range pieces {
		if len(piece.values) != len(pieces[0].values) {
			c.report("values", fmt.Sprintf("%d numbers at %g s and %d at %g s", len(pieces[0].values), pieces[0].at, len(piece.values), piece.at), "give values of one length")
			return s.poison
		}
		p.Times, p.Values = append(p.Times, piece.at), append(p.Values, piece.values)
	}
	return &signalValue{name: c.sig.name, Signal: p}
}
