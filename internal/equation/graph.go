package equation

import (
	"math"

	"soma/internal/kernel"
)

// ref is a value in a graph.
type ref int32

// Leaves of a graph: what values are made of.
const (
	leafConst   kernel.Op = -1 - iota
	leafRow               // state variable k
	leafInput             // the input current
	leafArrived           // what arrives at receptor k
	leafTime              // 0: the time when the step begins, 1: when it ends
	leafNeuron            // the number of the neuron
	leafRand              // the k-th uniform random number
	leafRandn             // the k-th normal one; those of noise terms come first
	leafNoise             // the k-th noise term, which a method makes something of
	leafLocal             // a placeholder
)

// node is one value: an operation on others, or a leaf.
type node struct {
	op    kernel.Op
	args  [4]ref
	value float64 // of leafConst
	k     int
}

// key tells nodes apart; constants by their bits.
type key struct {
	op   kernel.Op
	args [4]ref
	bits uint64
	k    int
}

// Graph holds every value once. Building a value again gives the same ref, and
// constants are folded.
type Graph struct {
	nodes []node
	index map[key]ref
}

func newGraph() *Graph { return &Graph{index: map[key]ref{}} }

func (g *Graph) put(n node) ref {
	k := key{n.op, n.args, math.Float64bits(n.value), n.k}
	if r, ok := g.index[k]; ok {
		return r
	}
	r := ref(len(g.nodes))
	g.nodes = append(g.nodes, n)
	g.index[k] = r
	return r
}

func (g *Graph) constant(x float64) ref { return g.put(node{op: leafConst, value: x}) }

func (g *Graph) leaf(op kernel.Op, k int) ref { return g.put(node{op: op, k: k}) }

// value gives the number of a constant.
func (g *Graph) value(r ref) (float64, bool) {
	n := &g.nodes[r]
	return n.value, n.op == leafConst
}

func (g *Graph) is(r ref, x float64) bool {
	v, ok := g.value(r)
	return ok && v == x
}

// apply makes an operation on values, or what it comes to.
func (g *Graph) apply(op kernel.Op, args ...ref) ref {
	var values [4]float64
	known := true
	for i, a := range args {
		x, ok := g.value(a)
		values[i], known = x, known && ok
	}
	if known {
		return g.constant(op.Scalar(values[0], values[1], values[2], values[3]))
	}
	n := node{op: op}
	copy(n.args[:], args)
	return g.put(n)
}

func (g *Graph) add(a, b ref) ref {
	switch {
	case g.is(a, 0):
		return b
	case g.is(b, 0):
		return a
	case g.nodes[b].op == kernel.Neg:
		return g.sub(a, g.nodes[b].args[0])
	case g.nodes[a].op == kernel.Neg:
		return g.sub(b, g.nodes[a].args[0])
	case b < a:
		a, b = b, a
	}
	return g.apply(kernel.Add, a, b)
}

func (g *Graph) sub(a, b ref) ref {
	switch {
	case a == b:
		return g.constant(0)
	case g.is(b, 0):
		return a
	case g.is(a, 0):
		return g.neg(b)
	case g.nodes[b].op == kernel.Neg:
		return g.add(a, g.nodes[b].args[0])
	case g.nodes[a].op == kernel.Neg:
		return g.neg(g.add(g.nodes[a].args[0], b))
	}
	return g.apply(kernel.Sub, a, b)
}

func (g *Graph) neg(a ref) ref {
	switch n := g.nodes[a]; n.op {
	case kernel.Neg:
		return n.args[0]
	case kernel.Sub:
		return g.sub(n.args[1], n.args[0])
	case kernel.Mul:
		if x, ok := g.value(n.args[1]); ok {
			return g.mul(n.args[0], g.constant(-x))
		}
	}
	return g.apply(kernel.Neg, a)
}

// mul keeps a constant factor second, and gathers constant factors.
func (g *Graph) mul(a, b ref) ref {
	if _, ok := g.value(a); ok || b < a {
		a, b = b, a
	}
	if _, ok := g.value(a); ok {
		a, b = b, a
	}
	x, scaled := g.value(b)
	switch {
	case !scaled:
		return g.product(a, b)
	case x == 0 || x == 1:
		if x == 0 {
			return b
		}
		return a
	case x == -1:
		return g.neg(a)
	}
	n := g.nodes[a]
	if y, ok := g.value(n.args[1]); n.op == kernel.Mul && ok {
		return g.mul(n.args[0], g.constant(float64(x*y)))
	}
	if n.op == kernel.Neg {
		return g.mul(n.args[0], g.constant(-x))
	}
	if y, left, ok := g.shifted(a); ok {
		return g.add(g.mul(left, b), g.constant(float64(x*y)))
	}
	return g.apply(kernel.Mul, a, b)
}

// shifted takes the constant off a sum: its multiple is then one operation, a
// product and a sum.
func (g *Graph) shifted(a ref) (constant float64, rest ref, ok bool) {
	n := g.nodes[a]
	if n.op != kernel.Add && n.op != kernel.Sub {
		return 0, a, false
	}
	if x, ok := g.value(n.args[0]); ok {
		if n.op == kernel.Sub {
			return x, g.neg(n.args[1]), true
		}
		return x, n.args[1], true
	}
	if x, ok := g.value(n.args[1]); ok {
		if n.op == kernel.Sub {
			x = -x
		}
		return x, n.args[0], true
	}
	return 0, a, false
}

