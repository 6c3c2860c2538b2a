package elementary

import "math"

// hyperbolicMax is where e^-x no longer counts beside e^x.
const hyperbolicMax = 22

// Sinh returns the hyperbolic sine of x: with t = e^|x| - 1 it is
// ½(t + t/(1+t)).
func Sinh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 0x1p-28 || x != x:
		return x
	case a > 711:
		return math.Copysign(math.Inf(1), x)
	case a > hyperbolicMax:
		return math.Copysign(halfExp(a), x)
	}
	th, tl := expm1Sum(a)
	uh, ul := twoSum(1, th)
	wh, wl := divide(th, tl, uh, ul+tl)
	sum, err := fastTwoSum(th, wh)
	return math.Copysign(0.5*(sum+(err+(tl+wl))), x)
}

// Cosh returns the hyperbolic cosine of x, ½(e^|x| + 1/e^|x|).
func Cosh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x:
		return x
	case a > 711:
		return math.Inf(1)
	case a > hyperbolicMax:
		return halfExp(a)
	}
	k, h, l := expSum(a, 0)
	s := pow2(k)
	h, l = fastTwoSum(float64(h*s), float64(l*s))
	wh, wl := divide(1, 0, h, l)
	sum, err := fastTwoSum(h, wh)
	return 0.5 * (sum + (err + (l + wl)))
}

// halfExp returns ½e^x, for x between hyperbolicMax and 711.
func halfExp(x float64) float64 {
	k, h, l := expSum(x, 0)
	return scale(h+l, k-1)
}

// Tanh returns the hyperbolic tangent of x: with t = e^2|x| - 1 it is t/(t+2).
func Tanh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 0x1p-28 || x != x:
		return x
	case a > hyperbolicMax:
		return math.Copysign(1, x)
	}
	th, tl := expm1Sum(2 * a)
	dh, dl := twoSum(2, th)
	hi, lo := divide(th, tl, dh, dl+tl)
	return math.Copysign(hi+lo, x)
}
