package elementary

import "math"

// A positive number is m·2^k with m between √½ and √2, both included in the
// limits of rounding: adding logShift to its bits carries into the exponent
// just where m reaches √2.
const (
	sqrtHalfBits = 0x3fe6a09e667f3bcd
	oneBits      = 0x3ff0000000000000
	logShift     = oneBits - sqrtHalfBits
	mantissaMask = 1<<52 - 1
)

// Polynomial for (log((1+s)/(1-s))/s - 2)/s² in z = s², 0 ≤ z ≤ 0.02945.
const (
	log0 = 0x1.5555555555558p-1
	log1 = 0x1.99999999952f0p-2
	log2 = 0x1.2492492df537ep-2
	log3 = 0x1.c71c62de0a668p-3
	log4 = 0x1.7462b71757679p-3
	log5 = 0x1.39fe0b414e4c8p-3
	log6 = 0x1.2b5c8113ac354p-3
)

// logSeries returns log((1+s)/(1-s))/s - 2 for z = s².
func logSeries(z float64) float64 {
	z2 := float64(z * z)
	z4 := float64(z2 * z2)
	p01 := log0 + float64(z*log1)
	p23 := log2 + float64(z*log3)
	p45 := log4 + float64(z*log5)
	p03 := p01 + float64(z2*p23)
	p46 := p45 + float64(z2*log6)
	return float64(z * (p03 + float64(z4*p46)))
}

// LogRatio returns -log(1 - p/q) where that is at most ½ ln 2, with a single
// division and within 2 units in the last place, as 2 artanh of s = p/(2q-p). For
// larger p/q and for p/q < 0 it is another number, but not one between 0 and ½ ln 2.
func LogRatio(p, q float64) float64 {
	s := p / ((q + q) - p)
	return (s + s) + float64(s*logSeries(float64(s*s)))
}

// logKernel returns k·ln 2 + log(1+f) + c, for √½ ≤ 1 + f ≤ √2. With
// s = f/(2+f), log(1+f) = 2 artanh s = f - (f²/2 - s·(f²/2 + R(s²))).
func logKernel(k, f, c float64) float64 {
	s := f / (2 + f)
	rest := logSeries(float64(s * s))

	square := float64(float64(0.5*f) * f)
	tail := float64(s*(square+rest)) + (float64(k*ln2Lo) + c)
	head := float64(k * ln2Hi)
	sum := head + f
	err := f - (sum - head)
	return sum + (err - (square - tail))
}

// Log1p returns log(1+x).
func Log1p(x float64) float64 {
	switch {
	case math.Abs(x) < tiny:
		return x
	case x == -1:
		return math.Inf(-1)
	case x < -1:
		return math.NaN()
	case x > math.MaxFloat64 || x != x:
		return x
	}
	// 1 + x = u + lost, exactly.
	u := 1 + x
	b := u - 1
	lost := (1 - (u - b)) + (x - b)

	// u = 2^k·m; n = k + 1023.
	t := math.Float64bits(u) + logShift
	n := t >> 52
	m := math.Float64frombits(t&mantissaMask + sqrtHalfBits)
	k := math.Float64frombits(n|0x433<<52) - (0x1p52 + 1023)

	// What was lost, divided by 2^k. Where 2^-k would not be a normal number,
	// what was lost does not matter.
	if n > 2045 {
		n = 2045
	}
	lost = float64(lost * math.Float64frombits((2046-n)<<52))
	g := m - 1
	f := g + lost
	c := lost - (f - g)
	return logKernel(k, f, c-float64(c*f))
}

// Log returns the natural logarithm of x.
func Log(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case x < 0:
		return math.NaN()
	case x > math.MaxFloat64 || x != x:
		return x
	}
	m, k := split(x)
	return logKernel(k, m-1, 0)
}

// split returns a positive finite x as m·2^k with m between √½ and √2.
func split(x float64) (m, k float64) {
	bias := 1023.0
	if x < 0x1p-1022 {
		x *= 0x1p54
		bias += 54
	}
	t := math.Float64bits(x) + logShift
	m = math.Float64frombits(t&mantissaMask + sqrtHalfBits)
	return m, float64(t>>52) - bias
}
