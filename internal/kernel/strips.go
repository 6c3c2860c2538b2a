package kernel

// Strips are the rows of a matrix, 32 of them side by side, as tiles need them.
type Strips struct {
	columns int
	strips  []float64
}

// NewStrips copies the rows of a matrix, which is stored row by row: those on a list,
// in its order. The last strip is filled up with zeros.
func NewStrips(a []float64, columns int, rows []int) Strips {
	s := Strips{columns, make([]float64, strips(len(rows))*stripColumns*columns)}
	for i, row := range rows {
		to := s.strips[i/stripColumns*stripColumns*columns+i%stripColumns:]
		for k, x := range a[row*columns : (row+1)*columns] {
			to[k*stripColumns] = x
		}
	}
	return s
}

// strip is one of them.
func (s Strips) strip(i int) []float64 {
	return s.strips[i*stripColumns*s.columns:][:stripColumns*s.columns]
}

// Products multiplies rows with all rows of a strip of another matrix: it sets
// x[32k+j] to the sum of
//
//	for p := range columns {
//		x[32*k+j] += float64(a[first+k][p] * b[32*strip+j][p])
//	}
//
// for all rows k of x. first is a multiple of 4.
func (a Strips) Products(level Level, x []float64, first int, b Strips, strip int) {
	level = level.usable()
	clear(x)
	right := b.strip(strip)
	for k := 0; k < len(x)/stripColumns; k += tileRows {
		left := a.strip((first + k) / stripColumns)[(first+k)%stripColumns:]
		tile := x[k*stripColumns:]
		if len(tile) >= tileRows*stripColumns {
			addTile(level, tile[:tileRows*stripColumns], left, right)
			continue
		}
		var last [tileRows * stripColumns]float64
		addTile(level, last[:], left, right)
		copy(tile, last[:])
	}
}
