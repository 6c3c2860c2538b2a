package elementary

import "math"

// Pow returns x^y, with the special cases of [math.Pow].
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case x != x || y != y:
		return math.NaN()
	case y == 1:
		return x
	case x == 0:
		return powOfZero(x, y)
	case math.IsInf(y, 0):
		return powToInfinity(x, y)
	case math.IsInf(x, 0):
		if x < 0 { // (-Inf)^y = (-0)^-y
			return powOfZero(math.Copysign(0, -1), -y)
		}
		return powOfZero(0, -y)
	}
	sign := 1.0
	if x < 0 {
		if y != math.Floor(y) {
			return math.NaN()
		}
		if odd(y) {
			sign = -1
		}
	}
	return float64(sign * powPositive(math.Abs(x), y))
}

// powOfZero returns (±0)^y, y ≠ 0.
func powOfZero(x, y float64) float64 {
	result := 0.0
	if y < 0 {
		result = math.Inf(1)
	}
	if odd(y) {
		return math.Copysign(result, x)
	}
	return result
}

// powToInfinity returns x^±Inf, x ≠ 0.
func powToInfinity(x, y float64) float64 {
	switch a := math.Abs(x); {
	case a == 1:
		return 1
	case (a > 1) == (y > 0):
		return math.Inf(1)
	}
	return 0
}

// odd reports whether y is an odd integer.
func odd(y float64) bool {
	return math.Abs(y) < 0x1p53 && y == math.Floor(y) && int64(y)&1 == 1
}

// powPositive returns e^(y·log x), for finite x > 0 and finite y. As the
// exponent reaches 745, log x is wanted to some 66 bits.
func powPositive(x, y float64) float64 {
	lh, ll := logSum(x)
	h, err := twoProd(y, lh)
	switch {
	case h > expMax:
		return math.Inf(1)
	case h < expMin:
		return 0
	}
	h, l := fastTwoSum(h, err+float64(y*ll))
	k, hi, lo := expSum(h, l)
	return scale(hi+lo, k)
}

// logSum returns log x as hi + lo, to about 68 bits, for finite x > 0. With
// s = f/(2+f), log(1+f) = 2s·(1 + z/3 + z²/5 + …), z = s².
func logSum(x float64) (hi, lo float64) {
	m, k := split(x)
	f := m - 1
	dh, dl := twoSum(2, f)
	sh, sl := divide(f, 0, dh, dl)
	sh, sl = fastTwoSum(sh, sl)
	zh, zl := multiply(sh, sl, sh, sl)

	// The terms from z³ on are small enough for a single float64.
	rest := 1.0 / 27
	for n := 25; n >= 7; n -= 2 {
		rest = 1/float64(n) + float64(zh*rest)
	}
	// The quotients are those of exact constants; each comes with its error.
	const (
		fifth, fifthErr = 0x1.999999999999ap-3, -0x1.999999999999ap-57
		third, thirdErr = 0x1.5555555555555p-2, 0x1.5555555555555p-56
	)
	ah, al := fastTwoSum(fifth, float64(zh*rest))
	ah, al = multiply(zh, zl, ah, al+fifthErr)
	bh, bl := fastTwoSum(third, ah)
	bh, bl = multiply(zh, zl, bh, bl+(al+thirdErr))
	th, tl := multiply(2*sh, 2*sl, bh, bl)

	sum, err := fastTwoSum(2*sh, th)
	mh, ml := fastTwoSum(sum, err+(2*sl+tl))
	hi, err = fastTwoSum(float64(k*ln2Hi), mh)
	return fastTwoSum(hi, err+(float64(k*ln2Lo)+ml))
}
