package stats

import (
	"math"
	"math/bits"

	"soma/internal/elementary"
)

// transform replaces x by its discrete Fourier transform Σ x_k·exp(−2πi·jk/n), n a
// power of two (Cooley & Tukey, Math. Comput. 19:297, 1965).
func transform(x []complex128) {
	n := len(x)
	shift := 64 - bits.TrailingZeros(uint(n))
	for i := range x {
		if j := int(bits.Reverse64(uint64(i)) >> shift); n > 1 && i < j {
			x[i], x[j] = x[j], x[i]
		}
	}
	for half := 1; half < n; half *= 2 {
		for k := range half {
			angle := -math.Pi * float64(k) / float64(half)
			w := complex(elementary.Cos(angle), elementary.Sin(angle))
			for i := k; i < n; i += 2 * half {
				a, b := x[i], times(w, x[i+half])
				x[i], x[i+half] = a+b, a-b
			}
		}
	}
}

// times multiplies without fusing products and sums, which some machines do.
func times(a, b complex128) complex128 {
	return complex(
		float64(real(a)*real(b))-float64(imag(a)*imag(b)),
		float64(real(a)*imag(b))+float64(imag(a)*real(b)))
}
