package script

import (
	"fmt"

	"go.starlark.net/starlark"

	"soma"
	"soma/signal"
)

var nodeSignature = &signature{
	name: "model.node", byPosition: 1,
	doc: "A source of values over time, or a function of time and of its input: `lambda t: …` or, with size_in, `lambda t, x: …`. With size_in alone it passes its input on.",
	params: []parameter{
		{name: "value", kind: "number, list, function or signal", doc: "what the node gives"},
		{name: "size_in", kind: "whole number", def: "0", doc: "number of input values"},
		{name: "size_out", kind: "whole number", doc: "number of values; default: what the function gives at t = 0"},
		nameParameter,
	},
}

func (v *networkValue) node(c *call) starlark.Value {
	n := v.Network.Node("", nil)
	v.s.describe(c, n, &n.Name)
	n.Pos, n.FieldPos = c.pos, c.positions()
	o := &objectValue{s: v.s, of: n, node: &nodeSource{s: v.s, call: c, node: n}}

	c.whole("size_in", &n.SizeIn)
	c.whole("size_out", &n.SizeOut)
	o.unsized = c.spoilt["size_in"] || c.spoilt["size_out"] || c.spoilt["value"]
	if !o.unsized {
		o.node.connectValue()
		o.unsized = c.bad
	}
	v.s.add(&made{value: o, net: v.Network, kind: "node", name: &n.Name, object: n, call: c})
	return o
}

// nodeSource is where a node's values come from.
type nodeSource struct {
	s        *session
	call     *call
	node     *soma.Node
	routines []*routine    // when they come from functions of the model
	source   signal.Signal // of such functions; nil when they have an input
}

// connectValue reads the first argument of the node.
func (n *nodeSource) connectValue() {
	c := n.call
	switch v := c.value("value").(type) {
	case nil, starlark.NoneType:
		n.passThrough()
	case *signalValue:
		n.play(v)
	case *spoiltStruct:
		c.spoil("value")
	case *structValue:
		source, ok := toSignal(v)
		if !ok {
			c.report("value", describe(v)+" is no signal", "give a number, a list of numbers, a function of time, or a signal")
			return
		}
		n.setSource(source)
	case starlark.Callable:
		n.compute(v)
	default:
		values, problem := toFloats(v)
		if problem != "" {
			c.report("value", problem, "give a number, a list of numbers, a function of time, or a signal")
			return
		}
		n.setSource(signal.Constant(values))
	}
}

func (n *nodeSource) passThrough() {
	c, node := n.call, n.node
	switch {
	case node.SizeIn == 0:
		c.reportAt(c.pos, "", "missing: value", "give a number, a function of time, or size_in for a node that passes its input on")
	case c.given("size_out") && node.SizeOut != node.SizeIn:
		c.report("size_out", fmt.Sprintf("%d values cannot come of %d that are passed on", node.SizeOut, node.SizeIn), "leave it out, or give a function")
	}
	node.SizeOut = node.SizeIn
}

func (n *nodeSource) play(v *signalValue) {
	switch {
	case v.function != nil:
		n.compute(v.function)
	case v.pieces != nil:
		n.playPieces(v.pieces)
	default:
		n.setSource(v.Signal)
	}
}

// setSource makes the node play a signal of known size.
func (n *nodeSource) setSource(source signal.Signal) {
	c := n.call
	if sizable, ok := source.(signal.Sizable); ok && c.given("size_out") && n.node.SizeOut > 0 && source.Size() == 1 {
		source = sizable.Sized(n.node.SizeOut)
	}
	if c.given("size_out") && n.node.SizeOut != source.Size() {
		c.report("size_out", fmt.Sprintf("it is %d, and the value has %d numbers", n.node.SizeOut, source.Size()), "leave it out")
	}
	n.node.Source, n.node.SizeOut = source, source.Size()
}

func (n *nodeSource) compute(f starlark.Callable) {
	r := n.routine(f, n.node.SizeIn)
	if r != nil && n.node.SizeIn == 0 {
		n.source = functionSignal{r}
	}
}

// routine is a function of time, and of values, that the node calls; nil when it
// cannot be called.
func (n *nodeSource) routine(f starlark.Callable, values int) *routine {
	c := n.call
	r := &routine{
		fn: f, pos: c.argumentPos("value"), object: n.node.Path, field: "value",
		time: true, width: values, input: values > 0, call: c,
	}
	if c.given("size_out") {
		r.size = n.node.SizeOut
	}
	if problem, remedy := r.badParameters(); problem != "" {
		c.report("value", problem, remedy)
		return nil
	}
	r.ready = n.ready
	n.routines = append(n.routines, r)
	n.s.routines = append(n.s.routines, r)
	return r
}

// playPieces makes the node play signals, some of which are functions.
func (n *nodeSource) playPieces(pieces []piece) {
	p := signal.Pieces{}
	for _, piece := range pieces {
		source := piece.signal()
		if piece.function != nil {
			r := n.routine(piece.function, 0)
			if r == nil {
				return
			}
			r.start = piece.at
			source = functionSignal{r}
		}
		p.Times, p.Signals = append(p.Times, piece.at), append(p.Signals, source)
	}
	n.source = p
}

// sized finds the size of the node by calling its functions, where need be.
func (n *nodeSource) sized() bool {
	if len(n.routines) == 0 {
		return !n.call.bad
	}
	ok := true
	for _, r := range n.routines {
		ok = r.measure(n.s) && ok
	}
	n.node.SizeOut = n.size()
	return ok
}

func (n *nodeSource) size() int {
	if n.source != nil {
		return n.source.Size()
	}
	return max(n.routines[0].size, 1)
}

// ready gives the finished functions to the node.
func (n *nodeSource) ready(bool) {
	n.node.SizeOut = n.size()
	if n.node.SizeIn == 0 || n.source != nil {
		n.node.Source = n.source
		return
	}
	r := n.routines[0]
	n.node.Function = func(t float64, x, y []float64) {
		caller := r.borrow()
		if err := caller.evaluate(t, x, y); err != nil {
			panic(err)
		}
		r.giveBack(caller)
	}
}

// functionSignal is a function of time as a signal; each simulator has a caller
// of its own.
type functionSignal struct{ routine *routine }

// Size implements signal.Signal.
func (f functionSignal) Size() int { return max(f.routine.size, 1) }

// Start implements signal.Signal.
func (f functionSignal) Start(signal.Env) (func(float64, []float64), error) {
	caller := f.routine.newCaller()
	return func(t float64, out []float64) {
		if err := caller.evaluate(t, nil, out); err != nil {
			panic(err)
		}
	}, nil
}
