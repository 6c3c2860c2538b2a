package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Relation of VCMPPD: also true for NaN.
const notEqual = 0x04

// The routines of operations take the address of the first field of opArgs:
// the rows, the number of elements, and how many bytes to go on by in each
// row for one vector (0 where the row is one number).
const (
	argDst = 8 * iota
	argA
	argB
	argC
	argD
	argN
	argStepA
)

// operation writes the routine of an operation on as many rows as inputs.
func operation(v vectors, name, formula string, inputs int, body func(x []vec) vec) {
	function(v, "op"+name, "(args **float64)",
		fmt.Sprintf("\tfor i := range n { dst[i] = %s }", formula), "",
		"where a, b, c and d go on by their steps.", "", fmt.Sprintf("n is a multiple of %d.", v.lanes()))
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
	once := func(turn int, i reg.GPVirtual) {
		var x []vec
		for k := range inputs {
			x = append(x, load(v, turnOf(rows[k], steps[k], turn)))
		}
		store(body(x), at(dst, i, turn*width(v)))
	}
	advance := func(turns uint8) {
		for k := range inputs {
			LEAQ(Mem{Base: rows[k], Index: steps[k], Scale: turns}, rows[k])
		}
	}
	unrolled(v, n, turnsOf(name, inputs), once, advance)
	end()
}

// turnsOf is how many vectors one turn of the loop takes, as long as there are
// so many: one for functions, whose code is long; few where there are many rows
// and few registers.
func turnsOf(name string, inputs int) int {
	switch {
	case name == "Approach" || name == "Exp" || name == "Expm1" || name == "Exprel" || name == "Log" || name == "Log1p":
		return 1
	case inputs == 4:
		return 2
	}
	return 4
}

// turnOf is the place of a row after some vectors.
func turnOf(row, step reg.GPVirtual, turn int) Mem {
	m := Mem{Base: row}
	if turn == 3 {
		m.Base = GP64()
		LEAQ(Mem{Base: row, Index: step, Scale: 2}, m.Base.(reg.GPVirtual))
		turn = 1
	}
	if turn > 0 {
		m.Index, m.Scale = step, uint8(turn)
	}
	return m
}

// unrolled runs once for every vector of n elements.
func unrolled(v vectors, n reg.GPVirtual, turns int, once func(turn int, i reg.GPVirtual), advance func(turns uint8)) {
	i := GP64()
	XORQ(i, i)
	if turns > 1 {
		last := GP64()
		MOVQ(n, last)
		SUBQ(Imm(uint64(turns*v.lanes())), last)
		JL(LabelRef("rest"))
		Label("next")
		for turn := range turns {
			once(turn, i)
		}
		advance(uint8(turns))
		ADDQ(Imm(uint64(turns*v.lanes())), i)
		CMPQ(i, last)
		JLE(LabelRef("next"))
	}
	Label("rest")
	CMPQ(i, n)
	JGE(LabelRef("done"))
	once(0, i)
	advance(1)
	ADDQ(Imm(uint64(v.lanes())), i)
	JMP(LabelRef("rest"))
	Label("done")
}

