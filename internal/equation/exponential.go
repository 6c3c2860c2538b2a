package equation

import (
	"math"
	"slices"
)

// matrix is n × n, row by row.
type matrix struct {
	n int
	a []float64
}

func newMatrix(n int) matrix { return matrix{n, make([]float64, n*n)} }

func (m matrix) at(i, j int) *float64 { return &m.a[i*m.n+j] }

// times multiplies; each sum runs over the columns in order.
func (m matrix) times(o matrix) matrix {
	p := newMatrix(m.n)
	for i := range m.n {
		for k := range m.n {
			x := *m.at(i, k)
			if x == 0 {
				continue
			}
			for j := range m.n {
				*p.at(i, j) += float64(x * *o.at(k, j))
			}
		}
	}
	return p
}

// norm is the largest sum of a row.
func (m matrix) norm() (largest float64) {
	for i := range m.n {
		sum := 0.0
		for j := range m.n {
			sum += math.Abs(*m.at(i, j))
		}
		largest = max(largest, sum)
	}
	return largest
}

// terms of the Taylor series: with a norm of at most ½ the rest is below 1e-20.
const terms = 17

// exponential returns e^m: a Taylor series of m/2^k, squared k times. The matrix
// is balanced first, as its elements have units of many magnitudes.
func (m matrix) exponential() matrix {
	scale := m.balance()
	halvings := 0
	for norm := m.norm(); norm > 0.5 && halvings < 1000; norm /= 2 {
		halvings++
	}
	factor := math.Ldexp(1, -halvings)
	for i := range m.a {
		m.a[i] *= factor
	}
	// Horner's scheme: 1 + m(1 + m/2 (1 + m/3 (…))).
	sum := identity(m.n)
	for k := terms; k > 0; k-- {
		sum = m.times(sum)
		for i := range sum.a {
			sum.a[i] /= float64(k)
		}
		for i := range m.n {
			*sum.at(i, i) += 1
		}
	}
	for range halvings {
		square := sum.times(sum)
		if slices.Equal(square.a, sum.a) || !square.finite() {
			break // nothing more happens, however large m is
		}
		sum = square
	}
	for i := range m.n {
		for j := range m.n {
			*sum.at(i, j) *= math.Ldexp(1, scale[i]-scale[j])
		}
	}
	return sum
}

func (m matrix) finite() bool {
	for _, x := range m.a {
		if !finite(x) {
			return false
		}
	}
	return true
}

func identity(n int) matrix {
	m := newMatrix(n)
	for i := range n {
		*m.at(i, i) = 1
	}
	return m
}

// balance scales rows and columns by powers of two, m ← D⁻¹ m D with
// D = 2^scale, so that they become alike (E. E. Osborne, J. ACM 7:338, 1960). A
// row or column of zeros is one end of a chain; the other then becomes as small
// as its diagonal.
func (m matrix) balance() (scale []int) {
	scale = make([]int, m.n)
	for range 50 {
		changed := false
		for i := range m.n {
			row, column := 0.0, 0.0
			for j := range m.n {
				if j != i {
					row += math.Abs(*m.at(i, j))
					column += math.Abs(*m.at(j, i))
				}
			}
			shift := balancing(row, column, math.Abs(*m.at(i, i)))
			if shift == 0 || scale[i]+shift > 1000 || scale[i]+shift < -1000 {
				continue
			}
			changed = true
			scale[i] += shift
			for j := range m.n {
				if j != i {
					*m.at(i, j) *= math.Ldexp(1, -shift)
					*m.at(j, i) *= math.Ldexp(1, shift)
				}
			}
		}
		if !changed {
			break
		}
	}
	return scale
}

// balancing is the power of two for a row to be divided and a column to be
// multiplied by.
func balancing(row, column, diagonal float64) int {
	wanted := max(diagonal, 0x1p-10)
	_, r := math.Frexp(row)
	_, c := math.Frexp(column)
	_, w := math.Frexp(wanted)
	switch {
	case !finite(row) || !finite(column) || row == 0 && column == 0:
		return 0
	case row == 0:
		return min(w-c, 0)
	case column == 0:
		return max(r-w, 0)
	}
	return (r - c) / 2
}

// propagators solves x' = A x + u over a step h for constant u: x(h) = P x(0) +
// Q u. Both are blocks of one matrix exponential.
func propagators(a matrix, h float64) (p, q matrix) {
	n := a.n
	big := newMatrix(2 * n)
	for i := range n {
		for j := range n {
			*big.at(i, j) = float64(*a.at(i, j) * h)
		}
		*big.at(i, n+i) = h
	}
	e := big.exponential()
	p, q = newMatrix(n), newMatrix(n)
	for i := range n {
		for j := range n {
			*p.at(i, j), *q.at(i, j) = *e.at(i, j), *e.at(i, n+j)
		}
	}
	return p, q
}
