package elementary

import "math"

// The functions below return the rounded result of an operation and its exact
// rounding error, so that the two add up to the exact result (Dekker 1971,
// doi:10.1007/BF01397083). Underflow and overflow excepted.
//
// A product that is returned is converted explicitly as well: the function may
// be inlined into an addition.

// twoSum returns a + b and its error.
func twoSum(a, b float64) (sum, err float64) {
	sum = a + b
	t := sum - a
	return sum, (a - (sum - t)) + (b - t)
}

// fastTwoSum returns a + b and its error, for |a| ≥ |b| or a = 0.
func fastTwoSum(a, b float64) (sum, err float64) {
	sum = a + b
	return sum, b - (sum - a)
}

// twoProd returns a · b and its error.
func twoProd(a, b float64) (product, err float64) {
	product = float64(a * b)
	return product, math.FMA(a, b, -product)
}

// divide returns (nh + nl)/(dh + dl) to about twice the precision of a float64.
func divide(nh, nl, dh, dl float64) (hi, lo float64) {
	hi = nh / dh
	return hi, (math.FMA(-hi, dh, nh) + (nl - float64(hi*dl))) / dh
}

// multiply returns (ah + al)·(bh + bl) to about twice the precision of a
// float64.
func multiply(ah, al, bh, bl float64) (hi, lo float64) {
	p, e := twoProd(ah, bh)
	return fastTwoSum(p, e+(float64(ah*bl)+float64(al*bh)))
}
