package kernel

import "soma/internal/elementary"

// Expm1 sets dst[i] to elementary.Expm1(src[i]). dst and src are as long as
// each other, and may be the same slice.
func Expm1(level Level, dst, src []float64) {
	src = src[:len(dst)]
	done := 0
	if level.usable() > Portable {
		done = expm1Vector(level.usable(), dst, src)
	}
	for i := done; i < len(dst); i++ {
		dst[i] = elementary.Expm1(src[i])
	}
}

// Log1p sets dst[i] to elementary.Log1p(src[i]). dst and src are as long as
// each other, and may be the same slice.
func Log1p(level Level, dst, src []float64) {
	src = src[:len(dst)]
	done := 0
	if level.usable() > Portable {
		done = log1pVector(level.usable(), dst, src)
	}
	for i := done; i < len(dst); i++ {
		dst[i] = elementary.Log1p(src[i])
	}
}

// Axpy adds a·x[i] to y[i]. x is as long as y.
func Axpy(level Level, y []float64, a float64, x []float64) {
	x = x[:len(y)]
	done := 0
	if level.usable() > Portable {
		done = axpyVector(level.usable(), y, a, x)
	}
	for i := done; i < len(y); i++ {
		y[i] += float64(a * x[i])
	}
}

// Affine sets y[i] to a[i]·y[i] + b[i]. All slices are as long as y.
func Affine(level Level, y, a, b []float64) {
	a, b = a[:len(y)], b[:len(y)]
	done := 0
	if level.usable() > Portable {
		done = affineVector(level.usable(), y, a, b)
	}
	for i := done; i < len(y); i++ {
		y[i] = float64(a[i]*y[i]) + b[i]
	}
}

// Extremes lowers low[i] and raises high[i] to x[i]. All slices are as long as x.
func Extremes(level Level, low, high, x []float64) {
	low, high = low[:len(x)], high[:len(x)]
	done := 0
	if level.usable() > Portable {
		done = extremesVector(level.usable(), low, high, x)
	}
	for i := done; i < len(x); i++ {
		if x[i] < low[i] {
			low[i] = x[i]
		}
		if x[i] > high[i] {
			high[i] = x[i]
		}
	}
}

// dotLanes is the number of sums that Dot keeps.
const dotLanes = 32

// Dot returns the sum of x[i]·y[i]. x is as long as y.
//
// The order of summation is fixed: product i is added to sum i mod 32, in
// ascending order of i; then the upper half of the sums is added to the lower
// half, sum by sum, until one is left.
func Dot(level Level, x, y []float64) float64 {
	y = y[:len(x)]
	var sums [dotLanes]float64
	done := 0
	if level.usable() > Portable {
		done = dotVector(level.usable(), &sums, x, y)
	}
	for i := done; i < len(x); i++ {
		sums[i%dotLanes] += float64(x[i] * y[i])
	}
	for half := dotLanes / 2; half > 0; half /= 2 {
		for i := range half {
			sums[i] += sums[half+i]
		}
	}
	return sums[0]
}

// Lowpass sets y[i] to a·y[i] + b·x[i]: a first-order lowpass filter if
// a = e^(-dt/τ) and b = 1 - a. x is as long as y.
func Lowpass(level Level, y, x []float64, a, b float64) {
	x = x[:len(y)]
	done := 0
	if level.usable() > Portable {
		done = lowpassVector(level.usable(), y, x, a, b)
	}
	for i := done; i < len(y); i++ {
		y[i] = float64(a*y[i]) + float64(b*x[i])
	}
}

// callLimit is the number of elements of one call of assembly.
const callLimit = 4096

// blocks calls f for the parts of [0, n) of at most callLimit elements, n
// rounded down to a multiple of step, and returns n so rounded.
func blocks(n, step int, f func(from, to int)) int {
	n -= n % step
	for from := 0; from < n; from += callLimit {
		f(from, min(from+callLimit, n))
	}
	return n
}
