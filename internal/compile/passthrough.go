package compile

import (
	"slices"

	"soma/internal/program"
)

// passThrough takes nodes without a function out of the program, where that costs
// less than it saves: what leads into such a node and what leads out of it become
// one product. So does what leads into the vector of an ensemble, where it is one
// product of factor 1.
//
// What only probes read plays no part in the decision and goes on being computed:
// a probe never changes what a network does.
func (b *builder) passThrough() {
	if _, _, err := b.program.Levels(); err != nil {
		return // a loop, which is reported later, with all its objects
	}
	j := newJoiner(b.program)
	for _, net := range b.net.All() {
		for _, n := range net.Nodes {
			if view, ok := b.inputs[n]; ok && n.Source == nil && n.Function == nil && j.join(view.Signal, false) {
				b.built.PassedThrough = append(b.built.PassedThrough, n)
			}
		}
	}
	for _, net := range b.net.All() {
		for _, e := range net.Ensembles {
			if view, ok := b.inputs[e]; ok {
				j.join(view.Signal, true)
			}
		}
	}
	b.program.Operators = j.operators(b.program.Operators, nil)
	b.prune()
}

// meeting is the products that meet in a signal.
type meeting struct {
	into  []*program.Product
	out   []*program.Product // but those that only probes need
	other bool               // something else sets, adds or updates
	read  bool               // something else reads, and not only for probes
}

// joiner joins products that meet.
type joiner struct {
	signals  []program.SignalInfo
	meetings []meeting
	joined   map[*program.Product][]*program.Product // what takes the place of a product
}

func newJoiner(p *program.Program) *joiner {
	j := &joiner{p.Signals, make([]meeting, len(p.Signals)), map[*program.Product][]*program.Product{}}
	needed := neededSignals(p)
	for _, op := range p.Operators {
		product, isProduct := op.(*program.Product)
		to, passes := result(op)
		for _, u := range op.Uses() {
			m := &j.meetings[u.Signal]
			switch {
			case u.Access == program.Reads && passes && !needed[to]:
			case u.Access == program.Reads && isProduct:
				m.out = append(m.out, product)
			case u.Access == program.Reads:
				_, record := op.(*program.Record)
				m.read = m.read || !record
			case isProduct:
				m.into = append(m.into, product)
			default:
				m.other = true
			}
		}
	}
	return j
}

// neededSignals says which signals are read for more than probes.
func neededSignals(p *program.Program) []bool {
	needed := make([]bool, len(p.Signals))
	before := map[program.Signal][]program.Operator{}
	var need func(op program.Operator)
	need = func(op program.Operator) {
		for _, u := range op.Uses() {
			if u.Access == program.Reads && !needed[u.Signal] {
				needed[u.Signal] = true
				for _, op := range before[u.Signal] {
					need(op)
				}
			}
		}
	}
	var roots []program.Operator
	for _, op := range p.Operators {
		if to, ok := result(op); ok {
			before[to] = append(before[to], op)
		} else if _, record := op.(*program.Record); !record {
			roots = append(roots, op)
		}
	}
	for _, op := range roots {
		need(op)
	}
	return needed
}

// join joins what leads into a signal with what leads out of it, if that is
// cheaper, and says whether it has; exact: only where no bit changes.
func (j *joiner) join(s program.Signal, exact bool) bool {
	m := &j.meetings[s]
	if m.other || len(m.into) == 0 || len(m.out) == 0 || slices.ContainsFunc(j.signals[s].Init, func(x float64) bool { return x != 0 }) {
		return false
	}
	if first := m.into[0]; exact && (len(m.into) > 1 || first.Weights != nil || first.Scale != 1) {
		return false
	}
	before, after := 0.0, 0.0
	joints := make([][]joint, len(m.out))
	for _, in := range m.into {
		if !m.read {
			before += j.cost(in.From, in.To, in.Weights != nil)
		}
	}
	for i, out := range m.out {
		before += j.cost(out.From, out.To, out.Weights != nil)
		for _, in := range m.into {
			both, ok := joinProducts(in, out)
			if !ok {
				return false
			}
			if both.from.Count > 0 {
				joints[i] = append(joints[i], both)
				after += j.cost(both.from, both.to, both.dense)
			}
		}
	}
	if after >= before {
		return false
	}
	j.replace(m, joints)
	return true
}

// cost is about what a product costs in a step, in ns.
func (j *joiner) cost(from, to program.View, dense bool) float64 {
	const (
		call  = 10  // of a vector kernel
		value = 0.1 // in a vector kernel, or of a neuron that seldom fires
	)
	n := float64(to.Count)
	if dense {
		n *= float64(from.Count)
	}
	if j.signals[from.Signal].Spikes {
		return value * n
	}
	return min(n, call+value*n)
}

// replace puts joints in the place of the products that lead out of a meeting.
// What leads into it is pruned if nobody else reads it.
func (j *joiner) replace(m *meeting, joints [][]joint) {
	for i, out := range m.out {
		to := &j.meetings[out.To.Signal]
		at := slices.Index(to.into, out)
		var products []*program.Product
		for _, both := range joints[i] {
			p := both.product(out.Label)
			products = append(products, p)
			from := &j.meetings[p.From.Signal]
			from.out = append(from.out, p)
		}
		to.into = slices.Replace(to.into, at, at+1, products...)
		j.joined[out] = products
	}
	if !m.read {
		for _, in := range m.into {
			from := &j.meetings[in.From.Signal]
			from.out = slices.DeleteFunc(from.out, func(p *program.Product) bool { return p == in })
		}
	}
	m.out = nil
}

// operators appends operators to a list, with joints in their places.
func (j *joiner) operators(ops, list []program.Operator) []program.Operator {
	for _, op := range ops {
		p, ok := op.(*program.Product)
		products, joined := j.joined[p]
		if !ok || !joined {
			list = append(list, op)
			continue
		}
		for _, p := range products {
			list = j.operators([]program.Operator{p}, list)
		}
	}
	return list
}
