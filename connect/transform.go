package connect

import "fmt"

// A Transform is a linear map from the (decoded) values of the source of a
// connection to its target.
type Transform interface {
	// Shape gives the number of outputs for a source of in values, or an error
	// that says which sources it fits.
	Shape(in int) (out int, err error)
	// Matrix gives the map as a matrix, out × in.
	Matrix(in int) *Matrix
}

// Scale multiplies every value by one number.
type Scale float64

// Shape implements Transform.
func (s Scale) Shape(in int) (int, error) { return in, nil }

// Matrix implements Transform.
func (s Scale) Matrix(in int) *Matrix {
	m := NewMatrix(in, in)
	for i := range in {
		m.Data[i*in+i] = float64(s)
	}
	return m
}

// Dense is a matrix, one row per output.
type Dense [][]float64

// Shape implements Transform.
func (d Dense) Shape(in int) (int, error) {
	if len(d) == 0 {
		return 0, fmt.Errorf("the matrix is empty; give one row per value of the target")
	}
	for i, row := range d {
		if len(row) != in {
			return 0, fmt.Errorf("row %d of the matrix has %d columns, the source has %d values; give a matrix of shape (target, source)", i, len(row), in)
		}
	}
	return len(d), nil
}

// Matrix implements Transform.
func (d Dense) Matrix(in int) *Matrix {
	m := NewMatrix(len(d), in)
	for i, row := range d {
		copy(m.Row(i), row)
	}
	return m
}
