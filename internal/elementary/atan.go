package elementary

import "math"

// Polynomial for (atan t - t)/t³ in z = t², |t| ≤ 1/16 and a little more.
const (
	atan0 = -0x1.5555555555555p-2
	atan1 = 0x1.9999999998d22p-3
	atan2 = -0x1.2492492070921p-3
	atan3 = 0x1.c71c5f76ef70cp-4
	atan4 = -0x1.744a5cc0391aep-4
	atan5 = 0x1.32d129e952f7ep-4
)

// atanEighths holds atan(i/8) as a sum of two.
var atanEighths = [9][2]float64{
	{0, 0},
	{0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
	{0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
	{0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
	{0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
	{0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
	{0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
	{0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
	{0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
}

// angle returns the angle of the point (x, y) of the first quadrant as hi + lo,
// each coordinate being a sum of two. At least one is not zero, both are finite.
func angle(yh, yl, xh, xl float64) (hi, lo float64) {
	if yh > xh {
		hi, lo = octant(xh, xl, yh, yl)
		sum, err := fastTwoSum(halfPiHi, -hi)
		return sum, err + (halfPiLo - lo)
	}
	return octant(yh, yl, xh, xl)
}

// octant is angle for y ≤ x. With c the multiple of 1/8 nearest to y/x,
// atan(y/x) = atan c + atan t, t = (y - c·x)/(x + c·y).
func octant(yh, yl, xh, xl float64) (hi, lo float64) {
	if xh > 0x1p1000 {
		yh, yl, xh, xl = yh*0x1p-100, yl*0x1p-100, xh*0x1p-100, xl*0x1p-100
	} else if xh < 0x1p-800 {
		yh, yl, xh, xl = yh*0x1p200, yl*0x1p200, xh*0x1p200, xl*0x1p200
	}
	eighth := int(float64(8*(yh/xh)) + 0.5)
	c := float64(eighth) / 8
	nh, nl := addScaled(yh, yl, -c, xh, xl)
	dh, dl := addScaled(xh, xl, c, yh, yl)
	t, tl := divide(nh, nl, dh, dl)

	z := float64(t * t)
	z2 := float64(z * z)
	z4 := float64(z2 * z2)
	p01 := atan0 + float64(z*atan1)
	p23 := atan2 + float64(z*atan3)
	p45 := atan4 + float64(z*atan5)
	p := (p01 + float64(z2*p23)) + float64(z4*p45)

	hi, lo = fastTwoSum(atanEighths[eighth][0], t)
	return hi, lo + (atanEighths[eighth][1] + (tl + float64(float64(z*t)*p)))
}

// addScaled returns a + c·b, sums of two all of them, where c has few bits.
func addScaled(ah, al, c, bh, bl float64) (hi, lo float64) {
	p, e := twoProd(c, bh)
	sum, err := twoSum(ah, p)
	return fastTwoSum(sum, err+(al+(e+float64(c*bl))))
}

// Atan returns the arctangent of x.
func Atan(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 0x1p-28 || x != x:
		return x
	case a > math.MaxFloat64:
		return math.Copysign(halfPiHi, x)
	}
	hi, lo := angle(a, 0, 1, 0)
	return math.Copysign(hi+lo, x)
}

// Atan2 returns the angle of the point (x, y), between -π and π.
func Atan2(y, x float64) float64 {
	ax, ay := math.Abs(x), math.Abs(y)
	var hi, lo float64
	switch {
	case x != x || y != y:
		return math.NaN()
	case ay == 0: // hi = 0
	case ax > math.MaxFloat64 && ay > math.MaxFloat64:
		hi, lo = 0.5*halfPiHi, 0.5*halfPiLo
	case ax > math.MaxFloat64: // hi = 0
	case ay > math.MaxFloat64:
		hi, lo = halfPiHi, halfPiLo
	default:
		hi, lo = angle(ay, 0, ax, 0)
	}
	if math.Signbit(x) {
		sum, err := fastTwoSum(2*halfPiHi, -hi)
		hi, lo = sum, err+(2*halfPiLo-lo)
	}
	return math.Copysign(hi+lo, y)
}

// Asin returns the arcsine of x: the angle of the point (√(1-x²), x).
func Asin(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 0x1p-28 || x != x:
		return x
	case a > 1:
		return math.NaN()
	}
	ch, cl := cosine(x)
	hi, lo := angle(a, 0, ch, cl)
	return math.Copysign(hi+lo, x)
}

// Acos returns the arccosine of x: the angle of the point (x, √(1-x²)).
func Acos(x float64) float64 {
	a := math.Abs(x)
	if !(a <= 1) {
		return math.NaN()
	}
	sh, sl := cosine(x)
	hi, lo := angle(sh, sl, a, 0)
	if math.Signbit(x) {
		sum, err := fastTwoSum(2*halfPiHi, -hi)
		hi, lo = sum, err+(2*halfPiLo-lo)
	}
	return hi + lo
}

// cosine returns √(1-x²) as hi + lo, for |x| ≤ 1.
func cosine(x float64) (hi, lo float64) {
	p, e := twoProd(x, x)
	h, err := fastTwoSum(1, -p)
	h, l := fastTwoSum(h, err-e)
	hi = math.Sqrt(h)
	if hi == 0 {
		return 0, 0
	}
	return hi, (math.FMA(-hi, hi, h) + l) / (2 * hi)
}
