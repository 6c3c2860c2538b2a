package equation

import "soma/internal/kernel"

// linear is a value as a sum: coefficients of some variables and a rest, none of
// which depends on those variables.
type linear struct {
	factors []ref // by the variable; absent for those it does not depend on
	rest    ref
}

// absent is no value.
const absent ref = -1

// decomposer writes values as linear ones in chosen variables.
type decomposer struct {
	g       *Graph
	vars    map[ref]int
	depends func(ref) bool
	known   map[ref]*linear // nil where the value is not linear
}

// newDecomposer is for the variables whose leaves are listed.
func (g *Graph) newDecomposer(leaves []ref) *decomposer {
	d := &decomposer{g: g, vars: map[ref]int{}, known: map[ref]*linear{}}
	for i, r := range leaves {
		d.vars[r] = i
	}
	memo := map[ref]bool{}
	d.depends = func(r ref) bool { return d.dependsOn(r, memo) }
	return d
}

func (d *decomposer) dependsOn(r ref, memo map[ref]bool) bool {
	if _, ok := d.vars[r]; ok {
		return true
	}
	if x, ok := memo[r]; ok {
		return x
	}
	n, x := d.g.nodes[r], false
	for i := 0; n.op >= 0 && i < n.op.Args() && !x; i++ {
		x = d.dependsOn(n.args[i], memo)
	}
	memo[r] = x
	return x
}

// of gives nil for a value that is not linear.
func (d *decomposer) of(r ref) *linear {
	if l, ok := d.known[r]; ok {
		return l
	}
	l := d.find(r)
	d.known[r] = l
	return l
}

func (d *decomposer) find(r ref) *linear {
	g := d.g
	if i, ok := d.vars[r]; ok {
		l := d.empty(g.constant(0))
		l.factors[i] = g.constant(1)
		return l
	}
	if !d.depends(r) {
		return d.empty(r)
	}
	n := g.nodes[r]
	switch n.op {
	case kernel.Add:
		return d.sum(n.args[0], n.args[1], g.add)
	case kernel.Sub:
		return d.sum(n.args[0], n.args[1], g.sub)
	case kernel.Neg:
		return d.scaled(d.of(n.args[0]), g.neg)
	case kernel.Mul:
		a, b := n.args[0], n.args[1]
		if d.depends(a) {
			a, b = b, a
		}
		if d.depends(a) {
			return nil
		}
		return d.scaled(d.of(b), func(x ref) ref { return g.mul(x, a) })
	case kernel.Div:
		if d.depends(n.args[1]) {
			return nil
		}
		return d.scaled(d.of(n.args[0]), func(x ref) ref { return g.div(x, n.args[1]) })
	}
	return nil
}

func (d *decomposer) sum(a, b ref, join func(a, b ref) ref) *linear {
	x, y := d.of(a), d.of(b)
	if x == nil || y == nil {
		return nil
	}
	l := d.empty(join(x.rest, y.rest))
	for i := range l.factors {
		switch f, g := x.factors[i], y.factors[i]; {
		case f == absent && g == absent:
		case g == absent:
			l.factors[i] = join(f, d.g.constant(0))
		case f == absent:
			l.factors[i] = join(d.g.constant(0), g)
		default:
			l.factors[i] = join(f, g)
		}
	}
	return l
}

// empty depends on no variable.
func (d *decomposer) empty(rest ref) *linear {
	l := &linear{make([]ref, len(d.vars)), rest}
	for i := range l.factors {
		l.factors[i] = absent
	}
	return l
}

func (d *decomposer) scaled(x *linear, by func(ref) ref) *linear {
	if x == nil {
		return nil
	}
	l := d.empty(by(x.rest))
	for i, f := range x.factors {
		if f != absent {
			l.factors[i] = by(f)
		}
	}
	return l
}