// product draws signs and constants out of the factors, none of which is
// constant.
func (g *Graph) product(a, b ref) ref {
	na, nb := g.nodes[a], g.nodes[b]
	if na.op == kernel.Neg {
		return g.neg(g.mul(na.args[0], b))
	}
	if nb.op == kernel.Neg {
		return g.neg(g.mul(a, nb.args[0]))
	}
	return g.apply(kernel.Mul, a, b)
}

// div makes a division by a constant a product.
func (g *Graph) div(a, b ref) ref {
	if x, ok := g.value(b); ok && x != 0 && finite(1/x) {
		if y, ok := g.value(a); ok {
			return g.constant(y / x)
		}
		return g.mul(a, g.constant(1/x))
	}
	if g.is(a, 0) {
		return a
	}
	return g.apply(kernel.Div, a, b)
}

// power writes small whole exponents as products, and those between by a root.
func (g *Graph) power(a, b ref) ref {
	x, ok := g.value(b)
	switch {
	case !ok:
		return g.apply(kernel.Pow, a, b)
	case x == 0.5:
		return g.apply(kernel.Sqrt, a)
	case x == math.Trunc(x) && math.Abs(x) <= 16:
		if _, known := g.value(a); known {
			return g.apply(kernel.Pow, a, b)
		}
		if x < 0 {
			return g.div(g.constant(1), g.whole(a, int(-x)))
		}
		return g.whole(a, int(x))
	case 2*x == math.Trunc(2*x) && math.Abs(x) <= 16: // x^(n + ½)
		root := g.mul(g.whole(a, int(math.Abs(x))), g.apply(kernel.Sqrt, a))
		if x < 0 {
			return g.div(g.constant(1), root)
		}
		return root
	}
	return g.apply(kernel.Pow, a, b)
}

func (g *Graph) whole(a ref, n int) ref {
	switch {
	case n == 0:
		return g.constant(1)
	case n == 1:
		return a
	case n%2 == 1:
		return g.mul(g.whole(a, n-1), a)
	}
	half := g.whole(a, n/2)
	return g.mul(half, half)
}

// truth makes a number 0 or 1.
func (g *Graph) truth(a ref) ref {
	if g.isTruth(a) {
		return a
	}
	return g.apply(kernel.NotEqual, a, g.constant(0))
}

func (g *Graph) isTruth(a ref) bool {
	n := g.nodes[a]
	switch n.op {
	case kernel.Less, kernel.AtMost, kernel.Equal, kernel.NotEqual:
		return true
	case leafConst:
		return n.value == 0 || n.value == 1
	case kernel.Mul, kernel.Max:
		return g.isTruth(n.args[0]) && g.isTruth(n.args[1])
	}
	return false
}

func (g *Graph) not(a ref) ref { return g.apply(kernel.Equal, a, g.constant(0)) }

func (g *Graph) choose(condition, yes, no ref) ref {
	if x, ok := g.value(condition); ok {
		if x != 0 {
			return yes
		}
		return no
	}
	if yes == no {
		return yes
	}
	return g.apply(kernel.Select, condition, yes, no)
}

// build makes an operation with all that is known about it.
func (g *Graph) build(op kernel.Op, args []ref) ref {
	switch op {
	case kernel.Add:
		return g.add(args[0], args[1])
	case kernel.Sub:
		return g.sub(args[0], args[1])
	case kernel.Neg:
		return g.neg(args[0])
	case kernel.Mul:
		return g.mul(args[0], args[1])
	case kernel.Div:
		return g.div(args[0], args[1])
	case kernel.Pow:
		return g.power(args[0], args[1])
	case kernel.Select:
		return g.choose(args[0], args[1], args[2])
	}
	return g.apply(op, args...)
}

// replacer gives what values come to when some others take the place of the
// values they are listed for. It remembers what it has replaced already.
func (g *Graph) replacer(with map[ref]ref) func(ref) ref {
	done := map[ref]ref{}
	var visit func(ref) ref
	visit = func(r ref) ref {
		if s, ok := with[r]; ok {
			return s
		}
		if s, ok := done[r]; ok {
			return s
		}
		n := g.nodes[r]
		s := r
		if n.op >= 0 {
			args := make([]ref, n.op.Args())
			for i := range args {
				args[i] = visit(n.args[i])
			}
			s = g.build(n.op, args)
		}
		done[r] = s
		return s
	}
	return visit
}

// dependent says which values depend on leaves that are chosen.
func (g *Graph) dependent(chosen func(node) bool) func(ref) bool {
	known := map[ref]bool{}
	var visit func(ref) bool
	visit = func(r ref) bool {
		if d, ok := known[r]; ok {
			return d
		}
		n := g.nodes[r]
		d := chosen(n)
		for i := 0; n.op >= 0 && i < n.op.Args() && !d; i++ {
			d = visit(n.args[i])
		}
		known[r] = d
		return d
	}
	return visit
}
