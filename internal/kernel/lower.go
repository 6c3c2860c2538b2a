package kernel

// Lower is the lower triangle of a square matrix, as strips of its rows: strip s holds
// rows 32s up to 32s + 31, column by column, up to the last that any of them reaches.
// What lies above the diagonal there is of no account. Rows that fill the last strip
// up are those of the unit matrix, which change nothing.
type Lower struct {
	n      int
	strips [][]float64
}

// NewLower makes an n × n matrix of zeros.
func NewLower(n int) *Lower {
	l := &Lower{n: n, strips: make([][]float64, strips(n))}
	memory := make([]float64, lowerBefore(len(l.strips)))
	for s := range l.strips {
		l.strips[s] = memory[lowerBefore(s):lowerBefore(s+1)]
	}
	for i := n; i < len(l.strips)*stripColumns; i++ {
		l.Set(i, i, 1)
	}
	return l
}

// lowerBefore is the number of elements of all strips before one.
func lowerBefore(s int) int { return stripColumns * stripColumns * s * (s + 1) / 2 }

// At is the element of row i and column j ≤ i.
func (l *Lower) At(i, j int) float64 {
	return l.strips[i/stripColumns][j*stripColumns+i%stripColumns]
}

// Set sets that element.
func (l *Lower) Set(i, j int, x float64) {
	l.strips[i/stripColumns][j*stripColumns+i%stripColumns] = x
}

// Picked is the matrix of some rows and columns of a symmetric matrix.
func (l *Lower) Picked(threads int, rows []int) *Lower {
	picked := NewLower(len(rows))
	memory := l.memory()
	start := make([]int, len(rows)) // of each row: its first element
	for k, i := range rows {
		start[k] = lowerBefore(i/stripColumns) + i%stripColumns
	}
	inParallel(threads, len(picked.strips), func(s int) {
		strip, first := picked.strips[s], s*stripColumns
		last := min(first+stripColumns, len(rows))
		for j := range last {
			to, column := strip[j*stripColumns:][:last-first], rows[j]
			for r, i := range rows[first:last] {
				at := start[first+r] + stripColumns*column
				if i < column {
					at = start[j] + stripColumns*i
				}
				to[r] = memory[at]
			}
		}
	})
	return picked
}

// memory is all strips, one after the other.
func (l *Lower) memory() []float64 {
	if len(l.strips) == 0 {
		return nil
	}
	return l.strips[0][:lowerBefore(len(l.strips))]
}

// Full is the whole of a symmetric matrix, row by row.
func (l *Lower) Full() []float64 {
	full := make([]float64, l.n*l.n)
	for i := range l.n {
		for j := range i + 1 {
			full[i*l.n+j] = l.At(i, j)
			full[j*l.n+i] = full[i*l.n+j]
		}
	}
	return full
}
