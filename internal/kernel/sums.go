package kernel

import (
	"cmp"
	"math/bits"
	"slices"
)

// A Matrix is computed where it is needed, in strips of 32 columns.
type Matrix interface {
	// Arrange makes column order[i] the i-th, from now on.
	Arrange(order []int)
	// Fill sets x[32k+j] to the element of row first+k and column 32·strip+j, for all
	// rows k of x, of which there are at most 64; first is a multiple of 8. Columns
	// that do not exist are of no account. It may be called for several strips at the
	// same time.
	Fill(x []float64, strip, first int)
}

// Sums are AᵀA and AᵀY of a matrix A, m × n, and what else can be learnt about its
// columns on the way.
type Sums struct {
	Low, High []float64 // of each column, and 0
	Used      []int     // number of rows where it is not 0

	level   Level
	threads int
	place   []int // where a column stands
	gram    *Lower
	width   int // of Y
	cross   [][]float64
}

// Sum adds up, in the order of
//
//	for k := range m {
//		for i := range n {
//			for j := range i + 1 {
//				g[i][j] += float64(a[k][i] * a[k][j])
//			}
//			for j := range width {
//				c[i][j] += float64(a[k][i] * y[k][j])
//			}
//		}
//	}
//
// where A is finite. Y is stored row by row. Sum may use several threads, each for
// some of the sums; the result is the same.
func Sum(level Level, threads int, a Matrix, m, n int, y []float64, width int) *Sums {
	return sum(level, threads, a, m, n, y, width, NewLower(n))
}

// Look finds out about the columns alone.
func Look(level Level, threads int, a Matrix, m, n int) *Sums {
	return sum(level, threads, a, m, n, nil, 0, nil)
}

func sum(level Level, threads int, a Matrix, m, n int, y []float64, width int, gram *Lower) *Sums {
	level = level.usable()
	p := newPanel(level, n, width)
	order := every(n)
	if gram != nil {
		p.arrange(a, m, order)
	}
	a.Arrange(order)
	s := &Sums{
		Low: make([]float64, n), High: make([]float64, n), Used: make([]int, n),
		level: level, threads: threads, place: make([]int, n), gram: gram, width: width,
		cross: make([][]float64, strips(n)),
	}
	for i, column := range order {
		s.place[column] = i
	}
	for k := range s.cross {
		s.cross[k] = make([]float64, p.outputs*stripColumns)
	}
	if n*n*min(m, panelRows) < threads*sumPerThread {
		threads = 1
	}
	for first := 0; first < m; first += panelRows {
		rows := min(panelRows, m-first)
		p.take(y[first*width:], rows, width)
		inParallel(threads, len(s.cross), func(strip int) {
			p.fill(a, strip, first)
			p.project(s.cross[strip], strip)
		})
		if gram == nil {
			continue
		}
		inParallel(threads, len(s.cross), func(task int) {
			strip := len(s.cross) - 1 - task // the longest first
			p.square(gram.strips[strip], strip)
		})
	}
	for column, i := range s.place {
		s.Low[column], s.High[column], s.Used[column] = p.low[i], p.high[i], p.count[i]
	}
	return s
}

// sumPerThread is the least number of products of a panel that is worth a thread of
// its own.
const sumPerThread = 1 << 21

// Gram is AᵀA for some of the columns.
func (s *Sums) Gram(columns []int) *Lower {
	places := make([]int, len(columns))
	for i, column := range columns {
		places[i] = s.place[column]
	}
	return s.gram.Picked(s.threads, places)
}

// Products is AᵀY for some of the columns of A, row by row.
func (s *Sums) Products(columns []int) []float64 {
	products := make([]float64, 0, len(columns)*s.width)
	for _, column := range columns {
		i := s.place[column]
		for k := range s.width {
			products = append(products, s.cross[i/stripColumns][k*stripColumns+i%stripColumns])
		}
	}
	return products
}

// panel is some rows of A and Y.
type panel struct {
	level     Level
	rows      int
	a, y      []float64 // in strips
	outputs   int       // columns of y, a multiple of tileRows
	low, high []float64 // of each column so far
	count     []int
	used      []uint64 // in which rows of the panel a column is not 0
	pairs     []uint64 // of two columns, either
	any       []uint64 // of a strip, any
}

func newPanel(level Level, n, width int) *panel {
	count := strips(n)
	columns := count * stripColumns
	return &panel{
		level: level, a: make([]float64, panelRows*columns), y: make([]float64, panelRows*strips(width)*stripColumns),
		outputs: (width + tileRows - 1) / tileRows * tileRows,
		low:     make([]float64, columns), high: make([]float64, columns), count: make([]int, columns),
		used: make([]uint64, columns), pairs: make([]uint64, columns/pairRows), any: make([]uint64, count),
	}
}

