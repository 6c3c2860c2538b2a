package main

import (
	"math"

	"github.com/mmcloughlin/avo/reg"
)

// The functions below do the operations of package elementary in the same order;
// the names are those there.

const (
	halfPiA   = 0x1.921fb544p+0
	halfPiB   = 0x1.0b4611a6p-34
	halfPiC   = 0x1.3198a2e037073p-69
	twoOverPi = 0x1.45f306dc9c883p-1
)

var sinCoefficients = []float64{
	-0x1.5555555555555p-3, 0x1.111111111101ep-7, -0x1.a01a019fe8860p-13, 0x1.71de3a1036cf3p-19,
	-0x1.ae63f7fe9937ap-26, 0x1.60e5cb5fed7acp-33, -0x1.8d514ec443d4ep-41,
}

var cosCoefficients = []float64{
	0x1.5555555555555p-5, -0x1.6c16c16c168ccp-10, 0x1.a01a019f38ae3p-16, -0x1.27e4fa036a804p-22,
	0x1.1eeb584d680ffp-29, -0x1.9073d1dd1bb2cp-37,
}

// reduce gives the quadrant in the low bits of q, and where it takes more digits
// of π than this has.
func reduce(v vectors, x reg.Register) (q, hi, lo vec, stop reg.Register) {
	a := absolute(v, x)
	far := v.compare(notAtMost, a, konst(math.Pi/4))
	q = v.choose(far, add(v, mul(v, x, konst(twoOverPi)), konst(roundShift)), load(v, konst(roundShift)))
	k := sub(v, q, konst(roundShift))
	r := sub(v, x, mul(v, k, konst(halfPiA)))
	b := mul(v, k, konst(halfPiB))
	hi = sub(v, r, b)
	lo = sub(v, sub(v, sub(v, r, hi), b), mul(v, k, konst(halfPiC)))
	near := v.and(far, v.compare(notAbove, absolute(v, hi), konst(0x1p-12)))
	limit := v.choose(near, zero(v), load(v, konst(0x1p20)))
	stop = v.compare(notLess, a, limit)
	hi, lo = fastTwoSum(v, hi, lo)
	return q, hi, lo, stop
}

// Relations of VCMPPD that hold for NaN.
const (
	notLess  = 0x15
	notAbove = 0x1a
)

func sinSum(v vectors, r, c reg.Register) vec {
	s := sinCoefficients
	z := mul(v, r, r)
	z2 := mul(v, z, z)
	p46 := add(v, pair(v, s, 4, z), mul(v, z2, konst(s[6])))
	p := add(v, pair(v, s, 0, z), mul(v, z2, pair(v, s, 2, z)))
	p = add(v, p, mul(v, mul(v, z2, z2), p46))
	rest := sub(v, c, mul(v, mul(v, z, konst(0.5)), c))
	return add(v, r, add(v, mul(v, mul(v, z, r), p), rest))
}

func cosSum(v vectors, r, c reg.Register) vec {
	s := cosCoefficients
	z := mul(v, r, r)
	z2 := mul(v, z, z)
	p := add(v, pair(v, s, 0, z), mul(v, z2, pair(v, s, 2, z)))
	p = add(v, p, mul(v, mul(v, z2, z2), pair(v, s, 4, z)))
	half := mul(v, z, konst(0.5))
	one := load(v, konst(1))
	hi := sub(v, one, half)
	lo := add(v, sub(v, sub(v, one, hi), half), sub(v, mul(v, z2, p), mul(v, r, c)))
	return add(v, hi, lo)
}

// hyperbolicMax is where tanh is 1.
const hyperbolicMax = 22

func tanh(v vectors, get func(int) vec) vec {
	a := smaller(v, load(v, konst(hyperbolicMax)), absolute(v, get(0)))
	th, tl := expm1Sum(v, add(v, a, a))
	dh, dl := twoSum(v, load(v, konst(2)), th)
	hi, lo := divide(v, th, tl, dh, add(v, dl, tl))
	y := add(v, hi, lo)
	x := get(0)
	size := absolute(v, x)
	y = v.choose(v.compare(greater, size, konst(hyperbolicMax)), load(v, konst(1)), y)
	y = v.or(absolute(v, y), v.bits(x, bitsConst(signBit)))
	y = v.choose(v.compare(less, size, konst(0x1p-28)), x, y)
	return v.choose(v.compare(unordered, x, x), x, y)
}

