package connect

import (
	"fmt"

	"soma/dist"
	"soma/internal/rng"
)

// RandomMatrix is a matrix whose entries are drawn. What is drawn follows from the
// seed of the network and the path of the connection.
type RandomMatrix struct {
	Rows, Cols int
	From       dist.Distribution
}

// Shape implements Transform.
func (r RandomMatrix) Shape(in int) (int, error) {
	switch {
	case r.Rows < 1 || r.Cols < 1 || r.Rows > maxSize || r.Cols > maxSize:
		return 0, fmt.Errorf("a matrix of shape (%d, %d); give numbers from 1 to %d", r.Rows, r.Cols, maxSize)
	case r.Cols != in:
		return 0, fmt.Errorf("the matrix has %d columns, the source has %d values; give a shape of (target, source)", r.Cols, in)
	case r.From == nil:
		return 0, fmt.Errorf("a matrix of nothing; give a distribution to draw it from")
	}
	if problems := dist.Check(r.From); problems != nil {
		return 0, fmt.Errorf("%s: %s; %s", problems[0].Field, problems[0].Problem, problems[0].Remedy)
	}
	return r.Rows, nil
}

// Matrix implements Transform; before it is drawn all entries are 0.
func (r RandomMatrix) Matrix(int) *Matrix { return NewMatrix(r.Rows, r.Cols) }

// Drawn implements Drawer.
func (r RandomMatrix) Drawn(stream rng.Stream) (Transform, error) {
	values, err := r.From.Draw(stream, r.Rows*r.Cols, 1)
	if err != nil {
		return nil, err
	}
	if len(values) != r.Rows*r.Cols {
		return nil, fmt.Errorf("the distribution gave %d values, %d needed", len(values), r.Rows*r.Cols)
	}
	rows := make(Dense, r.Rows)
	for i := range rows {
		rows[i] = values[i*r.Cols : (i+1)*r.Cols]
	}
	return rows, nil
}
