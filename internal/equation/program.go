package equation

import (
	"fmt"
	"strings"

	"soma/internal/kernel"
)

// Program is instructions on rows. A row is a number for each neuron of a block,
// or one number for all.
type Program struct {
	rows []rowInfo
	// uniform computes numbers that are the same for all neurons; once a step.
	uniform, code []instruction
	temps         int // rows for intermediate values
	mask          int // the row of where the threshold is crossed; -1: none
	written       []int
	timed         bool // the time occurs
	// again: the program runs for as long as the mask is not 0.
	again bool
}

// rowInfo says what a row holds.
type rowInfo struct {
	kind    kernel.Op // a leaf, or rowTemp or rowUniform
	k       int
	value   float64 // of a constant
	uniform bool
}

const (
	rowTemp    = leafMask - 1 - iota // intermediate value k
	rowUniform                       // number k that is the same for all
)

type instruction struct {
	op   kernel.Op
	dst  int
	args [4]int
}

// compiler turns values into instructions.
type compiler struct {
	*Graph
	p       *Program
	uniform func(ref) bool
	uses    map[ref]int
	order   []ref        // operations, each after what it needs
	joined  map[ref]bool // computed within another
	// patterns are larger operations, by the value that they give.
	patterns map[ref]*parts
	place    map[ref]int // row of a value
	rowOf    map[rowKey]int
	free     []int
	last     map[ref]int // the instruction that needs a value last
	outputs  map[ref]bool
}

type rowKey struct {
	kind kernel.Op
	k    int
	bits ref
}

func (g *Graph) program(outputs []output) *Program {
	c := &compiler{
		Graph: g, p: &Program{mask: -1}, uses: map[ref]int{}, joined: map[ref]bool{}, patterns: map[ref]*parts{},
		place: map[ref]int{}, rowOf: map[rowKey]int{}, last: map[ref]int{}, outputs: map[ref]bool{},
	}
	varies := g.dependent(func(n node) bool { return n.op < 0 && n.op != leafConst && n.op != leafTime })
	c.uniform = func(r ref) bool { return !varies(r) }
	seen := map[ref]bool{}
	for _, o := range outputs {
		c.uses[o.value]++
		c.outputs[o.value] = true
		c.sort(o.value, seen)
	}
	c.join()
	c.emit(outputs)
	for _, info := range c.p.rows {
		c.p.timed = c.p.timed || info.kind == leafTime
	}
	return c.p
}

// sort lists the operations that a value needs, and counts who needs them.
func (c *compiler) sort(r ref, seen map[ref]bool) {
	n := c.nodes[r]
	if seen[r] || n.op < 0 {
		return
	}
	seen[r] = true
	for _, a := range n.args[:n.op.Args()] {
		c.uses[a]++
		c.sort(a, seen)
	}
	c.order = append(c.order, r)
}

// join finds products that one sum alone needs; they are computed with it. This
// changes no bit, as the product is rounded all the same.
func (c *compiler) join() {
	for i := len(c.order) - 1; i >= 0; i-- { // results before what they are made of
		r := c.order[i]
		n := c.nodes[r]
		if c.joined[r] {
			continue
		}
		if parts := c.pattern(r); parts != nil {
			for _, p := range parts.inner {
				c.joined[p] = true
			}
			c.patterns[r] = parts
			continue
		}
		if n.op != kernel.Add && n.op != kernel.Sub {
			continue
		}
		a, b := n.args[0], n.args[1]
		switch {
		case n.op == kernel.Add && c.single(a, r) && c.single(b, r):
			c.joined[a], c.joined[b] = true, true
		case c.single(a, r):
			c.joined[a] = true
		case c.single(b, r):
			c.joined[b] = true
		}
	}
}

// single says whether a value is a product that only r needs.
func (c *compiler) single(a, r ref) bool {
	return c.nodes[a].op == kernel.Mul && c.only(a, r)
}

// only says whether r alone needs a value.
func (c *compiler) only(a, r ref) bool { return c.uses[a] == 1 && c.uniform(a) == c.uniform(r) }

// parts are an operation and the values that go into it, and those within.
type parts struct {
	op    kernel.Op
	args  []ref
	inner []ref
}

// pattern finds the larger operations; they compute the same bits as their
// parts.
func (c *compiler) pattern(r ref) *parts {
	n := c.nodes[r]
	switch n.op {
	case kernel.Select: // where(c, 0, a < b)
		test := c.nodes[n.args[2]]
		if test.op == kernel.Less && c.is(n.args[1], 0) && c.only(n.args[2], r) {
			return &parts{kernel.LessUnless, []ref{test.args[0], test.args[1], n.args[0]}, []ref{n.args[2]}}
		}
	case kernel.Add:
		for _, order := range [][2]ref{{n.args[0], n.args[1]}, {n.args[1], n.args[0]}} {
			if p := c.relaxation(r, order[0], order[1]); p != nil {
				return p
			}
		}
	}
	return nil
}

