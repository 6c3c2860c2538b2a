package native

import (
	"math"
	"slices"

	"soma/internal/kernel"
)

// value is one value of a vector, computed once.
type value int32

const none value = -1

// operation is what the processor does.
type operation uint8

const (
	number operation = iota // of the table
	row                     // a vector of a row in memory
	add
	sub
	mul
	div
	smaller // a if a < b, else b
	larger  // a if a > b, else b
	and
	or
	xor
	addInt
	root
	round
	shiftLeft
	shiftRight
	compare // a mask
	both    // of two masks
	choose  // c where the mask a, else b
	keep    // b where the mask a, else 0
)

// def is how a value is made.
type def struct {
	op   operation
	args [3]value
	imm  byte
	k    int // number in the table, or number of the row in memory
}

func (d *def) isMask() bool { return d.op == compare || d.op == both }

// step is one thing to do. Between skip and merge lies what is left out where a
// mask has no lanes.
type step struct {
	do  action
	of  value // computed, stored, skipped by, or replaced at the merge
	new value // of a merge; of a skip: what the merge replaces
	row int   // of a store
}

type action uint8

const (
	compute action = iota
	store
	skip
	merge
	repeat // of a mask: while it has any lanes
	list   // of a mask: its bits
)

// lowering turns instructions on rows into values.
type lowering struct {
	defs      []def
	steps     []step
	current   []value // of each row
	read      []value // what rows in memory held at first
	places    []Place
	memory    []int // rows in memory, by their numbers
	numberOf  []int // in the table, by row
	numbers   int   // of rows in the table
	constants []uint64
	known     map[uint64]value
	compared  map[comparison]value
	guarded   bool // between skip and merge
}

func lower(p *Program) *lowering {
	n := len(p.Places)
	l := &lowering{places: p.Places, current: make([]value, n), read: make([]value, n), numberOf: make([]int, n), known: map[uint64]value{}, compared: map[comparison]value{}}
	for i, place := range p.Places {
		l.current[i], l.read[i] = none, none
		if place == Number {
			l.numberOf[i] = l.numbers
			l.numbers++
		}
	}
	for i := range p.Code {
		ins := &p.Code[i]
		if !Has(ins.Op) {
			return nil
		}
		var x [4]value
		for k := range ins.Op.Args() {
			x[k] = l.get(ins.Args[k])
		}
		l.current[ins.Dst] = l.lower(ins.Op, x[0], x[1], x[2], x[3])
	}
	for r, place := range p.Places {
		if v := l.current[r]; place == Memory && v != l.read[r] && r != p.List {
			if l.defs[v].op == row { // the row that it is in may be written before
				v = l.put(or, 0, v, v)
			}
			l.steps = append(l.steps, step{do: store, of: v, row: l.rowNumber(r)})
		}
	}
	if p.List >= 0 {
		l.steps = append(l.steps, step{do: list, of: l.maskOf(l.get(p.List))})
	}
	if p.Again >= 0 {
		l.steps = append(l.steps, step{do: repeat, of: l.maskOf(l.get(p.Again))})
	}
	l.prune()
	return l
}

// get is the value of a row.
func (l *lowering) get(r int) value {
	if v := l.current[r]; v != none {
		return v
	}
	d := def{op: number, k: l.numberOf[r]}
	if l.places[r] != Number {
		d = def{op: row, k: l.rowNumber(r)}
	}
	l.defs = append(l.defs, d)
	l.current[r] = value(len(l.defs) - 1)
	l.read[r] = l.current[r]
	return l.current[r]
}

// maskOf is where a value is not 0.
func (l *lowering) maskOf(v value) value {
	if d := &l.defs[v]; d.op == keep && d.args[1] == l.constant(1) {
		return d.args[0]
	}
	return l.compare(notEqual, v, l.constant(0))
}

// prune leaves out what nothing needs.
func (l *lowering) prune() {
	used := make([]bool, len(l.defs))
	var steps []step
	for _, s := range slices.Backward(l.steps) {
		if s.do == compute && !used[s.of] {
			continue
		}
		for _, v := range l.needs(s) {
			used[v] = true
		}
		steps = append(steps, s)
	}
	slices.Reverse(steps)
	l.steps = steps
}

