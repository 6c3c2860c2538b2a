package spa

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"soma"
	"soma/connect"
	"soma/internal/suggest"
	"soma/nef"
	"soma/synapse"
)

// Modules are what the names of a text stand for.
type Modules map[string]Module

// NoModule begins the problem of a text that names no module.
const NoModule = "there is no module"

func (m Modules) unknown(name string) (problem, remedy string) {
	names := slices.Sorted(maps.Keys(m))
	problem = fmt.Sprintf("%s %q%s", NoModule, name, suggest.Hint(name, names))
	return problem, "there is: " + strings.Join(names, ", ")
}

// Connect makes what a text says: "scene * ~query -> answer". The expression is
// computed by neurons where it binds, compares or multiplies what modules
// represent; all that is linear becomes transforms of connections. Several
// routes are separated by semicolons. What is wrong is noted and reported by
// Check.
func Connect(net *soma.Network, modules Modules, text string) *soma.Network {
	sub, err := Route(net, modules, text)
	if err != nil {
		sub.Report("", err.Error(), "")
	}
	nef.Finish(sub)
	return sub
}

// Route is Connect, with the error.
func Route(net *soma.Network, modules Modules, text string) (sub *soma.Network, err *TextError) {
	sub = net.Network(strings.Join(strings.Fields(text), " "))
	sub.Kind = "spa.Connect"
	return sub, caught(func() {
		c := &compiler{text: text, modules: modules}
		for _, r := range c.routes() {
			to, f := c.route(sub, r)
			f.into(sub, to, synapse.Default())
		}
	})
}

// caught runs a function that fails with a TextError.
func caught(f func()) (err *TextError) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*TextError)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	f()
	return nil
}

// must passes on the error of what is parsed or evaluated.
func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// routes reads "a -> b; c -> d".
func (c *compiler) routes() []route {
	return must(parse(c.text, func(p *parser) []route {
		list := []route{p.route()}
		for p.take(";") {
			if p.skip(); p.at == len(p.text) {
				break
			}
			list = append(list, p.route())
		}
		return list
	}))
}

// route finds where a route leads and what flows there.
func (c *compiler) route(net *soma.Network, r route) (soma.Endpoint, flow) {
	to := c.named(r.to, r.toAt)
	if to.Input == nil {
		panic(&TextError{c.text, r.toAt, r.to + " takes no input", "name one of its ends, or another module"})
	}
	t := c.typeOf(r.from)
	switch {
	case to.Vocab == nil && t.shape == vector:
		c.fail(r.from, "a vector into "+r.to+", which represents a number", "write dot(…, …)")
	case to.Vocab != nil && t.shape == scalar:
		c.fail(r.from, "a number into "+r.to+", which represents a vector", "multiply it by a pointer")
	case t.vocab != nil && t.vocab != to.Vocab:
		c.fail(r.from, "a vector of "+t.vocab.String()+" into one of "+to.Vocab.String(), "write translate(…) or reinterpret(…)")
	}
	f := c.flow(net, r.from, to.Vocab)
	if to.Vocab != nil && !f.vector {
		f = constantFlow(quantity{vector: must(to.Vocab.asVector(quantity{number: f.constant[0]}, r.from, c.text))})
	}
	return to.Input, f
}

// flow makes the networks that an expression takes. Pointers are those of v.
func (c *compiler) flow(net *soma.Network, e *expr, v *Vocabulary) flow {
	if e.fixed() && e.name != "dot" {
		return constantFlow(must(evaluate(e, c.text, v)))
	}
	switch e.kind {
	case module:
		m := c.module(e)
		width := 1
		if m.out() != nil {
			width = m.out().Dimensions
		}
		return flow{vector: m.out() != nil, width: width, terms: []term{{from: m.Output, scale: 1}}}
	case negative:
		return c.flow(net, e.args[0], v).times(-1)
	case inverse:
		return c.flow(net, e.args[0], v).through(inversion(v))
	case sum, difference:
		a, b := c.flow(net, e.args[0], v), c.flow(net, e.args[1], v)
		if e.kind == difference {
			b = b.times(-1)
		}
		return c.agreeing(e.args[0], a, b, v).plus(c.agreeing(e.args[1], b, a, v))
	case product:
		return c.product(net, e, v)
	case call:
		return c.call(net, e, v)
	}
	c.fail(e, e.name+" of what a module represents", "it is for pointers; clean up with spa.wta_assoc_mem")
	return flow{}
}

// agreeing makes a number a vector where it is added to one.
func (c *compiler) agreeing(e *expr, f, other flow, v *Vocabulary) flow {
	if !f.vector && other.vector {
		return constantFlow(quantity{vector: must(v.asVector(quantity{number: f.constant[0]}, e, c.text))})
	}
	return f
}

// inversion is the matrix of the approximate inverse.
func inversion(v *Vocabulary) connect.Dense {
	m := zeros(v.Dimensions, v.Dimensions)
	for i, j := range v.Algebra.Inverse(v.Dimensions) {
		m[i][j] = 1
	}
	return m
}

