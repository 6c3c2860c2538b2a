package kernel

import "math"

// choleskyColumns is the number of columns that are factored in turn.
const choleskyColumns = 32

// Cholesky replaces the lower triangle of the symmetric positive definite n × n
// matrix a, row-major, by its factor L, A = LLᵀ. It neither reads nor writes
// the upper triangle. It returns false, and leaves a half done, if a is not
// positive definite. The order of operations is that of
//
//	for j := range n {
//		for i := j; i < n; i++ {
//			s := a[i*n+j]
//			for k := range j {
//				s -= float64(a[i*n+k] * a[j*n+k])
//			}
//			if i == j {
//				a[j*n+j] = math.Sqrt(s)
//			} else {
//				a[i*n+j] = s / a[j*n+j]
//			}
//		}
//	}
//
// It may use several threads; the result is the same.
func Cholesky(level Level, threads int, a []float64, n int) bool {
	level = level.usable()
	panel := make([]float64, choleskyColumns*n)
	u := update{threads: threads}
	for first := 0; first < n; first += choleskyColumns {
		columns := min(choleskyColumns, n-first)
		rest := n - first
		for i := first; i < n; i++ {
			for k := range min(columns, i-first+1) {
				panel[k*rest+i-first] = a[i*n+first+k]
			}
		}
		if !factor(level, panel, columns, rest) {
			return false
		}
		for i := first; i < n; i++ {
			for k := range min(columns, i-first+1) {
				a[i*n+first+k] = panel[k*rest+i-first]
			}
		}
		if next := first + columns; next < n {
			u.run(level, a[next*n+next:], n, n-next, panel[columns:], rest, columns, -1)
		}
	}
	return true
}

// factor does the columns of a panel, which is transposed: row k of it is the
// k-th column of the matrix, from its diagonal element on right.
func factor(level Level, panel []float64, columns, length int) bool {
	for k := range columns {
		column := panel[k*length+k : (k+1)*length]
		if !(column[0] > 0) {
			return false
		}
		root := math.Sqrt(column[0])
		column[0] = root
		for i := 1; i < len(column); i++ {
			column[i] /= root
		}
		for j := k + 1; j < columns; j++ {
			Axpy(level, panel[j*length+j:(j+1)*length], -column[j-k], column[j-k:])
		}
	}
	return true
}
