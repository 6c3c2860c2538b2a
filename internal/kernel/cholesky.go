package kernel

import "math"

// Factor replaces a symmetric positive definite matrix A by L, where A = LLᵀ. It
// returns false, and leaves the matrix half done, if that is not positive definite.
// The order of operations is that of
//
//	for j := range n {
//		for i := j; i < n; i++ {
//			s := a[i][j]
//			for k := range j {
//				s -= float64(a[i][k] * a[j][k])
//			}
//			if i == j {
//				a[j][j] = math.Sqrt(s)
//			} else {
//				a[i][j] = s / a[j][j]
//			}
//		}
//	}
//
// It may use several threads; the result is the same.
func (l *Lower) Factor(level Level, threads int) bool {
	level = level.usable()
	for s := range l.strips {
		if !l.factorDiagonal(level, s) {
			return false
		}
		rest := len(l.strips) - s - 1
		some := threads
		if rest*s < threads*blocksPerThread {
			some = 1
		}
		inParallel(some, rest, func(k int) { l.solveStrip(level, s, l.strips[s+1+k]) })
	}
	return true
}

// blocksPerThread is the least number of products of 32 × 32 elements that is worth a
// thread of its own.
const blocksPerThread = 8

// factorDiagonal factors the square at the diagonal of a strip, of whose rows all
// before it is known.
func (l *Lower) factorDiagonal(level Level, s int) bool {
	strip := l.strips[s]
	l.subtractKnown(level, s, strip)
	square := strip[s*stripColumns*stripColumns:]
	for first := 0; first < stripColumns; first += tileRows {
		tile := square[first*stripColumns:][:tileRows*stripColumns]
		subtractTile(level, tile, square[first:], square[:first*stripColumns])
		for k := range tileRows {
			column := tile[k*stripColumns:][:stripColumns]
			if !(column[first+k] > 0) {
				return false
			}
			root := math.Sqrt(column[first+k])
			column[first+k] = root
			for i := first + k + 1; i < stripColumns; i++ {
				column[i] /= root
			}
			for j := k + 1; j < tileRows; j++ {
				Axpy(level, tile[j*stripColumns:][:stripColumns], -column[first+j], column)
			}
		}
	}
	return true
}

// solveStrip solves L X = B for the unknowns of strip s, when those before them are
// known. A strip of L itself is such a B, since what is right of it is transposed.
func (l *Lower) solveStrip(level Level, s int, b []float64) {
	l.subtractKnown(level, s, b)
	square := l.strips[s][s*stripColumns*stripColumns:]
	x := b[s*stripColumns*stripColumns:][:stripColumns*stripColumns]
	for first := 0; first < stripColumns; first += tileRows {
		tile := x[first*stripColumns:][:tileRows*stripColumns]
		subtractTile(level, tile, square[first:], x[:first*stripColumns])
		solveTile(level, tile, square[first*stripColumns+first:])
	}
}

// subtractKnown subtracts, from the rows of b that are the unknowns of strip s, the
// products of L with those before, some at a time so that these stay in the cache.
func (l *Lower) subtractKnown(level Level, s int, b []float64) {
	strip, end := l.strips[s], s*stripColumns*stripColumns
	for from := 0; from < end; from += panelRows * stripColumns {
		to := min(from+panelRows*stripColumns, end)
		for first := 0; first < stripColumns; first += tileRows {
			subtractTile(level, b[end+first*stripColumns:][:tileRows*stripColumns], strip[from+first:], b[from:to])
		}
	}
}

// Solve solves LLᵀ X = B in place, where b is n × width, row by row. The order of
// operations is that of
//
//	for i := range n {
//		for j := range i {
//			b[i] -= float64(l[i][j] * b[j])
//		}
//		b[i] /= l[i][i]
//	}
//	for i := n - 1; i >= 0; i-- {
//		for j := n - 1; j > i; j-- {
//			b[i] -= float64(l[j][i] * b[j])
//		}
//		b[i] /= l[i][i]
//	}
//
// in every column of b. It may use several threads; the result is the same.
func (l *Lower) Solve(level Level, threads int, b []float64, width int) {
	level = level.usable()
	turned := l.turned(threads)
	rows := len(l.strips) * stripColumns
	inParallel(threads, strips(width), func(k int) {
		first := k * stripColumns
		columns := min(stripColumns, width-first)
		x := make([]float64, rows*stripColumns)
		for i := range l.n {
			copy(x[i*stripColumns:], b[i*width+first:][:columns])
		}
		for s := range l.strips {
			l.solveStrip(level, s, x)
		}
		reverseRows(x)
		for s := range l.strips {
			turned.solveStrip(level, s, x)
		}
		reverseRows(x)
		for i := range l.n {
			copy(b[i*width+first:][:columns], x[i*stripColumns:])
		}
	})
}

// turned is Lᵀ from its last row and column to the first: a lower triangle too.
func (l *Lower) turned(threads int) *Lower {
	rows := len(l.strips) * stripColumns
	turned := NewLower(rows)
	inParallel(threads, len(turned.strips), func(s int) {
		// Columns of a strip are rows of L, of which a strip has 32.
		strip, column := turned.strips[s], rows-1-s*stripColumns
		for j := range (s + 1) * stripColumns {
			row := rows - 1 - j
			from := l.strips[row/stripColumns][row%stripColumns:]
			to := strip[j*stripColumns:][:stripColumns]
			for r := range to {
				if column-r <= row {
					to[r] = from[(column-r)*stripColumns]
				}
			}
		}
	})
	return turned
}

func reverseRows(x []float64) {
	for i, j := 0, len(x)-stripColumns; i < j; i, j = i+stripColumns, j-stripColumns {
		a, b := (*[stripColumns]float64)(x[i:]), (*[stripColumns]float64)(x[j:])
		*a, *b = *b, *a
	}
}