// strip is a strip of the panel of A.
func (p *panel) strip(s int) []float64 {
	return p.a[s*panelRows*stripColumns:][:p.rows*stripColumns]
}

// outputStrip is the strip of the panel of Y.
func (p *panel) outputStrip(s int) []float64 {
	return p.y[s*panelRows*stripColumns:][:p.rows*stripColumns]
}

// take copies rows of Y.
func (p *panel) take(y []float64, rows, width int) {
	p.rows = rows
	for first := 0; first < width; first += stripColumns {
		strip, columns := p.outputStrip(first/stripColumns), min(stripColumns, width-first)
		for k := range rows {
			copy(strip[k*stripColumns:], y[k*width+first:][:columns])
		}
	}
}

// fill computes a strip and looks at its columns.
func (p *panel) fill(a Matrix, s, first int) {
	x := p.strip(s)
	a.Fill(x, s, first)
	from, to := s*stripColumns, (s+1)*stripColumns
	used := p.used[from:to]
	survey(p.level, p.low[from:to], p.high[from:to], used, x)
	p.any[s] = 0
	for i, rows := range used {
		p.count[from+i] += bits.OnesCount64(rows)
		p.any[s] |= rows
	}
	for i := range stripColumns / pairRows {
		p.pairs[from/pairRows+i] = used[pairRows*i] | used[pairRows*i+1]
	}
}

// project adds YᵀA for a strip of A.
func (p *panel) project(c []float64, s int) {
	if p.any[s] == 0 {
		return
	}
	for k := 0; k < p.outputs; k += tileRows {
		addTile(p.level, c[k*stripColumns:][:tileRows*stripColumns], p.outputStrip(k / stripColumns)[k%stripColumns:], p.strip(s))
	}
}

// square adds the products of a strip with all columns up to its own. Half of what
// neurons do is silence: a rate is 0 at all points on the far side of the neuron's
// intercept. Products with a factor 0 change no sum: a row is left out where a pair of
// columns is 0, or the whole strip. Four columns that are never 0 are multiplied as one.
func (p *panel) square(g []float64, s int) {
	const tile, pair = tileRows * stripColumns, pairRows * stripColumns
	right, any, all := p.strip(s), p.any[s], ^uint64(0)>>(panelRows-p.rows)
	for left := range s + 1 {
		columns := p.strip(left)
		for k := 0; k < stripColumns; k += tileRows {
			at := left*stripColumns + k
			sums, a := g[at*stripColumns:][:tile], columns[k:]
			first, second := p.pairs[at/pairRows]&any, p.pairs[at/pairRows+1]&any
			if first&second == all {
				addTile(p.level, sums, a, right)
				continue
			}
			if first != 0 {
				addPair(p.level, sums[:pair], first, a, right)
			}
			if second != 0 {
				addPair(p.level, sums[pair:], second, a[pairRows:], right)
			}
		}
	}
}

const (
	// sampleBlocks is the number of places where rows are looked at for an order of
	// the columns, sampleOneIn the least number of rows for each of those.
	sampleBlocks = 8
	sampleOneIn  = 16

	// tooFewColumns are not worth it.
	tooFewColumns = 8

	// densities is the number of classes into which columns are put first.
	densities = 4
)

// arrange puts the columns into an order in which those that are 0 in the same rows
// stand together, and those with the most zeros first. It is a matter of speed alone.
func (p *panel) arrange(a Matrix, m int, order []int) {
	n := len(order)
	each := min(m/(sampleBlocks*sampleOneIn), panelRows/sampleBlocks)
	if each == 0 || n <= tooFewColumns {
		return
	}
	a.Arrange(order)
	p.rows = each * sampleBlocks
	for s := range strips(n) {
		for block := range sampleBlocks {
			a.Fill(p.strip(s)[block*each*stripColumns:][:each*stripColumns], s, block*m/sampleBlocks&^7)
		}
		from, to := s*stripColumns, (s+1)*stripColumns
		survey(p.level, p.low[from:to], p.high[from:to], p.used[from:to], p.strip(s))
	}
	clear(p.low)
	clear(p.high)
	class := func(rows uint64) int { return (bits.OnesCount64(rows)*densities + p.rows - 1) / p.rows }
	slices.SortStableFunc(order, func(i, j int) int {
		x, y := p.used[i], p.used[j]
		return cmp.Or(cmp.Compare(class(x), class(y)), cmp.Compare(x, y))
	})
}

// every is the numbers below n.
func every(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
