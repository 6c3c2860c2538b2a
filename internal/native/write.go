package native

import "encoding/binary"

// assemble writes the routine, unless it fails.
func (a *allocator) assemble(p *Program) {
	a.load8(rsi, rdi, 0)
	a.load8(rdx, rdi, 8)
	a.load8(r15, rdi, 24)
	a.load8(rdi, rdi, 16)
	a.bytes(0x31, 0xc9) // XORL CX, CX
	for k, r := range rowRegisters[:min(len(rowRegisters), len(a.memory))] {
		a.load8(r, rdi, 8*k)
	}
	for r, v := range a.lasting {
		from, _ := a.home(v)
		a.vector(opLoad, r, 0, from)
		a.place(v, r)
	}
	a.visits = 0
	next := len(a.code)
	if p.Again >= 0 {
		a.bytes(0x41, 0xbf) // MOVL limit, R15
		a.code = binary.LittleEndian.AppendUint32(a.code, uint32(p.Limit))
	}
	a.body = len(a.code)
	for i, s := range a.steps {
		a.step(i, s)
		if a.failed {
			return
		}
	}
	width := byte(32)
	if a.wide {
		width = 64
	}
	a.bytes(0x48, 0x83, 0xc1, width) // ADDQ width, CX
	a.bytes(0x48, 0x39, 0xd1)        // CMPQ CX, DX
	a.land(a.jump(ifLess), next)
	a.bytes(0xc3) // RET
}

func (a *allocator) step(i int, s step) {
	a.pinned = a.pinned[:0]
	switch s.do {
	case compute:
		a.compute(i, s.of)
		a.done(i, s.of)
	case store:
		a.vector(opStore, a.inRegister(s.of), 0, a.rowAt(s.row))
		a.done(i, s.of)
	case skip:
		a.inRegister(s.new)
		a.inRegister(s.of)
		a.makeRoom(a.spare)
		a.any(a.reg[s.of])
		a.skipped = a.jump(ifZero)
		a.done(i, s.of, s.new)
		a.guarded = true
	case merge:
		a.vector(opLoad, a.reg[s.of], 0, register(a.inRegister(s.new)))
		a.slot[s.of] = -1
		a.guarded = false
		for _, v := range a.loaded {
			a.release(v)
		}
		a.loaded = a.loaded[:0]
		a.land(a.skipped, len(a.code))
		a.done(i, s.of, s.new)
	case list:
		a.list(a.inRegister(s.of))
		a.done(i, s.of)
	case repeat:
		a.any(a.reg[s.of])
		over := a.jump(ifZero)
		a.bytes(0x49, 0xff, 0xcf) // DECQ R15
		a.land(a.jump(ifNotZero), a.body)
		a.land(over, len(a.code))
		a.done(i, s.of)
	}
}

var opcodes = map[operation]opcode{
	add: opAdd, sub: opSub, mul: opMul, div: opDiv, smaller: opMin, larger: opMax, and: opAnd, or: opOr, xor: opXor,
	addInt: opAddInt, root: opSqrt, round: opRound,
}

// commutes says whether the operands may change places.
func (o operation) commutes() bool {
	return o == add || o == mul || o == and || o == or || o == xor || o == addInt
}

// compute writes the instruction for a value.
func (a *allocator) compute(i int, v value) {
	d := &a.defs[v]
	x, y, z := d.args[0], d.args[1], d.args[2]
	finish := func() int { // the operands have been found: their registers may be the result's
		a.done(i, x, y, z)
		if a.wide && d.isMask() {
			r := a.takeMask()
			a.reg[v], a.masks[r] = r, v
			return r
		}
		r := a.take()
		a.place(v, r)
		return r
	}
	switch d.op {
	case root, round:
		src := a.operandOf(i, x)
		a.vector(opcodes[d.op], finish(), 0, src)
		if d.op == round {
			a.bytes(d.imm)
		}
	case shiftLeft, shiftRight:
		direction := 6
		if d.op == shiftRight {
			direction = 2
		}
		src := register(a.inRegister(x))
		a.vector(opShift, direction, finish(), src)
		a.bytes(d.imm)
	case compare:
		first := a.inRegister(x)
		second := a.operandOf(i, y)
		a.vector(opCmp, finish(), first, second)
		a.bytes(d.imm)
	case both:
		first, second := a.inRegister(x), a.inRegister(y)
		if r := finish(); a.wide {
			a.vex(opcode{1, 0x41, false}, r, first, register(second), 1, false) // KANDB
		} else {
			a.vector(opAnd, r, first, register(second))
		}
	case choose:
		a.choose(i, x, y, z, finish)
	case keep:
		mask := a.inRegister(x)
		src := a.operandOf(i, y)
		if r := finish(); a.wide {
			a.evex(opLoad, r, 0, src, mask, true)
		} else {
			a.vector(opAnd, r, mask, src)
		}
	default:
		if d.op.commutes() && a.reg[x] < 0 && a.reg[y] >= 0 {
			x, y = y, x
		}
		first := a.inRegister(x)
		second := a.operandOf(i, y)
		a.vector(opcodes[d.op], finish(), first, second)
	}
}

func (a *allocator) choose(i int, mask, no, yes value, finish func() int) {
	m, first := a.inRegister(mask), a.inRegister(no)
	second := a.operandOf(i, yes)
	if r := finish(); a.wide {
		a.evex(opBlendM, r, first, second, m, false)
	} else {
		a.vector(opBlendV, r, first, second)
		a.bytes(byte(m) << 4)
	}
}