// relaxation finds x + exprel(a)·(x·a + b).
func (c *compiler) relaxation(r, x, product ref) *parts {
	if !c.single(product, r) {
		return nil
	}
	for k := range 2 {
		rel, slope := c.nodes[product].args[k], c.nodes[product].args[1-k]
		if c.nodes[rel].op != kernel.Exprel || c.nodes[slope].op != kernel.Add || !c.only(rel, r) || !c.only(slope, r) {
			continue
		}
		a := c.nodes[rel].args[0]
		for j := range 2 {
			xa, b := c.nodes[slope].args[j], c.nodes[slope].args[1-j]
			f := c.nodes[xa].args
			if c.single(xa, r) && (f[0] == x && f[1] == a || f[0] == a && f[1] == x) {
				return &parts{kernel.Approach, []ref{a, b, x}, []ref{product, rel, slope, xa}}
			}
		}
	}
	return nil
}

// fused is the operation for a value, with the products that go into it.
func (c *compiler) fused(r ref) (kernel.Op, []ref) {
	if p := c.patterns[r]; p != nil {
		return p.op, p.args
	}
	n := c.nodes[r]
	a, b := n.args[0], n.args[1]
	product := func(x ref) []ref { return c.nodes[x].args[:2] }
	switch {
	case n.op == kernel.Add && c.joined[a] && c.joined[b]:
		return kernel.MulMulAdd, append(append([]ref(nil), product(a)...), product(b)...)
	case n.op == kernel.Add && c.joined[a]:
		return kernel.MulAdd, append(append([]ref(nil), product(a)...), b)
	case n.op == kernel.Add && c.joined[b]:
		return kernel.MulAdd, append(append([]ref(nil), product(b)...), a)
	case n.op == kernel.Sub && c.joined[a]:
		return kernel.MulSub, append(append([]ref(nil), product(a)...), b)
	case n.op == kernel.Sub && c.joined[b]:
		return kernel.SubMul, append(append([]ref(nil), product(b)...), a)
	}
	return n.op, append([]ref(nil), n.args[:n.op.Args()]...)
}

// planned is an instruction before rows are chosen.
type planned struct {
	value ref
	op    kernel.Op
	args  []ref
}

// emit chooses rows and writes the instructions.
func (c *compiler) emit(outputs []output) {
	var list []planned
	for _, r := range c.order {
		if c.joined[r] {
			continue
		}
		op, args := c.fused(r)
		if c.uniform(r) {
			row := c.row(rowInfo{kind: rowUniform, k: len(c.p.uniform), uniform: true}, r)
			c.p.uniform = append(c.p.uniform, c.instruction(op, row, args))
			c.place[r] = row
			continue
		}
		for _, a := range args {
			c.last[a] = len(list)
		}
		list = append(list, planned{r, op, args})
	}
	direct := c.direct(list, outputs)
	for i, s := range list {
		ins := c.instruction(s.op, -1, s.args)
		for _, a := range s.args {
			c.release(a, i)
		}
		row, ok := direct[s.value]
		if !ok {
			row = c.temp()
		}
		c.place[s.value], ins.dst = row, row
		c.p.code = append(c.p.code, ins)
	}
	c.store(outputs)
	for i, info := range c.p.rows {
		if info.kind == leafRow || info.kind == leafLocal || info.kind == leafMask {
			c.noteWritten(i)
		}
	}
}

// direct finds results that can go to their place at once: nothing reads the
// old value after that, and they are needed nowhere else at the end.
func (c *compiler) direct(list []planned, outputs []output) map[ref]int {
	defined, read := map[ref]int{}, map[ref]int{}
	for i, s := range list {
		defined[s.value] = i
		for _, a := range s.args {
			read[a] = i
		}
	}
	results := map[ref]int{}
	for _, o := range outputs {
		results[o.value]++
		read[o.value] = len(list)
	}
	places := map[ref]int{}
	for _, o := range outputs {
		at, computed := defined[o.value]
		if !computed || results[o.value] > 1 {
			continue
		}
		if o.to.kind != leafMask {
			old := c.index[key{op: o.to.kind, k: o.to.k}]
			if c.nodes[old].op == o.to.kind && c.nodes[old].k == o.to.k && read[old] > at {
				continue
			}
		}
		places[o.value] = c.row(rowInfo{kind: o.to.kind, k: o.to.k}, 0)
	}
	return places
}

