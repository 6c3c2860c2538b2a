package spa

import (
	"math"

	"soma/connect"
	"soma/internal/elementary"
	"soma/nef"
)

// HRR is the algebra of holographic reduced representations: binding is circular
// convolution (T. Plate, Holographic Reduced Representation, 2003). Binding is
// commutative.
type HRR struct{}

// Name implements Algebra.
func (HRR) Name() string { return "HRR" }

// Check implements Algebra: any length will do.
func (HRR) Check(int) error { return nil }

// Bind implements Algebra.
func (HRR) Bind(a, b []float64) []float64 {
	d := len(a)
	c := make([]float64, d)
	for i := range c {
		sum := 0.0
		for j, x := range a {
			k := i - j
			if k < 0 {
				k += d
			}
			sum += float64(x * b[k])
		}
		c[i] = sum
	}
	return c
}

// Identity implements Algebra.
func (HRR) Identity(d int) []float64 {
	e := make([]float64, d)
	e[0] = 1
	return e
}

// Inverse implements Algebra: all elements but the first in reverse order.
func (HRR) Inverse(d int) []int {
	index := make([]int, d)
	for i := range index {
		index[i] = (d - i) % d
	}
	return index
}

// Unitary implements Algebra: every Fourier coefficient is scaled to 1.
func (HRR) Unitary(v []float64) []float64 {
	d := len(v)
	cos, sin := make([]float64, d), make([]float64, d)
	for k := range d {
		angle := float64(2*math.Pi*float64(k)) / float64(d)
		cos[k], sin[k] = elementary.Cos(angle), elementary.Sin(angle)
	}
	out := make([]float64, d)
	for k := range d {
		re, im := 0.0, 0.0
		for n, x := range v {
			re += float64(x * cos[k*n%d])
			im -= float64(x * sin[k*n%d])
		}
		size := math.Sqrt(float64(re*re) + float64(im*im))
		if size < 1e-12 {
			re, im, size = 1, 0, 1
		}
		if k == 0 || 2*k == d { // real, whatever the rounding
			im, size = 0, math.Abs(re)
		}
		re, im = re/size, im/size
		for n := range out {
			out[n] += (float64(re*cos[k*n%d]) - float64(im*sin[k*n%d])) / float64(d)
		}
	}
	return out
}

// BindLeft implements Algebra.
func (HRR) BindLeft(v []float64) connect.Dense {
	d := len(v)
	m := make(connect.Dense, d)
	for i := range m {
		m[i] = make([]float64, d)
		for j := range d {
			m[i][j] = v[(i-j+d)%d]
		}
	}
	return m
}

// BindRight implements Algebra.
func (h HRR) BindRight(v []float64) connect.Dense { return h.BindLeft(v) }

// Products implements Algebra. Fourier coefficients are about 1, seldom above 2.
func (HRR) Products(d int) (a, b, out connect.Dense, magnitude float64) {
	a, b, out = nef.ConvolutionTransforms(d)
	return a, b, out, 2
}
