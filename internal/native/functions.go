package native

import "math"

// The functions do the operations of package elementary in the same order, all
// lanes taking all branches; the names are those there.

const (
	invLn2     = 0x1.71547652b82fep+0
	ln2Hi      = 0x1.62e42fefa38p-1
	ln2Lo      = 0x1.ef35793c7673p-45
	roundShift = 0x1.8p52
	tiny       = 0x1p-54
	expMax     = 710
	expMin     = -746
	expm1Min   = -64
	exprelMax  = 0.34375

	signBit = 1 << 63
)

var expCoefficients = [10]float64{
	0x1.5555555555556p-3, 0x1.5555555555556p-5, 0x1.111111111070bp-7, 0x1.6c16c16c1609ep-10,
	0x1.a01a01a902410p-13, 0x1.a01a01a7b52c6p-16, 0x1.71de0a3c9481ap-19, 0x1.27e4d944d080dp-22,
	0x1.af3f07233d0b7p-26, 0x1.1f769fe9b183cp-29,
}

func (l *lowering) absolute(x value) value { return l.put(and, 0, x, l.bits(signBit-1)) }

// pair is c[i] + x·c[i+1].
func (l *lowering) pair(i int, x value) value {
	return l.add(l.mul(x, l.constant(expCoefficients[i+1])), l.constant(expCoefficients[i]))
}

// expSeries is (e^r − 1 − r − r²/2)/r³; r2 = r².
func (l *lowering) expSeries(r, r2 value) value {
	r4 := l.mul(r2, r2)
	p03 := l.add(l.pair(0, r), l.mul(r2, l.pair(2, r)))
	p47 := l.add(l.pair(4, r), l.mul(r2, l.pair(6, r)))
	p := l.add(p03, l.mul(r4, p47))
	return l.add(p, l.mul(l.mul(r4, r4), l.pair(8, r)))
}

func (l *lowering) expTail(r, c value) value {
	r2 := l.mul(r, r)
	p := l.expSeries(r, r2)
	square := l.mul(r2, l.constant(0.5))
	cube := l.mul(l.mul(r, r2), p)
	return l.add(l.add(square, cube), l.add(c, l.mul(r, c)))
}

// limited is x between two numbers.
func (l *lowering) limited(x value, low, high float64) value {
	return l.put(larger, 0, l.constant(low), l.put(smaller, 0, l.constant(high), x))
}

// reduced gives the whole number k nearest to z/ln 2, the sum that holds it in its
// low bits, and the rest r + c.
func (l *lowering) reduced(z value) (shifted, k, r, c value) {
	shifted = l.add(l.mul(z, l.constant(invLn2)), l.constant(roundShift))
	k = l.sub(shifted, l.constant(roundShift))
	hi := l.sub(z, l.mul(k, l.constant(ln2Hi)))
	lo := l.mul(k, l.constant(ln2Lo))
	r = l.sub(hi, lo)
	return shifted, k, r, l.sub(l.sub(hi, r), lo)
}

func (l *lowering) expm1(x value) value {
	shifted, _, r, c := l.reduced(l.limited(x, expm1Min, expMax))
	tail := l.expTail(r, c)
	s := l.put(addInt, 0, l.put(shiftLeft, 52, shifted), l.bits(1022<<52))
	head := l.sub(s, l.constant(0.5))
	sr := l.mul(s, r)
	sum := l.add(head, sr)
	err := l.sub(sr, l.sub(sum, head))
	half := l.add(sum, l.add(err, l.mul(s, tail)))
	full := l.add(half, half)
	return l.choose(l.compare(less, l.absolute(x), l.constant(tiny)), x, full)
}

// exprel seldom needs the quotient.
func (l *lowering) exprel(x value) value {
	x2 := l.mul(x, x)
	rest := l.add(l.mul(x, l.constant(0.5)), l.mul(x2, l.expSeries(x, x2)))
	y := l.add(rest, l.constant(1))
	large := l.compare(notAtMost, l.absolute(x), l.constant(exprelMax))
	l.steps = append(l.steps, step{do: skip, of: large, new: y})
	l.guarded = true
	mended := l.choose(large, l.put(div, 0, l.expm1(x), x), y)
	l.guarded = false
	l.steps = append(l.steps, step{do: merge, of: y, new: mended})
	return y
}

// power2 is 2^k.
func (l *lowering) power2(k value) value {
	return l.put(addInt, 0, l.put(shiftLeft, 52, l.add(k, l.constant(roundShift))), l.bits(1023<<52))
}

func (l *lowering) exp(x value) value {
	_, n, r, c := l.reduced(l.limited(x, expMin, expMax))
	one := l.constant(1)
	hi := l.add(one, r)
	lo := l.add(l.sub(r, l.sub(hi, one)), l.expTail(r, c))
	half := l.put(round, 0x0b, l.mul(n, l.constant(0.5)))
	y := l.mul(l.mul(l.add(hi, lo), l.power2(half)), l.power2(l.sub(n, half)))
	y = l.choose(l.compare(greater, x, l.constant(expMax)), l.constant(math.Inf(1)), y)
	y = l.choose(l.compare(less, x, l.constant(expMin)), l.constant(0), y)
	return l.choose(l.compare(unordered, x, x), x, y)
}
