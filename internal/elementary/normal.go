package elementary

import "math"

// quantile is a ratio of two polynomials, coefficients in ascending order.
type quantile struct {
	numerator, denominator [8]float64
}

func (q *quantile) at(r float64) float64 {
	n, d := q.numerator[7], q.denominator[7]
	for i := 6; i >= 0; i-- {
		n = float64(n*r) + q.numerator[i]
		d = float64(d*r) + q.denominator[i]
	}
	return n / d
}

// The three ranges of algorithm AS 241, PPND16 (Wichura 1988, The percentage
// points of the normal distribution; doi:10.2307/2347330).
var (
	quantileCentral = quantile{
		[8]float64{
			3.3871328727963666080e0, 1.3314166789178437745e+2,
			1.9715909503065514427e+3, 1.3731693765509461125e+4,
			4.5921953931549871457e+4, 6.7265770927008700853e+4,
			3.3430575583588128105e+4, 2.5090809287301226727e+3,
		},
		[8]float64{
			1, 4.2313330701600911252e+1,
			6.8718700749205790830e+2, 5.3941960214247511077e+3,
			2.1213794301586595867e+4, 3.9307895800092710610e+4,
			2.8729085735721942674e+4, 5.2264952788528545610e+3,
		},
	}
	quantileMiddle = quantile{
		[8]float64{
			1.42343711074968357734e0, 4.63033784615654529590e0,
			5.76949722146069140550e0, 3.64784832476320460504e0,
			1.27045825245236838258e0, 2.41780725177450611770e-1,
			2.27238449892691845833e-2, 7.74545014278341407640e-4,
		},
		[8]float64{
			1, 2.05319162663775882187e0,
			1.67638483018380384940e0, 6.89767334985100004550e-1,
			1.48103976427480074590e-1, 1.51986665636164571966e-2,
			5.47593808499534494600e-4, 1.05075007164441684324e-9,
		},
	}
	quantileTail = quantile{
		[8]float64{
			6.65790464350110377720e0, 5.46378491116411436990e0,
			1.78482653991729133580e0, 2.96560571828504891230e-1,
			2.65321895265761230930e-2, 1.24266094738807843860e-3,
			2.71155556874348757815e-5, 2.01033439929228813265e-7,
		},
		[8]float64{
			1, 5.99832206555887937690e-1,
			1.36929880922735805310e-1, 1.48753612908506148525e-2,
			7.86869131145613259100e-4, 1.84631831751005468180e-5,
			1.42151175831644588870e-7, 2.04426310338993978564e-15,
		},
	}
)

// NormalQuantile returns the x below which a standard normal variable is with
// probability p: -Inf at 0, +Inf at 1, NaN outside.
func NormalQuantile(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0:
		return math.Inf(-1)
	case p == 1:
		return math.Inf(1)
	}
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		return float64(q * quantileCentral.at(0.180625-float64(q*q)))
	}
	r := p
	if q > 0 {
		r = 1 - p
	}
	r = math.Sqrt(-Log(r))
	var x float64
	if r <= 5 {
		x = quantileMiddle.at(r - 1.6)
	} else {
		x = quantileTail.at(r - 5)
	}
	return math.Copysign(x, q)
}

// NormalBelow is the probability that a normal number is below x, by bisection of
// NormalQuantile, so that the two belong together to the last bit.
func NormalBelow(x, mean, std float64) float64 {
	low, high := 0.0, 1.0
	if math.IsInf(x, 0) {
		return max(math.Copysign(1, x), 0)
	}
	for {
		middle := (low + high) / 2
		if middle == low || middle == high {
			return low
		}
		if mean+float64(std*NormalQuantile(middle)) < x {
			low = middle
		} else {
			high = middle
		}
	}
}
