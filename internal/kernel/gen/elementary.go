package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The functions below do the operations of Expm1 and Log1p of package
// elementary in the same order, with all lanes taking all branches. The names
// are those there.

const (
	invLn2     = 0x1.71547652b82fep+0
	ln2Hi      = 0x1.62e42fefa38p-1
	ln2Lo      = 0x1.ef35793c7673p-45
	roundShift = 0x1.8p52
	tiny       = 0x1p-54
	expMax     = 710
	expMin     = -746
	expm1Min   = -64

	signBit      = 1 << 63
	sqrtHalfBits = 0x3fe6a09e667f3bcd
	oneBits      = 0x3ff0000000000000
	logShift     = oneBits - sqrtHalfBits
	mantissaMask = 1<<52 - 1
)

var expCoefficients = [10]float64{
	0x1.5555555555556p-3, 0x1.5555555555556p-5, 0x1.111111111070bp-7, 0x1.6c16c16c1609ep-10,
	0x1.a01a01a902410p-13, 0x1.a01a01a7b52c6p-16, 0x1.71de0a3c9481ap-19, 0x1.27e4d944d080dp-22,
	0x1.af3f07233d0b7p-26, 0x1.1f769fe9b183cp-29,
}

var logCoefficients = [7]float64{
	0x1.5555555555558p-1, 0x1.99999999952f0p-2, 0x1.2492492df537ep-2, 0x1.c71c62de0a668p-3,
	0x1.7462b71757679p-3, 0x1.39fe0b414e4c8p-3, 0x1.2b5c8113ac354p-3,
}

// pair is c[i] + x·c[i+1].
func pair(v vectors, c []float64, i int, x reg.Register) vec {
	return add(v, mul(v, x, konst(c[i+1])), konst(c[i]))
}

// expTail takes c as 0 if it is nil.
func expTail(v vectors, r, c reg.Register) vec {
	e := expCoefficients[:]
	r2 := mul(v, r, r)
	r4 := mul(v, r2, r2)
	p03 := add(v, pair(v, e, 0, r), mul(v, r2, pair(v, e, 2, r)))
	p47 := add(v, pair(v, e, 4, r), mul(v, r2, pair(v, e, 6, r)))
	p := add(v, p03, mul(v, r4, p47))
	p = add(v, p, mul(v, mul(v, r4, r4), pair(v, e, 8, r)))
	square := mul(v, r2, konst(0.5))
	cube := mul(v, mul(v, r, r2), p)
	if c == nil {
		return add(v, square, cube)
	}
	return add(v, add(v, square, cube), add(v, c, mul(v, r, c)))
}

func absolute(v vectors, x reg.Register) vec { return v.bits(x, bitsConst(signBit-1)) }

// expm1 does not change x.
func expm1(v vectors, x reg.Register) vec {
	z := smaller(v, load(v, konst(expMax)), x)
	z = larger(v, load(v, konst(expm1Min)), z)
	shifted := add(v, mul(v, z, konst(invLn2)), konst(roundShift))
	k := sub(v, shifted, konst(roundShift))
	hi := sub(v, z, mul(v, k, konst(ln2Hi)))
	lo := mul(v, k, konst(ln2Lo))
	r := sub(v, hi, lo)
	tail := expTail(v, r, sub(v, sub(v, hi, r), lo))

	s := addInt(v, shiftLeft(v, shifted, 52), bitsConst(1022<<52))
	head := sub(v, s, konst(0.5))
	sr := mul(v, s, r)
	sum := add(v, head, sr)
	err := sub(v, sr, sub(v, sum, head))
	half := add(v, sum, add(v, err, mul(v, s, tail)))
	full := add(v, half, half)
	small := v.compare(less, absolute(v, x), konst(tiny))
	return v.choose(small, x, full)
}

func logSeries(v vectors, z reg.Register) vec {
	l := logCoefficients[:]
	z2 := mul(v, z, z)
	p03 := add(v, pair(v, l, 0, z), mul(v, z2, pair(v, l, 2, z)))
	p46 := add(v, pair(v, l, 4, z), mul(v, z2, konst(l[6])))
	return mul(v, z, add(v, p03, mul(v, mul(v, z2, z2), p46)))
}

func logRatio(v vectors, p, q reg.Register) vec {
	s := div(v, p, sub(v, add(v, q, q), p))
	return add(v, add(v, s, s), mul(v, s, logSeries(v, mul(v, s, s))))
}

