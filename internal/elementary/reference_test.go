package elementary

import (
	"math"
	"math/big"
)

// The references are series in big.Float, summed until the terms fall below
// the precision. They are as simple as possible; speed does not matter.

// precision in bits: the largest float64 is reduced by multiples of π/2 and
// still leaves 200 bits.
const precision = 1400

func num(x float64) *big.Float { return newFloat().SetFloat64(x) }
func newFloat() *big.Float     { return new(big.Float).SetPrec(precision) }

func add(x, y *big.Float) *big.Float { return newFloat().Add(x, y) }
func sub(x, y *big.Float) *big.Float { return newFloat().Sub(x, y) }
func mul(x, y *big.Float) *big.Float { return newFloat().Mul(x, y) }
func quo(x, y *big.Float) *big.Float { return newFloat().Quo(x, y) }

// half returns x·2^-n.
func half(x *big.Float, n int) *big.Float { return newFloat().SetMantExp(x, -n) }

// enough reports whether a term no longer counts beside a sum of working
// precision 300 bits.
func enough(term, sum *big.Float) bool {
	return term.Sign() == 0 || term.MantExp(nil) < sum.MantExp(nil)-300
}

// bigExpm1 halves x until it is small, sums the Taylor series, and doubles
// back: e^2x - 1 = (e^x - 1)² + 2(e^x - 1).
func bigExpm1(x *big.Float) *big.Float {
	n := max(0, x.MantExp(nil)+10)
	t := half(x, n)
	sum, term := num(0), num(1)
	for i := 1; i == 1 || !enough(term, sum); i++ {
		term = quo(mul(term, t), num(float64(i)))
		sum = add(sum, term)
	}
	for range n {
		sum = add(mul(sum, sum), add(sum, sum))
	}
	return sum
}

func bigExp(x *big.Float) *big.Float { return add(num(1), bigExpm1(x)) }

// bigLog1p starts from log(m·2^k) in float64 and improves it by Newton's
// method on e^y = 1 + x, where each turn doubles the number of right bits.
func bigLog1p(x *big.Float) *big.Float {
	u := add(num(1), x)
	if x.MantExp(nil) < -60 { // x - x²/2 + x³/3 - …
		sum, power := num(0), num(-1)
		for i := 1; i < 8; i++ {
			power = mul(power, sub(num(0), x))
			sum = add(sum, quo(power, num(float64(i))))
		}
		return sum
	}
	m := newFloat()
	k := u.MantExp(m)
	f, _ := m.Float64()
	y := add(num(math.Log(f)), mul(num(float64(k)), num(math.Ln2)))
	if k == 0 || k == 1 {
		small, _ := x.Float64()
		y = num(math.Log1p(small))
	}
	for range 5 {
		e := bigExpm1(y)
		y = sub(y, quo(sub(e, x), add(e, num(1))))
	}
	return y
}

func bigLog(x *big.Float) *big.Float { return bigLog1p(sub(x, num(1))) }

// bigAtan halves the angle by atan x = 2 atan(x/(1+√(1+x²))) and sums the series.
func bigAtan(x *big.Float) *big.Float {
	t, n := newFloat().Set(x), 0
	for t.Sign() != 0 && t.MantExp(nil) > -12 {
		root := newFloat().Sqrt(add(num(1), mul(t, t)))
		t = quo(t, add(num(1), root))
		n++
	}
	return half(arctanSeries(t), -n)
}

func arctanSeries(t *big.Float) *big.Float {
	square := sub(num(0), mul(t, t))
	sum, power := num(0), newFloat().Set(t)
	for i := 1; ; i += 2 {
		term := quo(power, num(float64(i)))
		sum = add(sum, term)
		if term.Sign() == 0 || term.MantExp(nil) < sum.MantExp(nil)-precision {
			return sum
		}
		power = mul(power, square)
	}
}

// bigPi is by Machin: π/4 = 4 atan 1/5 - atan 1/239.
var bigPi = func() *big.Float {
	a := arctanSeries(quo(num(1), num(5)))
	b := arctanSeries(quo(num(1), num(239)))
	return sub(mul(num(16), a), mul(num(4), b))
}()

// bigSinCos reduces x by a multiple of π/2 and sums both series.
func bigSinCos(x *big.Float) (sin, cos *big.Float) {
	quarter := half(bigPi, 1)
	t := quo(x, quarter)
	rounded := add(t, num(math.Copysign(0.5, float64(t.Sign()))))
	q, _ := rounded.Int(nil)
	r := sub(x, mul(newFloat().SetInt(q), quarter))
	square := sub(num(0), mul(r, r))
	series := func(term *big.Float, i int) *big.Float {
		sum := newFloat().Set(term)
		for ; !enough(term, sum); i += 2 {
			term = quo(mul(term, square), num(float64(i*(i+1))))
			sum = add(sum, term)
		}
		return sum
	}
	s, c := series(r, 2), series(num(1), 1)
	minus := func(x *big.Float) *big.Float { return sub(num(0), x) }
	switch new(big.Int).And(q, big.NewInt(3)).Int64() {
	case 1:
		return c, minus(s)
	case 2:
		return minus(s), minus(c)
	case 3:
		return minus(c), s
	}
	return s, c
}

// bigAtan2 is the angle of (x, y), x and y not both zero.
func bigAtan2(y, x *big.Float) *big.Float {
	if x.Sign() == 0 {
		return half(mul(bigPi, num(float64(y.Sign()))), 1)
	}
	a := bigAtan(quo(y, x))
	if x.Sign() < 0 {
		if y.Sign() < 0 {
			return sub(a, bigPi)
		}
		return add(a, bigPi)
	}
	return a
}

// bigNormal is the normal distribution function:
// ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …).
func bigNormal(x *big.Float) *big.Float {
	square := mul(x, x)
	sum, term := newFloat().Set(x), newFloat().Set(x)
	for i := 3; ; i += 2 {
		term = quo(mul(term, square), num(float64(i)))
		sum = add(sum, term)
		if term.Sign() == 0 || term.MantExp(nil) < sum.MantExp(nil)-precision {
			break
		}
	}
	return add(num(0.5), mul(bigDensity(x), sum))
}

// bigDensity is the normal density φ(x), right to all bits for |x| < 64.
func bigDensity(x *big.Float) *big.Float {
	t := half(mul(x, x), 16)
	sum, term := num(1), num(1)
	for i := 1; term.Sign() != 0 && term.MantExp(nil) > -precision-64; i++ {
		term = quo(mul(term, sub(num(0), t)), num(float64(i)))
		sum = add(sum, term)
	}
	for range 15 { // e^(-x²/2) = (e^(-x²/2¹⁶))^(2¹⁵)
		sum = mul(sum, sum)
	}
	return quo(sum, newFloat().Sqrt(half(bigPi, -1)))
}
