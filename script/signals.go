package script

import (
	"fmt"

	"go.starlark.net/starlark"

	"soma/signal"
)

// signalValue is a signal in a model file.
type signalValue struct {
	name string
	signal.Signal
	function starlark.Callable // of signal.function, whose size is found later
	pieces   []piece           // of signal.piecewise, where some are functions
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