func logKernel(v vectors, k, f, c reg.Register) vec {
	s := div(v, f, add(v, f, konst(2)))
	rest := logSeries(v, mul(v, s, s))

	square := mul(v, mul(v, f, konst(0.5)), f)
	tail := mul(v, s, add(v, square, rest))
	tail = add(v, tail, add(v, mul(v, k, konst(ln2Lo)), c))
	head := mul(v, k, konst(ln2Hi))
	sum := add(v, head, f)
	err := sub(v, f, sub(v, sum, head))
	return add(v, sum, sub(v, err, sub(v, square, tail)))
}

// log1p does not change x.
func log1p(v vectors, x reg.Register) vec {
	y := log1pOf(v, x, false)
	y = v.choose(v.compare(notAtMost, x, konst(math.MaxFloat64)), x, y)
	y = v.choose(v.compare(less, x, konst(-1)), load(v, konst(math.NaN())), y)
	return v.choose(v.compare(equal, x, konst(-1)), load(v, konst(math.Inf(-1))), y)
}

// log1pOf is log1p where −1 < x < ∞; common: where 0 ≤ x < 1e300.
func log1pOf(v vectors, x reg.Register, common bool) vec {
	one := load(v, konst(1))
	u := add(v, one, x)
	b := sub(v, u, one)
	lost := add(v, sub(v, one, sub(v, u, b)), sub(v, x, b))

	t := addInt(v, u, bitsConst(logShift))
	n := shiftRight(v, t, 52)
	m := addInt(v, v.bits(t, bitsConst(mantissaMask)), bitsConst(sqrtHalfBits))
	k := sub(v, v.or(n, bitsConst(0x433<<52)), konst(0x1p52+1023))

	limited, exponent := n, v.new()
	if !common { // the upper halves of n are zero, so that a minimum of 32 bits will do
		limited = v.new()
		VPMINUD(bitsConst(2045), n, limited)
	}
	VPSUBQ(limited, load(v, bitsConst(2046)), exponent)
	lost = mul(v, lost, shiftLeft(v, exponent, 52))
	g := sub(v, m, one)
	f := add(v, g, lost)
	c := sub(v, lost, sub(v, f, g))
	c = sub(v, c, mul(v, c, f))
	y := logKernel(v, k, f, c)
	return v.choose(v.compare(less, absolute(v, x), konst(tiny)), x, y)
}

// expm1Short is expm1 for |x| ≤ 0.34, below ½ ln 2, where x needs no reduction. It
// has the same bits, but for the sign of a zero.
func expm1Short(v vectors, x reg.Register) vec { return add(v, x, expTail(v, x, nil)) }

func expm1Routine(v vectors) {
	function(v, "expm1", "(dst, src []float64)",
		"\tfor i := range dst { dst[i] = elementary.Expm1(src[i]) }", multiple(v, "len(dst)"))
	unary(v, expm1)
}

func log1pRoutine(v vectors) {
	function(v, "log1p", "(dst, src []float64)",
		"\tfor i := range dst { dst[i] = elementary.Log1p(src[i]) }", multiple(v, "len(dst)"))
	unary(v, log1p)
}

func lifRatesRoutine(v vectors) {
	function(v, "lifRates", "(rates, currents []float64, amplitude, tauRC, tauRef float64)",
		"\tfor i := range rates { rates[i] = lifRate(currents[i], amplitude, tauRC, tauRef) }", multiple(v, "len(rates)"))
	rates, currents, n := pointer("rates"), pointer("currents"), length("rates")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		one := load(v, konst(1))
		j := load(v, at(currents, i, 0))
		rate, active := zero(v), v.compare(greater, j, one)
		bits := v.mask(active)
		TESTL(bits, bits)
		JEQ(LabelRef("silent"))
		l := log1pOf(v, div(v, one, sub(v, j, one)), true) // of j > 1; else the rate is 0 whatever it is
		period := add(v, mul(v, l, scalar(v, "tauRC")), scalar(v, "tauRef"))
		fast := mul(v, div(v, one, period), scalar(v, "amplitude"))
		VMOVAPD(v.choose(active, fast, rate), rate)
		Label("silent")
		store(rate, at(rates, i, 0))
	})
	end()
}

func unary(v vectors, f func(vectors, reg.Register) vec) {
	dst, src, n := pointer("dst"), pointer("src"), length("dst")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		store(f(v, load(v, at(src, i, 0))), at(dst, i, 0))
	})
	end()
}