// product scales, binds or multiplies.
func (c *compiler) product(net *soma.Network, e *expr, v *Vocabulary) flow {
	left, right := e.args[0], e.args[1]
	var unbindLeft, unbindRight bool
	bothRun := !left.fixed() && !right.fixed()
	if bothRun && left.kind == inverse {
		left, unbindLeft = left.args[0], true
	}
	if bothRun && right.kind == inverse {
		right, unbindRight = right.args[0], true
	}
	a, b := c.flow(net, left, v), c.flow(net, right, v)
	switch {
	case a.fixed() && !a.vector:
		return b.times(a.constant[0])
	case b.fixed() && !b.vector:
		return a.times(b.constant[0])
	case a.fixed() && b.vector:
		return b.through(v.Algebra.BindLeft(a.constant))
	case b.fixed() && a.vector:
		return a.through(v.Algebra.BindRight(b.constant))
	case a.fixed():
		return b.through(column(a.constant))
	case b.fixed():
		return a.through(column(b.constant))
	case a.vector && b.vector:
		n := Bind{Vocab: v, UnbindLeft: unbindLeft, UnbindRight: unbindRight}.Add(net, numbered("bind", len(net.Networks)))
		return computed(net, n.Output, true, a, n.InputLeft, b, n.InputRight)
	case !a.vector && !b.vector:
		n := Product{}.Add(net, numbered("product", len(net.Networks)))
		return computed(net, n.Output, false, a, n.InputA, b, n.InputB)
	case b.vector:
		a, b = b, a
	}
	return c.gain(net, a, b)
}

// gain multiplies a vector by a number that changes.
func (c *compiler) gain(net *soma.Network, x, factor flow) flow {
	d := x.width
	in, one, out := zeros(d, d), zeros(d, 1), zeros(d, d)
	for i := range d {
		largest := min(1, 4/math.Sqrt(float64(d)))
		if i == 0 {
			largest = 1
		}
		in[i][i], one[i][0], out[i][i] = 1/largest, 1, largest
	}
	sub := net.Network(numbered("gain", len(net.Networks)))
	l := nef.Bilinear{NNeurons: 200, A: in, B: one, Out: out, InputMagnitude: 1}
	inputX, inputFactor, output, _ := l.Build(sub)
	return computed(net, output, true, x, inputX, factor, inputFactor)
}

// computed connects what a network takes and gives what it computes.
func computed(net *soma.Network, out soma.Endpoint, isVector bool, a flow, toA soma.Endpoint, b flow, toB soma.Endpoint) flow {
	a.into(net, toA, synapse.Default())
	b.into(net, toB, synapse.Default())
	width := 1
	if isVector {
		width = a.width
	}
	return flow{vector: isVector, width: width, terms: []term{{from: out, scale: 1}}}
}

// call is dot, translate or reinterpret.
func (c *compiler) call(net *soma.Network, e *expr, v *Vocabulary) flow {
	if e.name == "dot" {
		return c.dot(net, e)
	}
	arg := e.args[0]
	t := c.typeOf(arg)
	if t.vocab == nil || t.vocab == v {
		return c.flow(net, arg, v)
	}
	if v == nil {
		c.fail(e, "it cannot be told which vocabulary is wanted", "use "+e.name+" beside a module, or before an arrow to one")
	}
	f := c.flow(net, arg, t.vocab)
	if e.name == "translate" {
		m, err := t.vocab.TransformTo(v)
		if err != nil {
			c.fail(e, err.Error(), "populate both with the same names, or write reinterpret(…)")
		}
		return f.through(m)
	}
	if t.vocab.Dimensions != v.Dimensions {
		c.fail(e, fmt.Sprintf("%d dimensions cannot be taken for %d", t.vocab.Dimensions, v.Dimensions), "write translate(…)")
	}
	return f
}

// dot compares two vectors; with a fixed one that takes no neurons.
func (c *compiler) dot(net *soma.Network, e *expr) flow {
	t := c.joint(e, c.typeOf(e.args[0]), c.typeOf(e.args[1]), false)
	if t.vocab == nil {
		c.fail(e, "it cannot be told of which vocabulary these are", "compare with what a module represents")
	}
	a, b := c.flow(net, e.args[0], t.vocab), c.flow(net, e.args[1], t.vocab)
	if a.fixed() {
		a, b = b, a
	}
	if b.fixed() {
		f := a.through(connect.Dense{b.constant})
		f.vector = false
		return f
	}
	n := Compare{Vocab: t.vocab}.Add(net, numbered("compare", len(net.Networks)))
	return computed(net, n.Output, false, a, n.InputA, b, n.InputB)
}

// numbered is the name of the next object of a kind.
func numbered(name string, n int) string { return fmt.Sprintf("%s%d", name, n+1) }
