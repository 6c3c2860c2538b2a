package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// argDone is the field of opArgs that says how far a stopping routine has come.
const argDone = argStepA + 4*8

// stopping writes the routine of an operation that cannot compute some elements:
// it stops before the first vector with one, and says how many it has done. body
// loads the inputs by get and gives the result and the lanes that it is not right
// for; stop nil: there are none.
func stopping(v vectors, name, formula string, inputs int, body func(get func(k int) vec) (y vec, stop reg.Register)) {
	function(v, "op"+name, "(args **float64)",
		fmt.Sprintf("\tfor i := range n { dst[i] = %s }", formula), "",
		"where a and b go on by their steps, up to the first vector with an element that takes",
		"a longer way; it leaves how many it has done.", "", fmt.Sprintf("n is a multiple of %d.", v.lanes()))
	args := Load(Param("args"), GP64()).(reg.GPVirtual)
	field := func(offset int) reg.GPVirtual {
		r := GP64()
		MOVQ(Mem{Base: args, Disp: offset}, r)
		return r
	}
	dst, n := field(argDst), field(argN)
	var rows, steps []reg.GPVirtual
	for k := range inputs {
		rows, steps = append(rows, field(argA+8*k)), append(steps, field(argStepA+8*k))
	}
	i := GP64()
	XORQ(i, i)
	Label("next")
	CMPQ(i, n)
	JGE(LabelRef("done"))
	y, stop := body(func(k int) vec { return load(v, Mem{Base: rows[k]}) })
	if stop != nil {
		TESTL(v.mask(stop), v.mask(stop))
		JNZ(LabelRef("done"))
	}
	store(y, at(dst, i, 0))
	for k := range inputs {
		ADDQ(steps[k], rows[k])
	}
	ADDQ(Imm(uint64(v.lanes())), i)
	JMP(LabelRef("next"))
	Label("done")
	MOVQ(i, Mem{Base: args, Disp: argDone})
	end()
}

func functionRoutines(v vectors) {
	stopping(v, "Sin", "elementary.Sin(a)", 1, func(get func(int) vec) (vec, reg.Register) {
		q, r, c, stop := reduce(v, get(0))
		y := v.choose(bitOf(v, q, 0), cosSum(v, r, c), sinSum(v, r, c))
		y = v.flip(y, v.bits(shiftLeft(v, q, 62), bitsConst(signBit)))
		x := get(0)
		return v.choose(v.compare(less, absolute(v, x), konst(0x1p-27)), x, y), stop
	})
	stopping(v, "Cos", "elementary.Cos(a)", 1, func(get func(int) vec) (vec, reg.Register) {
		q, r, c, stop := reduce(v, get(0))
		y := v.choose(bitOf(v, q, 0), sinSum(v, r, c), cosSum(v, r, c))
		next := addInt(v, q, bitsConst(1))
		return v.flip(y, v.bits(shiftLeft(v, next, 62), bitsConst(signBit))), stop
	})
	stopping(v, "Tanh", "elementary.Tanh(a)", 1, func(get func(int) vec) (vec, reg.Register) { return tanh(v, get), nil })
	stopping(v, "Pow", "elementary.Pow(a, b)", 2, func(get func(int) vec) (vec, reg.Register) { return pow(v, get) })
}

// bitOf is where a bit of whole numbers is set.
func bitOf(v vectors, x reg.Register, bit uint8) reg.Register {
	one := shiftRight(v, shiftLeft(v, x, 63-bit), 63)
	return v.compare(notEqual, sub(v, v.or(one, bitsConst(0x433<<52)), konst(0x1p52)), zero(v))
}
