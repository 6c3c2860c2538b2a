package spa

import (
	"fmt"
	"math"

	"soma/connect"
)

// VTB is the algebra of vector-derived transformation binding (J. Gosmann and C.
// Eliasmith, "Vector-derived transformation binding", Neural Comput.
// 31:849–869, 2019). A vector of d = s² elements is taken as an s × s matrix, row
// by row, and a ⊛ b = √s A Bᵀ. Binding is neither commutative nor associative; it
// keeps bound vectors apart better than HRR, and takes d√d products of neurons.
type VTB struct{}

// Name implements Algebra.
func (VTB) Name() string { return "VTB" }

// side is the root of a square number, rounded down.
func side(d int) int {
	s := 0
	for (s+1)*(s+1) <= d {
		s++
	}
	return s
}

// Check implements Algebra.
func (VTB) Check(d int) error {
	if s := side(d); s*s != d {
		return fmt.Errorf("%d dimensions are no square, as VTB needs; give %d or %d", d, s*s, (s+1)*(s+1))
	}
	return nil
}

// Bind implements Algebra.
func (VTB) Bind(a, b []float64) []float64 {
	s := side(len(a))
	factor := math.Sqrt(float64(s))
	c := make([]float64, len(a))
	for i := range s {
		for j := range s {
			sum := 0.0
			for k := range s {
				sum += float64(a[i*s+k] * b[j*s+k])
			}
			c[i*s+j] = float64(factor * sum)
		}
	}
	return c
}

// Identity implements Algebra. It is one from the right only.
func (VTB) Identity(d int) []float64 {
	s := side(d)
	e := make([]float64, d)
	for i := range s {
		e[i*s+i] = 1 / math.Sqrt(float64(s))
	}
	return e
}

// Inverse implements Algebra: the transposed matrix.
func (VTB) Inverse(d int) []int {
	s := side(d)
	index := make([]int, d)
	for i := range s {
		for j := range s {
			index[i*s+j] = j*s + i
		}
	}
	return index
}

// Unitary implements Algebra: rows are made orthogonal, one after the other.
func (VTB) Unitary(v []float64) []float64 {
	s := side(len(v))
	out := append([]float64(nil), v...)
	for i := range s {
		row := out[i*s : (i+1)*s]
		for range 2 { // twice, for what rounding left
			for j := range i {
				before := out[j*s : (j+1)*s]
				along := float64(dot(row, before) * float64(s))
				for k := range row {
					row[k] -= float64(along * before[k])
				}
			}
		}
		length := math.Sqrt(float64(dot(row, row) * float64(s)))
		for k := range row {
			row[k] /= length
		}
	}
	return out
}

// BindLeft implements Algebra.
func (VTB) BindLeft(v []float64) connect.Dense {
	s := side(len(v))
	factor := math.Sqrt(float64(s))
	m := zeros(len(v), len(v))
	for i := range s {
		for j := range s {
			for k := range s {
				m[i*s+j][j*s+k] = float64(factor * v[i*s+k])
			}
		}
	}
	return m
}

// BindRight implements Algebra.
func (VTB) BindRight(v []float64) connect.Dense {
	s := side(len(v))
	factor := math.Sqrt(float64(s))
	m := zeros(len(v), len(v))
	for i := range s {
		for j := range s {
			for k := range s {
				m[i*s+j][i*s+k] = float64(factor * v[j*s+k])
			}
		}
	}
	return m
}

// Products implements Algebra. Elements of a unit vector are about 1/√d.
func (VTB) Products(d int) (a, b, out connect.Dense, magnitude float64) {
	s := side(d)
	factor := math.Sqrt(float64(s))
	n := s * d
	a, b, out = zeros(n, d), zeros(n, d), zeros(d, n)
	p := 0
	for i := range s {
		for j := range s {
			for k := range s {
				a[p][i*s+k], b[p][j*s+k], out[i*s+j][p] = 1, 1, factor
				p++
			}
		}
	}
	return a, b, out, min(1, 4/math.Sqrt(float64(d)))
}

func zeros(rows, cols int) connect.Dense {
	m := make(connect.Dense, rows)
	for i := range m {
		m[i] = make([]float64, cols)
	}
	return m
}

// dot sums the products of elements in their order.
func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += float64(x * b[i])
	}
	return sum
}

func length(v []float64) float64 { return math.Sqrt(dot(v, v)) }