func operationRoutines(v vectors) {
	one := func() Mem { return konst(1) }
	truth := func(m reg.Register) vec { return v.choose(m, load(v, one()), zero(v)) }
	operation(v, "Move", "a", 1, func(x []vec) vec { return x[0] })
	operation(v, "Neg", "-a", 1, func(x []vec) vec { return v.flip(x[0], bitsConst(signBit)) })
	operation(v, "Abs", "|a|", 1, func(x []vec) vec { return absolute(v, x[0]) })
	operation(v, "Sqrt", "√a", 1, func(x []vec) vec { d := v.new(); VSQRTPD(x[0], d); return d })
	operation(v, "Floor", "math.Floor(a)", 1, func(x []vec) vec { return v.round(x[0], 0x09) })
	operation(v, "Ceil", "math.Ceil(a)", 1, func(x []vec) vec { return v.round(x[0], 0x0a) })
	operation(v, "Trunc", "math.Trunc(a)", 1, func(x []vec) vec { return v.round(x[0], 0x0b) })
	operation(v, "Exp", "elementary.Exp(a)", 1, func(x []vec) vec { return exp(v, x[0]) })
	operation(v, "Expm1", "elementary.Expm1(a)", 1, func(x []vec) vec { return expm1(v, x[0]) })
	operation(v, "Exprel", "elementary.Exprel(a)", 1, func(x []vec) vec { return exprel(v, x[0]) })
	operation(v, "Log", "elementary.Log(a)", 1, func(x []vec) vec { return log(v, x[0]) })
	operation(v, "Log1p", "elementary.Log1p(a)", 1, func(x []vec) vec { return log1p(v, x[0]) })

	operation(v, "Add", "a + b", 2, func(x []vec) vec { return add(v, x[0], x[1]) })
	operation(v, "Sub", "a - b", 2, func(x []vec) vec { return sub(v, x[0], x[1]) })
	operation(v, "Mul", "a·b", 2, func(x []vec) vec { return mul(v, x[0], x[1]) })
	operation(v, "Div", "a/b", 2, func(x []vec) vec { return div(v, x[0], x[1]) })
	operation(v, "Min", "a if a < b else b", 2, func(x []vec) vec { return smaller(v, x[0], x[1]) })
	operation(v, "Max", "a if a > b else b", 2, func(x []vec) vec { return larger(v, x[0], x[1]) })
	operation(v, "Less", "1 if a < b else 0", 2, func(x []vec) vec { return truth(v.compare(less, x[0], x[1])) })
	operation(v, "AtMost", "1 if a ≤ b else 0", 2, func(x []vec) vec { return truth(v.compare(atMost, x[0], x[1])) })
	operation(v, "Equal", "1 if a = b else 0", 2, func(x []vec) vec { return truth(v.compare(equal, x[0], x[1])) })
	operation(v, "NotEqual", "1 if a ≠ b else 0", 2, func(x []vec) vec { return truth(v.compare(notEqual, x[0], x[1])) })

	operation(v, "MulAdd", "float64(a*b) + c", 3, func(x []vec) vec { return add(v, mul(v, x[0], x[1]), x[2]) })
	operation(v, "MulSub", "float64(a*b) - c", 3, func(x []vec) vec { return sub(v, mul(v, x[0], x[1]), x[2]) })
	operation(v, "SubMul", "c - float64(a*b)", 3, func(x []vec) vec { return sub(v, x[2], mul(v, x[0], x[1])) })
	operation(v, "Select", "b if a ≠ 0 else c", 3, func(x []vec) vec {
		return v.choose(v.compare(notEqual, x[0], zero(v)), x[1], x[2])
	})
	operation(v, "LessUnless", "1 if a < b and c = 0 else 0", 3, func(x []vec) vec {
		holds := v.and(v.compare(less, x[0], x[1]), v.compare(equal, x[2], zero(v)))
		return truth(holds)
	})
	operation(v, "Approach", "c + float64(elementary.Exprel(a) * (float64(c*a) + b))", 3, func(x []vec) vec {
		slope := add(v, mul(v, x[2], x[0]), x[1])
		return add(v, x[2], mul(v, exprel(v, x[0]), slope))
	})
	operation(v, "Tick", "a - b if a - b ≥ c else 0", 3, func(x []vec) vec {
		left := sub(v, x[0], x[1])
		return v.choose(v.compare(atMost, x[2], left), left, zero(v))
	})
	operation(v, "MulMulAdd", "float64(a*b) + float64(c*d)", 4, func(x []vec) vec {
		return add(v, mul(v, x[0], x[1]), mul(v, x[2], x[3]))
	})
	whereRoutine(v)
}

// power2 is 2^k for whole numbers k from -1022 to 1023.
func power2(v vectors, k reg.Register) vec {
	return addInt(v, shiftLeft(v, add(v, k, konst(roundShift)), 52), bitsConst(1023<<52))
}

// exprelMax is where the series for exprel ends.
const exprelMax = 0.34375

