package connect

import (
	"fmt"
	"slices"
)

// SparseMatrix is a matrix of which only the entries that are given differ from
// 0. Those of row i are Start[i] … Start[i+1]−1, in rising order of columns;
// two entries in one place add up.
type SparseMatrix struct {
	Rows, Cols int
	Start      []int
	Col        []int32
	Value      []float64
}

// entry is one number of a matrix.
type entry struct {
	row, col int
	value    float64
}

// newSparse sorts entries by row, then column; those in one place keep their order.
func newSparse(rows, cols int, entries []entry) *SparseMatrix {
	slices.SortStableFunc(entries, func(a, b entry) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.col - b.col
	})
	m := &SparseMatrix{Rows: rows, Cols: cols, Start: make([]int, rows+1)}
	for _, e := range entries {
		m.Start[e.row+1]++
		m.Col = append(m.Col, int32(e.col))
		m.Value = append(m.Value, e.value)
	}
	for i := range rows {
		m.Start[i+1] += m.Start[i]
	}
	return m
}

// Diagonal is the matrix that multiplies value i by factor i.
func Diagonal(factors []float64) *SparseMatrix {
	entries := make([]entry, len(factors))
	for i, x := range factors {
		entries[i] = entry{i, i, x}
	}
	return newSparse(len(factors), len(factors), entries)
}

// Dense writes all entries out.
func (m *SparseMatrix) Dense() *Matrix {
	dense := NewMatrix(m.Rows, m.Cols)
	for i := range m.Rows {
		row := dense.Row(i)
		for k := m.Start[i]; k < m.Start[i+1]; k++ {
			row[m.Col[k]] += m.Value[k]
		}
	}
	return dense
}

// ScaledRows is the matrix with row i times factor i.
func (m *SparseMatrix) ScaledRows(factors []float64) *SparseMatrix {
	s := *m
	s.Value = slices.Clone(m.Value)
	for i, f := range factors {
		for k := s.Start[i]; k < s.Start[i+1]; k++ {
			s.Value[k] = float64(f * s.Value[k])
		}
	}
	return &s
}

// Columns lists the entries by column: those of column j are start[j] …
// start[j+1]−1, in rising order of rows.
func (m *SparseMatrix) Columns() (start []int, row []int32, value []float64) {
	start = make([]int, m.Cols+1)
	for _, j := range m.Col {
		start[j+1]++
	}
	for j := range m.Cols {
		start[j+1] += start[j]
	}
	row, value = make([]int32, len(m.Col)), make([]float64, len(m.Col))
	next := slices.Clone(start)
	for i := range m.Rows {
		for k := m.Start[i]; k < m.Start[i+1]; k++ {
			at := next[m.Col[k]]
			row[at], value[at] = int32(i), m.Value[k]
			next[m.Col[k]]++
		}
	}
	return start, row, value
}

// A SparseTransform is a transform most of whose matrix is 0.
type SparseTransform interface {
	Transform
	// Sparse gives the map as a sparse matrix, out × in.
	Sparse(in int) *SparseMatrix
}

// Sparse is a matrix given by its entries: Value[k], or one value for all, in row
// Row[k] and column Col[k]. Entries in one place add up.
type Sparse struct {
	Row, Col []int
	Value    []float64
	Out, In  int // its shape
}

// Shape implements Transform.
func (s Sparse) Shape(in int) (int, error) {
	if s.Out < 1 || s.In < 1 {
		return 0, fmt.Errorf("a sparse matrix of shape (%d, %d); give a shape of at least one row and column", s.Out, s.In)
	}
	if s.In != in {
		return 0, fmt.Errorf("the sparse matrix has %d columns, the source has %d values; give a shape of (target, source)", s.In, in)
	}
	if len(s.Row) != len(s.Col) || len(s.Value) != len(s.Row) && len(s.Value) != 1 {
		return 0, fmt.Errorf("%d rows, %d columns and %d values of a sparse matrix; give one of each for every entry", len(s.Row), len(s.Col), len(s.Value))
	}
	for k := range s.Row {
		if i, j := s.Row[k], s.Col[k]; i < 0 || i >= s.Out || j < 0 || j >= s.In {
			return 0, fmt.Errorf("entry %d of the sparse matrix is at (%d, %d), outside of its shape (%d, %d)", k, i, j, s.Out, s.In)
		}
	}
	return s.Out, nil
}

// Sparse implements SparseTransform.
func (s Sparse) Sparse(int) *SparseMatrix {
	entries := make([]entry, len(s.Row))
	for k := range entries {
		entries[k] = entry{s.Row[k], s.Col[k], s.Value[min(k, len(s.Value)-1)]}
	}
	return newSparse(s.Out, s.In, entries)
}

// Matrix implements Transform.
func (s Sparse) Matrix(in int) *Matrix { return s.Sparse(in).Dense() }

// Compact is the same matrix; sparse, where at most a quarter of its numbers
// differ from 0.
func (d Dense) Compact() Transform {
	if len(d) == 0 {
		return d
	}
	s := Sparse{Out: len(d), In: len(d[0])}
	for i, row := range d {
		for j, x := range row {
			if x != 0 {
				s.Row, s.Col, s.Value = append(s.Row, i), append(s.Col, j), append(s.Value, x)
			}
		}
		if len(row) != s.In || 4*len(s.Value) > len(d)*s.In {
			return d
		}
	}
	if len(s.Value) == 0 {
		return d
	}
	return s
}