// store moves the other results to their places: first to rows of their own, as
// a place may hold what another result still needs.
func (c *compiler) store(outputs []output) {
	type move struct{ from, to int }
	var moves []move
	for _, o := range outputs {
		to := c.row(rowInfo{kind: o.to.kind, k: o.to.k}, 0)
		from := c.operand(o.value)
		if from == to {
			continue
		}
		if kind := c.p.rows[from].kind; kind == leafRow || kind == leafLocal {
			temp := c.newTemp()
			c.p.code = append(c.p.code, instruction{op: kernel.Move, dst: temp, args: [4]int{from}})
			from = temp
		}
		moves = append(moves, move{from, to})
	}
	for _, m := range moves {
		c.p.code = append(c.p.code, instruction{op: kernel.Move, dst: m.to, args: [4]int{m.from}})
	}
	for _, o := range outputs {
		if o.to.kind == leafMask {
			c.p.mask = c.row(rowInfo{kind: leafMask}, 0)
		}
	}
}

func (c *compiler) noteWritten(row int) {
	for _, ins := range c.p.code {
		if ins.dst == row {
			c.p.written = append(c.p.written, row)
			return
		}
	}
}

// row finds or adds a row.
func (c *compiler) row(info rowInfo, of ref) int {
	k := rowKey{info.kind, info.k, of}
	if i, ok := c.rowOf[k]; ok {
		return i
	}
	c.p.rows = append(c.p.rows, info)
	c.rowOf[k] = len(c.p.rows) - 1
	return len(c.p.rows) - 1
}

// operand is the row that holds a value.
func (c *compiler) operand(r ref) int {
	if i, ok := c.place[r]; ok {
		return i
	}
	n := c.nodes[r]
	switch n.op {
	case leafConst:
		return c.row(rowInfo{kind: leafConst, value: n.value, uniform: true}, r)
	case leafTime:
		return c.row(rowInfo{kind: leafTime, k: n.k, uniform: true}, 0)
	}
	return c.row(rowInfo{kind: n.op, k: n.k}, 0)
}

func (c *compiler) instruction(op kernel.Op, dst int, args []ref) instruction {
	ins := instruction{op: op, dst: dst}
	for i, a := range args {
		ins.args[i] = c.operand(a)
	}
	return ins
}

func (c *compiler) newTemp() int {
	c.p.temps++
	return c.row(rowInfo{kind: rowTemp, k: c.p.temps - 1}, 0)
}

// temp takes a row for a value, one that is free if there is any.
func (c *compiler) temp() int {
	if n := len(c.free); n > 0 {
		row := c.free[n-1]
		c.free = c.free[:n-1]
		return row
	}
	return c.newTemp()
}

// release frees the row of a value that no later instruction needs.
func (c *compiler) release(r ref, i int) {
	row, ok := c.place[r]
	if !ok || c.last[r] != i || c.p.rows[row].kind != rowTemp || c.outputs[r] {
		return
	}
	for _, f := range c.free {
		if f == row {
			return
		}
	}
	c.free = append(c.free, row)
}

// size says how large the program is.
func (p *Program) size() string {
	return fmt.Sprintf("%d operations on rows, %d rows for intermediate values", len(p.code), p.temps)
}

// listing writes the instructions.
func (p *Program) listing(m *Model) []string {
	var lines []string
	for _, part := range [][]instruction{p.uniform, p.code} {
		for _, ins := range part {
			var args []string
			for _, a := range ins.args[:ins.op.Args()] {
				args = append(args, p.name(m, a))
			}
			lines = append(lines, fmt.Sprintf("  %s = %s(%s)", p.name(m, ins.dst), ins.op, strings.Join(args, ", ")))
		}
	}
	return lines
}

// name of a row in a listing.
func (p *Program) name(m *Model, row int) string {
	info := p.rows[row]
	switch info.kind {
	case leafConst:
		return fmt.Sprintf("%.6g", info.value)
	case leafRow:
		return m.Variables[info.k].Name
	case leafInput:
		return inputName
	case leafArrived:
		return "arrived." + m.Source.Receptors[info.k].Name
	case leafTime:
		return []string{"t", "t_end"}[info.k]
	case leafNeuron:
		return "i"
	case leafRand, leafRandn:
		return fmt.Sprintf("random%d", info.k)
	case leafMask:
		return "crossed"
	case leafLocal:
		return "through"
	case rowUniform:
		return fmt.Sprintf("u%d", info.k)
	}
	return fmt.Sprintf("r%d", info.k)
}