// exprel does not change x. The lanes seldom need the quotient.
func exprel(v vectors, x reg.Register) vec {
	small := v.compare(atMost, absolute(v, x), konst(exprelMax))
	y := exprelSeries(v, x)
	mask := v.mask(small)
	CMPL(mask, Imm(1<<v.lanes()-1))
	JEQ(LabelRef("small"))
	VMOVAPD(v.choose(small, y, div(v, expm1(v, x), x)), y)
	Label("small")
	return y
}

func exprelSeries(v vectors, x reg.Register) vec {
	e := expCoefficients[:]
	x2 := mul(v, x, x)
	x4 := mul(v, x2, x2)
	p03 := add(v, pair(v, e, 0, x), mul(v, x2, pair(v, e, 2, x)))
	p47 := add(v, pair(v, e, 4, x), mul(v, x2, pair(v, e, 6, x)))
	p := add(v, p03, mul(v, x4, p47))
	p = add(v, p, mul(v, mul(v, x4, x4), pair(v, e, 8, x)))
	rest := add(v, mul(v, x, konst(0.5)), mul(v, x2, p))
	return add(v, rest, konst(1))
}

// exp does not change x.
func exp(v vectors, x reg.Register) vec {
	z := smaller(v, load(v, konst(expMax)), x)
	z = larger(v, load(v, konst(expMin)), z)
	shifted := add(v, mul(v, z, konst(invLn2)), konst(roundShift))
	n := sub(v, shifted, konst(roundShift))
	a := sub(v, z, mul(v, n, konst(ln2Hi)))
	b := mul(v, n, konst(ln2Lo))
	r := sub(v, a, b)
	one := load(v, konst(1))
	hi := add(v, one, r)
	lo := sub(v, r, sub(v, hi, one))
	lo = add(v, lo, expTail(v, r, sub(v, sub(v, a, r), b)))
	half := v.round(mul(v, n, konst(0.5)), 0x0b)
	y := mul(v, mul(v, add(v, hi, lo), power2(v, half)), power2(v, sub(v, n, half)))
	y = v.choose(v.compare(greater, x, konst(expMax)), load(v, konst(math.Inf(1))), y)
	y = v.choose(v.compare(less, x, konst(expMin)), zero(v), y)
	return v.choose(v.compare(unordered, x, x), x, y)
}

// unordered is the relation of VCMPPD that holds for NaN.
const unordered = 0x03

// log does not change x.
func log(v vectors, x reg.Register) vec {
	small := v.compare(less, x, konst(0x1p-1022))
	scaled := v.choose(small, mul(v, x, konst(0x1p54)), x)
	bias := v.choose(small, load(v, konst(1023+54)), load(v, konst(1023)))
	t := addInt(v, scaled, bitsConst(logShift))
	m := addInt(v, v.bits(t, bitsConst(mantissaMask)), bitsConst(sqrtHalfBits))
	k := sub(v, v.or(shiftRight(v, t, 52), bitsConst(0x433<<52)), konst(0x1p52))
	k = sub(v, k, bias)
	y := logKernel(v, k, sub(v, m, konst(1)), zero(v))
	y = v.choose(v.compare(notAtMost, x, konst(math.MaxFloat64)), x, y)
	y = v.choose(v.compare(less, x, zero(v)), load(v, konst(math.NaN())), y)
	return v.choose(v.compare(equal, x, zero(v)), load(v, konst(math.Inf(-1))), y)
}

func whereRoutine(v vectors) {
	function(v, "where", "(x []float64, list []int32) int",
		"\tn := 0",
		"\tfor i := range x {",
		"\t\tif x[i] != 0 {",
		"\t\t\tlist[n], n = i, n+1",
		"\t\t}",
		"\t}",
		"\treturn n", multiple(v, "len(x)"), "list has room for len(x) + 8.")
	x, n := pointer("x"), length("x")
	list := pointer("list")
	indices, step := firstIndices(v)
	found := GP64()
	XORQ(found, found)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		v.compress(v.compare(notEqual, load(v, at(x, i, 0)), zero(v)), indices, list, found)
		VPADDD(step, indices, indices)
	})
	Store(found, ReturnIndex(0))
	end()
}
