package elementary

import "math"

// Polynomials for (sin r - r)/r³ and (cos r - 1 + r²/2)/r⁴ in z = r², 0 ≤ z ≤ 0.617.
const (
	sin0 = -0x1.5555555555555p-3
	sin1 = 0x1.111111111101ep-7
	sin2 = -0x1.a01a019fe8860p-13
	sin3 = 0x1.71de3a1036cf3p-19
	sin4 = -0x1.ae63f7fe9937ap-26
	sin5 = 0x1.60e5cb5fed7acp-33
	sin6 = -0x1.8d514ec443d4ep-41

	cos0 = 0x1.5555555555555p-5
	cos1 = -0x1.6c16c16c168ccp-10
	cos2 = 0x1.a01a019f38ae3p-16
	cos3 = -0x1.27e4fa036a804p-22
	cos4 = 0x1.1eeb584d680ffp-29
	cos5 = -0x1.9073d1dd1bb2cp-37
)

// sinSum returns sin(r + c) as hi + lo, for |r| ≤ π/4 and c below the last
// place of r.
func sinSum(r, c float64) (hi, lo float64) {
	z := float64(r * r)
	z2 := float64(z * z)
	z4 := float64(z2 * z2)
	p01 := sin0 + float64(z*sin1)
	p23 := sin2 + float64(z*sin3)
	p45 := sin4 + float64(z*sin5)
	p46 := p45 + float64(z2*sin6)
	p := (p01 + float64(z2*p23)) + float64(z4*p46)
	return r, float64(float64(z*r)*p) + (c - float64(float64(0.5*z)*c))
}

// cosSum returns cos(r + c) as hi + lo, for |r| ≤ π/4 and c below the last
// place of r.
func cosSum(r, c float64) (hi, lo float64) {
	z := float64(r * r)
	z2 := float64(z * z)
	z4 := float64(z2 * z2)
	p01 := cos0 + float64(z*cos1)
	p23 := cos2 + float64(z*cos3)
	p45 := cos4 + float64(z*cos5)
	p := (p01 + float64(z2*p23)) + float64(z4*p45)
	half := float64(0.5 * z)
	hi = 1 - half
	return hi, ((1 - hi) - half) + (float64(z2*p) - float64(r*c))
}

// Sin returns the sine of x, an angle of any size.
func Sin(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	if math.Abs(x) < 0x1p-27 {
		return x
	}
	q, r, c := reduce(x)
	var hi, lo float64
	if q&1 == 0 {
		hi, lo = sinSum(r, c)
	} else {
		hi, lo = cosSum(r, c)
	}
	if q&2 != 0 {
		return -(hi + lo)
	}
	return hi + lo
}

// Cos returns the cosine of x, an angle of any size.
func Cos(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	q, r, c := reduce(x)
	var hi, lo float64
	if q&1 == 0 {
		hi, lo = cosSum(r, c)
	} else {
		hi, lo = sinSum(r, c)
	}
	if (q+1)&2 != 0 {
		return -(hi + lo)
	}
	return hi + lo
}

// Tan returns the tangent of x, an angle of any size.
func Tan(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	if math.Abs(x) < 0x1p-27 {
		return x
	}
	q, r, c := reduce(x)
	sh, sl := fastTwoSum(sinSum(r, c))
	ch, cl := fastTwoSum(cosSum(r, c))
	cl -= float64(0.5 * math.FMA(r, r, -float64(r*r))) // the rounding of r² in cosSum
	if q&1 == 0 {
		hi, lo := divide(sh, sl, ch, cl)
		return hi + lo
	}
	hi, lo := divide(-ch, -cl, sh, sl)
	return hi + lo
}
