package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Philox, as in package rng.
const (
	philoxMul0   = 0xD2511F53
	philoxMul1   = 0xCD9E8D57
	philoxRounds = 10
)

// The polynomials of NormalQuantile in package elementary, numerator and
// denominator in ascending order.
var (
	quantileCentral = [2][8]float64{
		{
			3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
			4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
		},
		{
			1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
			2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
		},
	}
	quantileMiddle = [2][8]float64{
		{
			1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
			1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
		},
		{
			1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
			1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
		},
	}
	quantileTail = [2][8]float64{
		{
			6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
			2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
		},
		{
			1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
			7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
		},
	}
)

func ratio(v vectors, q *[2][8]float64, r reg.Register) vec {
	var sums [2]vec
	for k, c := range q {
		sums[k] = load(v, konst(c[7]))
		for i := 6; i >= 0; i-- {
			sums[k] = add(v, mul(v, sums[k], r), konst(c[i]))
		}
	}
	return div(v, sums[0], sums[1])
}

func multiplyInt(v vectors, a reg.Register, b Op) vec { d := v.new(); VPMULUDQ(b, a, d); return d }

// broadcastInt puts a register into all lanes.
func broadcastInt(v vectors, x reg.GPVirtual) vec {
	low, d := XMM(), v.new()
	VMOVQ(x, low)
	VPBROADCASTQ(low, d)
	return d
}

// uint64s is rng.Stream.Uint64 at the elements and one draw.
func uint64s(v vectors, elements, drawLow, drawHigh reg.Register, keys reg.GPVirtual) vec {
	x0, y0 := elements, reg.Register(shiftRight(v, elements, 32))
	x2, y2 := drawLow, drawHigh
	for r := range philoxRounds {
		p0, p1 := multiplyInt(v, x0, bitsConst(philoxMul0)), multiplyInt(v, x2, bitsConst(philoxMul1))
		k0, k1 := broadcast(v, Mem{Base: keys, Disp: 16 * r}), broadcast(v, Mem{Base: keys, Disp: 16*r + 8})
		x0 = v.flip(v.flip(shiftRight(v, p1, 32), y0), k0)
		x2 = v.flip(v.flip(shiftRight(v, p0, 32), y2), k1)
		y0, y2 = p1, p0
	}
	return v.or(v.bits(x0, bitsConst(1<<32-1)), shiftLeft(v, y0, 32))
}

func normalRoutine(v vectors) {
	function(v, "normals", "(dst []float64, keys *[20]uint64, first, draw uint64)",
		"\tfor i := range dst {",
		"\t\tu := stream.Uint64(first+uint64(i), draw)",
		"\t\tdst[i] = elementary.NormalQuantile((float64(u>>12) + 0.5) * 0x1p-52)",
		"\t}", "", "where keys are the keys of the rounds.", multiple(v, "len(dst)"))
	dst, n := pointer("dst"), length("dst")
	keys := Load(Param("keys"), GP64()).(reg.GPVirtual)
	elements := broadcastInt(v, Load(Param("first"), GP64()).(reg.GPVirtual))
	elements = addInt(v, elements, counting64())
	draw := broadcastInt(v, Load(Param("draw"), GP64()).(reg.GPVirtual))
	high := shiftRight(v, draw, 32)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		u := uint64s(v, elements, draw, high, keys)
		VPADDQ(bitsConst(uint64(v.lanes())), elements, elements)
		whole := sub(v, v.or(shiftRight(v, u, 12), bitsConst(0x433<<52)), konst(0x1p52))
		store(quantile(v, mul(v, add(v, whole, konst(0.5)), konst(0x1p-52))), at(dst, i, 0))
	})
	end()
}

func quantileRoutine(v vectors) {
	function(v, "quantile", "(dst, src []float64)",
		"\tfor i := range dst { dst[i] = elementary.NormalQuantile(src[i]) }", "",
		"for numbers between 0 and 1, ends excluded.", multiple(v, "len(dst)"))
	unary(v, quantile)
}

// counting64 is 0, 1, … 7 in memory.
func counting64() Mem {
	var entries []uint32
	for i := range uint32(8) {
		entries = append(entries, i, 0)
	}
	return table("counting64", entries)
}

// quantile is elementary.NormalQuantile for p between 0 and 1, ends excluded.
func quantile(v vectors, p reg.Register) vec {
	q := sub(v, p, konst(0.5))
	y := mul(v, q, ratio(v, &quantileCentral, sub(v, load(v, konst(0.180625)), mul(v, q, q))))
	central := v.compare(atMost, absolute(v, q), konst(0.425))
	CMPL(v.mask(central), Imm(1<<v.lanes()-1))
	JEQ(LabelRef("central"))

	r := v.choose(v.compare(greater, q, zero(v)), sub(v, load(v, konst(1)), p), p)
	root := v.new()
	VSQRTPD(v.flip(log(v, r), bitsConst(signBit)), root)
	x := ratio(v, &quantileMiddle, sub(v, root, konst(1.6)))
	middle := v.compare(atMost, root, konst(5))
	CMPL(v.mask(middle), Imm(1<<v.lanes()-1))
	JEQ(LabelRef("middle"))
	VMOVAPD(v.choose(middle, x, ratio(v, &quantileTail, sub(v, root, konst(5)))), x)
	Label("middle")
	x = v.or(absolute(v, x), v.bits(q, bitsConst(signBit)))
	VMOVAPD(v.choose(central, y, x), y)
	Label("central")
	return y
}
