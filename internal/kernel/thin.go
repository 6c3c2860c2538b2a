package kernel

import "slices"

// Half of what neurons do is silence: a rate is 0 at all points on the far side of
// the neuron's intercept. What follows leaves out products with a factor 0, which
// change no sum, for four columns at a time where all four are 0. Columns are put in
// the order of their density first, so that the thin ones stand together.

const (
	// densitySample is the number of rows that the density of columns is judged
	// by: one in so many.
	densitySample = 16

	// thinBelow is the density of the whole below which this pays.
	thinBelow = 0.9

	// thinColumns is the least number of columns for which it does.
	thinColumns = 64
)

// byDensity gives the columns of A in the order of their density, the fullest first,
// and whether A is thin. The order is a matter of speed alone.
func byDensity(a []float64, m, n int) (order []int, thin bool) {
	if n < thinColumns || m < densitySample {
		return nil, false
	}
	count, total, rows := make([]int, n), 0, 0
	for k := 0; k < m; k += densitySample {
		rows++
		for i, x := range a[k*n : (k+1)*n] {
			if x != 0 {
				count[i]++
				total++
			}
		}
	}
	if float64(total) > thinBelow*float64(rows*n) {
		return nil, false
	}
	order = make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return count[j] - count[i] })
	return order, true
}

// thinGram is Gram, with the columns of A in the given order meanwhile.
func thinGram(level Level, threads int, g, a []float64, m, n int, order []int) {
	if n*n/2*panelRows < threads*updatePerThread {
		threads = 1
	}
	h := make([]float64, n*n)
	between := func(i, j int) int { // the place in g of element (i, j) of h
		i, j = order[i], order[j]
		return max(i, j)*n + min(i, j)
	}
	inParallel(threads, n, func(i int) {
		for j := range i + 1 {
			h[i*n+j] = g[between(i, j)]
		}
	})
	u := thinUpdate{order: order, lists: make([]thinList, (n+tileRows-1)/tileRows)}
	for k := 0; k < m; k += panelRows {
		u.run(level, threads, h, a[k*n:], n, min(panelRows, m-k))
	}
	inParallel(threads, n, func(i int) {
		for j := range i + 1 {
			g[between(i, j)] = h[i*n+j]
		}
	})
}

// thinUpdate adds the products of a panel, as update does.
type thinUpdate struct {
	order  []int
	packed []float64
	lists  []thinList // of each four columns
}

// thinList is four columns of a panel without the rows in which all are 0.
type thinList struct {
	values []float64 // four for each row
	places []int32   // of the rows, in a group that pack has written
}

func (u *thinUpdate) run(level Level, threads int, h, panel []float64, n, rows int) {
	groups := (n + tileColumns - 1) / tileColumns
	if u.packed == nil {
		u.packed = make([]float64, groups*tileColumns*panelRows)
	}
	inParallel(threads, groups, func(group int) { u.pack(panel, n, rows, group) })
	inParallel(threads, groups, func(group int) {
		j := group * tileColumns
		right := u.packed[j*rows : (j+tileColumns)*rows]
		for i := j; i < n; i += tileRows {
			if j+tileColumns <= i+1 && i+tileRows <= n {
				list := &u.lists[i/tileRows]
				tileListed(level, h[i*n+j:], n, list.values, list.places, right)
				continue
			}
			var c tile
			c.load(h, n, n, n, i, j)
			c.add(level, leftOf(u.packed, i, rows), right)
			c.storeLower(h, n, n, i, j)
		}
	})
}

// pack writes a group of columns, as the function pack does, and lists what of it is
// not 0.
func (u *thinUpdate) pack(panel []float64, n, rows, group int) {
	first := group * tileColumns
	columns := u.order[first:min(first+tileColumns, n)]
	to := u.packed[first*rows : (first+tileColumns)*rows]
	for k := range rows {
		row, from := (*[tileColumns]float64)(to[k*tileColumns:]), panel[k*n:(k+1)*n]
		for i, column := range columns {
			row[i] = from[column]
		}
		clear(row[len(columns):])
	}
	for i := 0; i < len(columns); i += tileRows {
		u.lists[(first+i)/tileRows].fill(to[i:], rows)
	}
}

func (l *thinList) fill(packed []float64, rows int) {
	l.values, l.places = l.values[:0], l.places[:0]
	for k := range rows {
		x := packed[k*tileColumns:][:tileRows]
		if x[0] != 0 || x[1] != 0 || x[2] != 0 || x[3] != 0 {
			l.values = append(l.values, x...)
			l.places = append(l.places, int32(k*tileColumns))
		}
	}
}
