package connect

import "math"

// perBucket is how many sources a bucket holds at least, on average.
const perBucket = 16

// buckets are the sources of a pair by the cells of a grid over them, so that
// those near a target are found without looking at all.
type buckets struct {
	*space
	cells      []int     // in each dimension
	low, width []float64 // of the grid, and of a cell
	members    groups    // sources by cell
}

func newBuckets(s *space, sources int) *buckets {
	b := &buckets{space: s}
	for d := range s.from.Dimensions {
		low, high := s.from.bounds(d)
		b.low, b.width, b.cells = append(b.low, low), append(b.width, high-low), append(b.cells, 1)
	}
	for n := 1; 2*n*perBucket <= sources; n *= 2 {
		d := widest(b.width)
		b.cells[d] *= 2
		b.width[d] /= 2
	}
	cell := make([]int, sources)
	for i := range cell {
		cell[i] = b.cellOf(s.from.at(i))
	}
	b.members = groupByTarget(cell, b.count())
	return b
}

func widest(widths []float64) (d int) {
	for i, w := range widths {
		if w > widths[d] {
			d = i
		}
	}
	return d
}

func (b *buckets) count() int {
	n := 1
	for _, k := range b.cells {
		n *= k
	}
	return n
}

func (b *buckets) cellOf(x []float64) (cell int) {
	for d, n := range b.cells {
		i := 0
		if b.width[d] > 0 {
			i = min(max(int((x[d]-b.low[d])/b.width[d]), 0), n-1)
		}
		cell = cell*n + i
	}
	return cell
}

// A nearCell is a cell and a distance below that of all its members.
type nearCell struct {
	cell  int
	least float64
}

// near appends the cells with members that may be within reach of a target.
func (b *buckets) near(target int, reach float64, to []nearCell) []nearCell {
	first := len(to)
	to = append(to, nearCell{})
	for d, x := range b.to.at(target) {
		to = b.nearAlong(d, x, reach, first, to)
	}
	kept := to[:first]
	for _, c := range to[first:] {
		if len(b.members.of(c.cell)) > 0 {
			kept = append(kept, nearCell{c.cell, math.Sqrt(c.least)})
		}
	}
	return kept
}

// nearAlong divides the cells from first on along one more dimension; least is
// still squared.
func (b *buckets) nearAlong(d int, x, reach float64, first int, to []nearCell) []nearCell {
	coarse := len(to)
	half := b.width[d] / 2
	// A little more room than the cell has, for rounding.
	margin := half + float64(tolerance*(math.Abs(b.low[d])+float64(b.width[d]*float64(b.cells[d]))))
	for i := range b.cells[d] {
		gap := max(b.along(d, x, b.low[d]+float64(b.width[d]*float64(i))+half)-margin, 0)
		if gap > reach {
			continue
		}
		for _, c := range to[first:coarse] {
			if sum := c.least + float64(gap*gap); sum <= float64(reach*reach) {
				to = append(to, nearCell{c.cell*b.cells[d] + i, sum})
			}
		}
	}
	return append(to[:first], to[coarse:]...)
}
