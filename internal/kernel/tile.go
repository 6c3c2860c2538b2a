package kernel

import "math/bits"

// Matrices are multiplied in strips of stripColumns columns, stored row by row. A
// tile is some rows of a strip: it stays in registers while products are added to it.
const (
	stripColumns = 32
	tileRows     = 4
	pairRows     = 2

	// panelRows is the number of rows that are multiplied in turn: a bit for each in
	// a word, and two strips of them fit the first-level cache.
	panelRows = 64
)

// strips is the number of strips that n columns need.
func strips(n int) int { return (n + stripColumns - 1) / stripColumns }

// addTile adds, for all rows k of two strips in ascending order, a[k][i]·b[k][j] to
// the four rows of c.
func addTile(level Level, c, a, b []float64) {
	if level > Portable {
		tileVector(level, c, a, b)
		return
	}
	for i := range tileRows {
		for j := 0; j < stripColumns; j += 4 {
			row := c[i*stripColumns+j:][:4]
			c0, c1, c2, c3 := row[0], row[1], row[2], row[3]
			for k := 0; k < len(b); k += stripColumns {
				x, y := a[k+i], b[k+j:][:4]
				c0 += float64(x * y[0])
				c1 += float64(x * y[1])
				c2 += float64(x * y[2])
				c3 += float64(x * y[3])
			}
			row[0], row[1], row[2], row[3] = c0, c1, c2, c3
		}
	}
}

// subtractTile is addTile with the opposite sign.
func subtractTile(level Level, c, a, b []float64) {
	if level > Portable {
		tileMinus(level, c, a, b)
		return
	}
	for i := range tileRows {
		for j := 0; j < stripColumns; j += 4 {
			row := c[i*stripColumns+j:][:4]
			c0, c1, c2, c3 := row[0], row[1], row[2], row[3]
			for k := 0; k < len(b); k += stripColumns {
				x, y := a[k+i], b[k+j:][:4]
				c0 -= float64(x * y[0])
				c1 -= float64(x * y[1])
				c2 -= float64(x * y[2])
				c3 -= float64(x * y[3])
			}
			row[0], row[1], row[2], row[3] = c0, c1, c2, c3
		}
	}
}

// addPair is addTile for two rows of c and those rows of the strips whose bit is set.
func addPair(level Level, c []float64, rows uint64, a, b []float64) {
	if level > Portable {
		tileSome(level, c, rows, a, b)
		return
	}
	for i := range pairRows {
		for j := 0; j < stripColumns; j += 4 {
			row := c[i*stripColumns+j:][:4]
			c0, c1, c2, c3 := row[0], row[1], row[2], row[3]
			for left := rows; left != 0; left &= left - 1 {
				k := bits.TrailingZeros64(left) * stripColumns
				x, y := a[k+i], b[k+j:][:4]
				c0 += float64(x * y[0])
				c1 += float64(x * y[1])
				c2 += float64(x * y[2])
				c3 += float64(x * y[3])
			}
			row[0], row[1], row[2], row[3] = c0, c1, c2, c3
		}
	}
}

// solveTile solves for the four rows of c, where l holds the columns of a lower
// triangle:
//
//	for k := range 4 {
//		c[k] /= l[k][k]
//		for i := k + 1; i < 4; i++ {
//			c[i] -= l[k][i] * c[k]
//		}
//	}
func solveTile(level Level, c, l []float64) {
	if level > Portable {
		tileSolve(level, c, l)
		return
	}
	for k := range tileRows {
		solved, diagonal := c[k*stripColumns:][:stripColumns], l[k*stripColumns+k]
		for j := range solved {
			solved[j] /= diagonal
		}
		for i := k + 1; i < tileRows; i++ {
			row, x := c[i*stripColumns:][:stripColumns], l[k*stripColumns+i]
			for j := range row {
				row[j] -= float64(x * solved[j])
			}
		}
	}
}

// survey finds out about the columns of a strip of up to 64 rows: the least and the
// greatest value, and in which rows it is not 0.
func survey(level Level, low, high []float64, used []uint64, x []float64) {
	clear(used)
	if level > Portable {
		surveyVector(level, low, high, used, x)
		return
	}
	for k := range len(x) / stripColumns {
		for j, x := range x[k*stripColumns:][:stripColumns] {
			if x < low[j] {
				low[j] = x
			}
			if x > high[j] {
				high[j] = x
			}
			if x != 0 {
				used[j] |= 1 << k
			}
		}
	}
}
