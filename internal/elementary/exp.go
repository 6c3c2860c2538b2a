package elementary

import "math"

// With k the integer nearest to x/ln 2, x = k·ln 2 + r + c, where |r| ≤ ½ ln 2
// and c is what was lost in rounding r. ln2Hi has 42 bits, so that k·ln2Hi is
// exact.
const (
	invLn2 = 0x1.71547652b82fep+0
	ln2Hi  = 0x1.62e42fefa38p-1
	ln2Lo  = 0x1.ef35793c7673p-45

	// roundShift added to |t| < 2⁵¹ and taken away again rounds t to an
	// integer; between the two, the low bits of the sum are those of the
	// integer in two's complement.
	roundShift = 0x1.8p52

	tiny     = 0x1p-54 // below it expm1 x = log1p x = x
	expMax   = 710     // above it e^x overflows
	expMin   = -746    // below it e^x rounds to 0
	expm1Min = -64     // below it e^x - 1 rounds to -1
)

// Polynomial for (e^r - 1 - r - r²/2)/r³, |r| ≤ ½ ln 2.
const (
	exp0 = 0x1.5555555555556p-3
	exp1 = 0x1.5555555555556p-5
	exp2 = 0x1.111111111070bp-7
	exp3 = 0x1.6c16c16c1609ep-10
	exp4 = 0x1.a01a01a902410p-13
	exp5 = 0x1.a01a01a7b52c6p-16
	exp6 = 0x1.71de0a3c9481ap-19
	exp7 = 0x1.27e4d944d080dp-22
	exp8 = 0x1.af3f07233d0b7p-26
	exp9 = 0x1.1f769fe9b183cp-29
)

// expTail returns e^(r+c) - 1 - r, for |r| ≤ ½ ln 2 and c below the last place
// of r.
func expTail(r, c float64) float64 {
	r2 := float64(r * r)
	r4 := float64(r2 * r2)
	r8 := float64(r4 * r4)
	p01 := exp0 + float64(r*exp1)
	p23 := exp2 + float64(r*exp3)
	p45 := exp4 + float64(r*exp5)
	p67 := exp6 + float64(r*exp7)
	p89 := exp8 + float64(r*exp9)
	p03 := p01 + float64(r2*p23)
	p47 := p45 + float64(r2*p67)
	p := (p03 + float64(r4*p47)) + float64(r8*p89)
	return (float64(0.5*r2) + float64(float64(r*r2)*p)) + (c + float64(r*c))
}

// Expm1 returns e^x - 1.
func Expm1(x float64) float64 {
	if math.Abs(x) < tiny {
		return x
	}
	z := x
	if expMax < z {
		z = expMax
	}
	if expm1Min > z {
		z = expm1Min
	}
	shifted := float64(z*invLn2) + roundShift
	k := shifted - roundShift
	hi := z - float64(k*ln2Hi)
	lo := float64(k * ln2Lo)
	r := hi - lo
	tail := expTail(r, (hi-r)-lo)

	// s = 2^(k-1), and the result is 2·((s - ½) + s·r + s·tail): with half of
	// it there is no overflow before the end.
	s := math.Float64frombits(math.Float64bits(shifted)<<52 + 1022<<52)
	head := s - 0.5
	sr := float64(s * r)
	sum := head + sr
	err := sr - (sum - head)
	half := sum + (err + float64(s*tail))
	return half + half
}

// Exp returns e^x.
func Exp(x float64) float64 {
	switch {
	case x > expMax:
		return math.Inf(1)
	case x < expMin:
		return 0
	case x != x:
		return x
	}
	k, hi, lo := expSum(x, 0)
	return scale(hi+lo, k)
}

// expSum returns e^(x+c) as 2^k·(hi + lo), for expMin ≤ x ≤ expMax and c below
// the last place of x; lo is below the last place of hi but for the tail of
// the series.
func expSum(x, c float64) (k int, hi, lo float64) {
	shifted := float64(x*invLn2) + roundShift
	n := shifted - roundShift
	a := x - float64(n*ln2Hi)
	b := float64(n*ln2Lo) - c
	r := a - b
	hi, lo = fastTwoSum(1, r)
	return int(n), hi, lo + expTail(r, (a-r)-b)
}

// expm1Sum returns e^x - 1 as hi + lo, for |x| ≤ 64.
func expm1Sum(x float64) (hi, lo float64) {
	shifted := float64(x*invLn2) + roundShift
	n := shifted - roundShift
	a := x - float64(n*ln2Hi)
	b := float64(n * ln2Lo)
	r := a - b
	s := pow2(int(n))
	hi, lo = fastTwoSum(s-1, float64(s*r))
	return fastTwoSum(hi, lo+float64(s*expTail(r, (a-r)-b)))
}

// pow2 returns 2^k, for -1022 ≤ k ≤ 1023.
func pow2(k int) float64 { return math.Float64frombits(uint64(k+1023) << 52) }

// scale returns y·2^k rounded once, for 0.5 ≤ |y| ≤ 2 and |k| < 2000.
func scale(y float64, k int) float64 {
	half := k / 2
	return float64(float64(y*pow2(half)) * pow2(k-half))
}
