package kernel

import "slices"

// triangularRows is the number of unknowns that are solved in turn.
const triangularRows = 32

// SolveLower solves L X = B in place: l is n × n, row-major and lower triangular
// (its upper triangle is not read), b is n × width. The order of operations is
// that of
//
//	for i := range n {
//		for j := range i {
//			b[i] -= float64(l[i*n+j] * b[j])
//		}
//		b[i] /= l[i*n+i]
//	}
//
// in every column of b.
func SolveLower(level Level, l, b []float64, n, width int) {
	solveTriangular(level, b, n, width, func(k, first int, column []float64) {
		for i := range column {
			column[i] = -l[(first+i)*n+k]
		}
	})
}

// SolveUpper solves Lᵀ X = B in place, with the order of operations of
//
//	for i := n - 1; i >= 0; i-- {
//		for j := n - 1; j > i; j-- {
//			b[i] -= float64(l[j*n+i] * b[j])
//		}
//		b[i] /= l[i*n+i]
//	}
//
// in every column of b.
func SolveUpper(level Level, l, b []float64, n, width int) {
	// From the last unknown to the first, the matrix is a lower triangle too.
	reverseRows(b, width)
	solveTriangular(level, b, n, width, func(k, first int, column []float64) {
		row := l[(n-1-k)*n:]
		for i := range column {
			column[i] = -row[n-1-first-i]
		}
	})
	reverseRows(b, width)
}

func reverseRows(b []float64, width int) {
	slices.Reverse(b)
	for i := 0; i < len(b); i += width {
		slices.Reverse(b[i : i+width])
	}
}

// solveTriangular solves a lower triangular system, from the first unknown to
// the last. column gives, with the opposite sign, the elements of column k from
// row first on.
func solveTriangular(level Level, b []float64, n, width int, column func(k, first int, column []float64)) {
	panel := make([]float64, n*triangularRows)
	for first := 0; first < n; first += triangularRows {
		rows := min(triangularRows, n-first)
		for k := range first + rows {
			column(k, first, panel[k*rows:(k+1)*rows])
		}
		TransposedProduct(level, b[first*width:(first+rows)*width], panel, b, first, rows, width)
		for i := range rows {
			x := b[(first+i)*width : (first+i+1)*width]
			for j := range i {
				addScaled(level, x, panel[(first+j)*rows+i], b[(first+j)*width:(first+j+1)*width])
			}
			diagonal := -panel[(first+i)*rows+i]
			for c := range x {
				x[c] /= diagonal
			}
		}
	}
}

// addScaled is Axpy for rows that may be short.
func addScaled(level Level, y []float64, a float64, x []float64) {
	if len(y) >= 16 {
		Axpy(level, y, a, x)
		return
	}
	for i := range y {
		y[i] += float64(a * x[i])
	}
}