// expm1Sum takes x between 0 and 44.
func expm1Sum(v vectors, x reg.Register) (hi, lo vec) {
	shifted := add(v, mul(v, x, konst(invLn2)), konst(roundShift))
	n := sub(v, shifted, konst(roundShift))
	a := sub(v, x, mul(v, n, konst(ln2Hi)))
	b := mul(v, n, konst(ln2Lo))
	r := sub(v, a, b)
	tail := expTail(v, r, sub(v, sub(v, a, r), b))
	s := power2(v, n)
	hi, lo = fastTwoSum(v, sub(v, s, konst(1)), mul(v, s, r))
	return fastTwoSum(v, hi, add(v, lo, mul(v, s, tail)))
}

// pow stops where x is not positive and finite, or y not finite.
func pow(v vectors, get func(int) vec) (vec, reg.Register) {
	lh, ll := logSum(v, get(0))
	y := get(1)
	h, err := twoProd(v, y, lh)
	above, below := v.compare(greater, h, konst(expMax)), v.compare(less, h, konst(expMin))
	h, l := fastTwoSum(v, h, add(v, err, mul(v, y, ll)))
	h = larger(v, smaller(v, h, konst(2*expMax)), konst(2*expMin)) // anything, where it is not used
	n, sum := expSum(v, h, l)
	half := v.round(mul(v, n, konst(0.5)), 0x0b)
	z := mul(v, mul(v, sum, power2(v, half)), power2(v, sub(v, n, half)))
	z = v.choose(above, load(v, konst(math.Inf(1))), z)
	z = v.choose(below, zero(v), z)
	x, y := get(0), get(1)
	z = v.choose(v.compare(equal, y, konst(1)), x, z)
	z = v.choose(v.compare(equal, y, zero(v)), load(v, konst(1)), z)
	const infinite = 0x7ff << 52
	size := larger(v, absolute(v, y), v.choose(v.compare(less, x, konst(0x1p-1022)), load(v, bitsConst(infinite)), x))
	unknown := v.choose(v.compare(unordered, x, y), load(v, bitsConst(infinite)), size)
	return z, v.compare(notAtMost, unknown, konst(math.MaxFloat64))
}

// expSum is e^(x+c) as n and a factor of 2^n.
func expSum(v vectors, x, c reg.Register) (n, sum vec) {
	n = sub(v, add(v, mul(v, x, konst(invLn2)), konst(roundShift)), konst(roundShift))
	a := sub(v, x, mul(v, n, konst(ln2Hi)))
	b := sub(v, mul(v, n, konst(ln2Lo)), c)
	r := sub(v, a, b)
	tail := expTail(v, r, sub(v, sub(v, a, r), b))
	hi, lo := fastTwoSum(v, load(v, konst(1)), r)
	return n, add(v, hi, add(v, lo, tail))
}

// logSum is for normal positive numbers.
func logSum(v vectors, x reg.Register) (hi, lo vec) {
	t := addInt(v, x, bitsConst(logShift))
	f := sub(v, addInt(v, v.bits(t, bitsConst(mantissaMask)), bitsConst(sqrtHalfBits)), konst(1))
	k := sub(v, v.or(shiftRight(v, t, 52), bitsConst(0x433<<52)), konst(0x1p52))
	k = sub(v, k, konst(1023))
	dh, dl := twoSum(v, load(v, konst(2)), f)
	sh, sl := divide(v, f, zero(v), dh, dl)
	sh, sl = fastTwoSum(v, sh, sl)
	zh, zl := multiply(v, sh, sl, sh, sl)
	rest := load(v, konst(1.0/27))
	for n := 25; n >= 7; n -= 2 {
		rest = add(v, mul(v, zh, rest), konst(1/float64(n)))
	}
	const (
		fifth, fifthErr = 0x1.999999999999ap-3, -0x1.999999999999ap-57
		third, thirdErr = 0x1.5555555555555p-2, 0x1.5555555555555p-56
	)
	ah, al := fastTwoSum(v, load(v, konst(fifth)), mul(v, zh, rest))
	ah, al = multiply(v, zh, zl, ah, add(v, al, konst(fifthErr)))
	bh, bl := fastTwoSum(v, load(v, konst(third)), ah)
	bh, bl = multiply(v, zh, zl, bh, add(v, bl, add(v, al, konst(thirdErr))))
	sh, sl = add(v, sh, sh), add(v, sl, sl)
	th, tl := multiply(v, sh, sl, bh, bl)
	sum, err := fastTwoSum(v, sh, th)
	mh, ml := fastTwoSum(v, sum, add(v, err, add(v, sl, tl)))
	hi, err = fastTwoSum(v, mul(v, k, konst(ln2Hi)), mh)
	return fastTwoSum(v, hi, add(v, err, add(v, mul(v, k, konst(ln2Lo)), ml)))
}