func (l *lowering) rowNumber(r int) int {
	for k, m := range l.memory {
		if m == r {
			return k
		}
	}
	l.memory = append(l.memory, r)
	return len(l.memory) - 1
}

// put adds a value.
func (l *lowering) put(op operation, imm byte, args ...value) value {
	d := def{op: op, imm: imm, args: [3]value{none, none, none}}
	copy(d.args[:], args)
	l.defs = append(l.defs, d)
	v := value(len(l.defs) - 1)
	l.steps = append(l.steps, step{do: compute, of: v})
	return v
}

func (l *lowering) bits(b uint64) value {
	v, ok := l.known[b]
	if !ok {
		l.defs = append(l.defs, def{op: number, k: l.numbers + len(l.constants)})
		l.constants = append(l.constants, b)
		v = value(len(l.defs) - 1)
		l.known[b] = v
	}
	return v
}

func (l *lowering) constant(x float64) value { return l.bits(math.Float64bits(x)) }

// Relations of VCMPPD.
const (
	equal     = 0x00
	unordered = 0x03
	notEqual  = 0x04
	less      = 0x11
	atMost    = 0x12
	notAtMost = 0x16
	greater   = 0x1e
)

func (l *lowering) add(a, b value) value { return l.put(add, 0, a, b) }
func (l *lowering) sub(a, b value) value { return l.put(sub, 0, a, b) }
func (l *lowering) mul(a, b value) value { return l.put(mul, 0, a, b) }

// compare makes each mask once; not where others might not come by.
func (l *lowering) compare(relation byte, a, b value) value {
	k := comparison{relation, a, b}
	m, ok := l.compared[k]
	if !ok {
		m = l.put(compare, relation, a, b)
		if !l.guarded {
			l.compared[k] = m
		}
	}
	return m
}

type comparison struct {
	relation byte
	a, b     value
}

func (l *lowering) choose(mask, yes, no value) value { return l.put(choose, 0, mask, no, yes) }

func (l *lowering) truth(mask value) value { return l.put(keep, 0, mask, l.constant(1)) }

var direct = map[kernel.Op]operation{
	kernel.Add: add, kernel.Sub: sub, kernel.Mul: mul, kernel.Div: div, kernel.Min: smaller, kernel.Max: larger,
}

var relations = map[kernel.Op]byte{
	kernel.Less: less, kernel.AtMost: atMost, kernel.Equal: equal, kernel.NotEqual: notEqual,
}

var rounding = map[kernel.Op]byte{kernel.Floor: 0x09, kernel.Ceil: 0x0a, kernel.Trunc: 0x0b}

// lower gives the value of an operation.
func (l *lowering) lower(op kernel.Op, a, b, c, d value) value {
	if o, ok := direct[op]; ok {
		return l.put(o, 0, a, b)
	}
	if relation, ok := relations[op]; ok {
		return l.truth(l.compare(relation, a, b))
	}
	if mode, ok := rounding[op]; ok {
		return l.put(round, mode, a)
	}
	switch op {
	case kernel.Neg:
		return l.put(xor, 0, a, l.bits(signBit))
	case kernel.Abs:
		return l.absolute(a)
	case kernel.Sqrt:
		return l.put(root, 0, a)
	case kernel.OpExp:
		return l.exp(a)
	case kernel.OpExpm1:
		return l.expm1(a)
	case kernel.Exprel:
		return l.exprel(a)
	case kernel.MulAdd:
		return l.add(l.mul(a, b), c)
	case kernel.MulSub:
		return l.sub(l.mul(a, b), c)
	case kernel.SubMul:
		return l.sub(c, l.mul(a, b))
	case kernel.Select:
		return l.choose(l.maskOf(a), b, c)
	case kernel.Tick:
		left := l.sub(a, b)
		return l.put(keep, 0, l.compare(atMost, c, left), left)
	case kernel.LessUnless:
		free := l.compare(equal, c, l.constant(0))
		return l.truth(l.put(both, 0, l.compare(less, a, b), free))
	case kernel.Approach:
		slope := l.add(l.mul(c, a), b)
		return l.add(c, l.mul(l.exprel(a), slope))
	case kernel.MulMulAdd:
		return l.add(l.mul(a, b), l.mul(c, d))
	}
	return a // Move
}
