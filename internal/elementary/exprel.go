package elementary

import "math"

// exprelMax is where the series for [Exprel] ends: below ½ ln 2, for which the
// polynomial is made.
const exprelMax = 0.34375

// Exprel returns (e^x - 1)/x, and 1 at 0.
func Exprel(x float64) float64 {
	if !(math.Abs(x) <= exprelMax) {
		return Expm1(x) / x
	}
	x2 := float64(x * x)
	x4 := float64(x2 * x2)
	x8 := float64(x4 * x4)
	p01 := exp0 + float64(x*exp1)
	p23 := exp2 + float64(x*exp3)
	p45 := exp4 + float64(x*exp5)
	p67 := exp6 + float64(x*exp7)
	p89 := exp8 + float64(x*exp9)
	p03 := p01 + float64(x2*p23)
	p47 := p45 + float64(x2*p67)
	p := (p03 + float64(x4*p47)) + float64(x8*p89)
	return 1 + (float64(0.5*x) + float64(x2*p))
}
