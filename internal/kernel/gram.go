package kernel

import "slices"

const (
	tileRows    = 4
	tileColumns = 16

	// panelRows is the number of rows of A that are multiplied in turn: the
	// packed panels of a tile stay in the first-level cache.
	panelRows = 96
)

// A tile is a small matrix in row-major order that is kept in registers while
// products are added to it.
type tile [tileRows * tileColumns]float64

// add adds a[k][i]·b[k][j] to element (i, j), for all k in ascending order. Rows of
// both are tileColumns apart.
func (c *tile) add(level Level, a, b []float64) {
	if level > Portable {
		tileVector(level, c[:], tileColumns, a, b)
		return
	}
	for i := range tileRows {
		for j := 0; j < tileColumns; j += 4 {
			row := c[i*tileColumns+j : i*tileColumns+j+4]
			c0, c1, c2, c3 := row[0], row[1], row[2], row[3]
			for k := 0; k < len(b); k += tileColumns {
				x, y := a[k+i], b[k+j:k+j+4]
				c0 += float64(x * y[0])
				c1 += float64(x * y[1])
				c2 += float64(x * y[2])
				c3 += float64(x * y[3])
			}
			row[0], row[1], row[2], row[3] = c0, c1, c2, c3
		}
	}
}

// Gram adds the lower triangle of AᵀA to g, where A is m × n and g n × n, both
// row-major. It leaves the upper triangle as it is. The order of summation is
// that of
//
//	for k := range m {
//		for i := range n {
//			for j := range i + 1 {
//				g[i*n+j] += float64(a[k*n+i] * a[k*n+j])
//			}
//		}
//	}
//
// where A is finite and no sum is the negative zero. It may use several threads, each
// for some columns of g: the sums are the same.
func Gram(level Level, threads int, g, a []float64, m, n int) {
	if level.usable() > Portable {
		if order, thin := byDensity(a, m, n); thin {
			thinGram(level.usable(), threads, g, a, m, n, order)
			return
		}
	}
	u := update{threads: threads}
	for k := 0; k < m; k += panelRows {
		rows := min(panelRows, m-k)
		u.run(level.usable(), g, n, n, a[k*n:], n, rows, 1)
	}
}

// TransposedProduct adds AᵀB to c, where A is k × m, B k × n and c m × n, all
// row-major. The order of summation is that of
//
//	for p := range k {
//		for i := range m {
//			for j := range n {
//				c[i*n+j] += float64(a[p*m+i] * b[p*n+j])
//			}
//		}
//	}
func TransposedProduct(level Level, c, a, b []float64, k, m, n int) {
	var u update
	for p := 0; p < k; p += panelRows {
		rows := min(panelRows, k-p)
		u.left = pack(u.left, m, a[p*m:], m, rows)
		u.right = pack(u.right, n, b[p*n:], n, rows)
		for j := 0; j < n; j += tileColumns {
			right := u.right[j*rows : (j+tileColumns)*rows]
			for i := 0; i < m; i += tileRows {
				left := leftOf(u.left, i, rows)
				if level.usable() > Portable && i+tileRows <= m && j+tileColumns <= n {
					tileVector(level.usable(), c[i*n+j:], n, left, right)
					continue
				}
				var t tile
				t.load(c[:m*n], n, m, n, i, j)
				t.add(level.usable(), left, right)
				t.store(c, n, m, n, i, j)
			}
		}
	}
}

// update adds products of a panel to a symmetric matrix. It holds the panel
// packed for the tiles, and may be used again.
type update struct {
	left, right []float64
	threads     int
}

// run adds sign·PᵀP to the lower triangle of the n × n matrix g with rows
// gStride apart, where P has the given number of rows, pStride apart.
func (u *update) run(level Level, g []float64, gStride, n int, p []float64, pStride, rows int, sign float64) {
	u.right = pack(u.right, n, p, pStride, rows)
	packed := u.right
	if sign != 1 {
		u.left = slices.Grow(u.left[:0], len(packed))[:len(packed)]
		for i, x := range packed {
			u.left[i] = float64(sign * x)
		}
		packed = u.left
	}
	threads := u.threads
	if n*n/2*rows < threads*updatePerThread {
		threads = 1
	}
	inParallel(threads, (n+tileColumns-1)/tileColumns, func(group int) {
		j := group * tileColumns
		right := u.right[j*rows : (j+tileColumns)*rows]
		for i := j - j%tileRows; i < n; i += tileRows {
			left := leftOf(packed, i, rows)
			if level > Portable && j+tileColumns <= i+1 && i+tileRows <= n {
				tileVector(level, g[i*gStride+j:], gStride, left, right)
				continue
			}
			var c tile
			c.load(g, gStride, n, n, i, j)
			c.add(level, left, right)
			c.storeLower(g, gStride, n, i, j)
		}
	})
}

// updatePerThread is the least number of products that is worth a thread of its
// own.
const updatePerThread = 1 << 21

// pack writes the columns of p in groups of tileColumns, each group row by row. The
// last group is filled up with zeros.
func pack(dst []float64, n int, p []float64, stride, rows int) []float64 {
	groups := (n + tileColumns - 1) / tileColumns
	if size := groups * tileColumns * rows; cap(dst) < size {
		dst = make([]float64, size)
	} else {
		dst = dst[:size]
	}
	for g := range groups {
		first := g * tileColumns
		to, from := dst[first*rows:(first+tileColumns)*rows], p[first:]
		if first+tileColumns <= n {
			for k := range rows {
				*(*[tileColumns]float64)(to[k*tileColumns:]) = *(*[tileColumns]float64)(from[k*stride:])
			}
			continue
		}
		clear(to)
		for k := range rows {
			copy(to[k*tileColumns:], from[k*stride:k*stride+n-first])
		}
	}
	return dst
}

// leftOf is where the columns i up to i + tileRows of what pack has written begin.
func leftOf(packed []float64, i, rows int) []float64 {
	return packed[i/tileColumns*tileColumns*rows+i%tileColumns:]
}

// load copies the part of the m × n matrix g from (i, j) that lies within it.
func (c *tile) load(g []float64, stride, m, n, i, j int) {
	columns := min(tileColumns, n-j)
	for row := range min(tileRows, m-i) {
		from := g[(i+row)*stride+j:][:columns]
		if columns == tileColumns {
			copyFours(c[row*tileColumns:], from)
		} else {
			copy(c[row*tileColumns:], from)
		}
	}
}

// store copies back what lies in the m × n matrix.
func (c *tile) store(g []float64, stride, m, n, i, j int) {
	columns := min(tileColumns, n-j)
	for row := range min(tileRows, m-i) {
		c.storeRow(g[(i+row)*stride+j:], row, columns)
	}
}

func (c *tile) storeRow(to []float64, row, columns int) {
	if columns == tileColumns {
		copyFours(to, c[row*tileColumns:(row+1)*tileColumns])
	} else {
		copy(to[:columns], c[row*tileColumns:])
	}
}

// storeLower copies back what lies in the lower triangle.
func (c *tile) storeLower(g []float64, stride, n, i, j int) {
	for row := range min(tileRows, n-i) {
		if columns := min(tileColumns, i+row-j+1); columns > 0 {
			c.storeRow(g[(i+row)*stride+j:], row, columns)
		}
	}
}

// copyFours is copy for few elements, a multiple of four, without a call.
func copyFours(to, from []float64) {
	to = to[:len(from)]
	for i := 0; i+4 <= len(from); i += 4 {
		a, b, c, d := from[i], from[i+1], from[i+2], from[i+3]
		to[i], to[i+1], to[i+2], to[i+3] = a, b, c, d
	}
}
