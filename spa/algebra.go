package spa

import (
	"fmt"

	"soma/connect"
)

// An Algebra says what binding is. Superposition is the sum of vectors in all of
// them, similarity the dot product.
type Algebra interface {
	// Name as in model files.
	Name() string
	// Check says why vectors of a length cannot be bound; nil if they can.
	Check(dimensions int) error
	// Bind gives a ⊛ b.
	Bind(a, b []float64) []float64
	// Identity is the vector e with a ⊛ e = a.
	Identity(dimensions int) []float64
	// Inverse gives the elements, in order, that make up the approximate inverse
	// ~b, with a ⊛ b ⊛ ~b ≈ a.
	Inverse(dimensions int) []int
	// Unitary gives the unitary vector nearest in kind to v: its approximate
	// inverse is exact, and binding with it keeps lengths.
	Unitary(v []float64) []float64
	// BindLeft and BindRight are the matrices of x → v ⊛ x and of x → x ⊛ v.
	BindLeft(v []float64) connect.Dense
	BindRight(v []float64) connect.Dense
	// Products gives matrices with a ⊛ b = out ((A a) ∘ (B b)), and the largest
	// factor to be expected of vectors of length 1: how neurons bind.
	Products(dimensions int) (a, b, out connect.Dense, magnitude float64)
}

// algebras are those known by name.
var algebras = []Algebra{HRR{}, VTB{}}

// AlgebraNamed gives an algebra by its name, "HRR" or "VTB".
func AlgebraNamed(name string) (Algebra, error) {
	for _, a := range algebras {
		if a.Name() == name {
			return a, nil
		}
	}
	return nil, fmt.Errorf("there is no algebra %q; give \"HRR\" or \"VTB\"", name)
}

// inverted applies an inverse to a vector.
func inverted(a Algebra, v []float64) []float64 {
	out := make([]float64, len(v))
	for i, j := range a.Inverse(len(v)) {
		out[i] = v[j]
	}
	return out
}

// invertedColumns makes a matrix take the inverse of its vector.
func invertedColumns(a Algebra, m connect.Dense) connect.Dense {
	out := make(connect.Dense, len(m))
	for r, row := range m {
		out[r] = make([]float64, len(row))
		for i, j := range a.Inverse(len(row)) {
			out[r][j] = row[i]
		}
	}
	return out
}

func transposed(m [][]float64) connect.Dense {
	t := make(connect.Dense, len(m[0]))
	for i := range t {
		t[i] = make([]float64, len(m))
		for j := range m {
			t[i][j] = m[j][i]
		}
	}
	return t
}
