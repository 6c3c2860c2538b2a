package plot

import (
	"iter"
	"math"
)

// curve is a sequence of n points in data coordinates; a point that is not
// finite is a gap.
type curve struct {
	points iter.Seq2[float64, float64]
	n      int
	look   entry
	sorted bool // x ascends
}

// paired makes points of two slices.
func paired(x, y []float64) iter.Seq2[float64, float64] {
	return func(yield func(x, y float64) bool) {
		for i := range x {
			if !yield(x[i], y[i]) {
				return
			}
		}
	}
}

// plane makes points of the first two dimensions.
func (s signal) plane() iter.Seq2[float64, float64] {
	return func(yield func(x, y float64) bool) {
		for piece := range s.pieces {
			for rows := piece.Rows; len(rows) > 0; rows = rows[s.width:] {
				if !yield(rows[0], rows[1]) {
					return
				}
			}
		}
	}
}

func (c curve) paint(cv *canvas, f frame) {
	p := newPath(f, c.look, c.sorted)
	for x, y := range c.points {
		p.add(x, y)
	}
	paintPaths(cv, f.box, []*path{p}, c.n)
}

// path is a curve on the page. It takes the points one by one and keeps of them
// what can be seen.
type path struct {
	frame
	look   entry
	sorted bool // x ascends
	lined  bool // it has a line
	dotted bool // it has a dot at each point
	runs   [][]point
	run    []point // the one that goes on
	length int     // its points, with those that are left out
	last   point
	column column          // of a path whose x ascends
	dots   []point         // also points that stand alone between two gaps and no line would show
	seen   map[[2]int]bool // pixels of the dots
}

func newPath(f frame, look entry, sorted bool) *path {
	return &path{
		frame: f, look: look, sorted: sorted, lined: look.symbol != Points,
		dotted: look.symbol == Points || look.symbol == LinePoints, seen: map[[2]int]bool{},
	}
}

func (p *path) add(x, y float64) {
	if !finite(x) || !finite(y) {
		p.gap()
		return
	}
	at := point{p.px(x), p.py(y)}
	switch {
	case p.lined && p.sorted:
		p.thin(at)
	case p.lined:
		p.sparse(at)
	}
	if p.dotted {
		p.dot(at)
	}
	p.length, p.last = p.length+1, at
}

// gap ends a run.
func (p *path) gap() {
	p.run = p.column.drop(p.run)
	if n := len(p.run); !p.sorted && n > 0 && p.run[n-1] != p.last {
		p.run = append(p.run, p.last)
	}
	switch {
	case p.length == 1 && !p.dotted:
		p.dot(p.last)
	case len(p.run) > 0:
		p.runs = append(p.runs, p.run)
	}
	p.run, p.length = nil, 0
}

// dot keeps the first of the points inside the box that fall onto the same pixel.
func (p *path) dot(at point) {
	const slack = 1e-6
	if at.x < p.x0-slack || at.x > p.x1+slack || at.y < p.y0-slack || at.y > p.y1+slack {
		return
	}
	if on := [2]int{int(at.x / pixel), int(at.y / pixel)}; !p.seen[on] {
		p.seen[on] = true
		p.dots = append(p.dots, at)
	}
}

// sparse leaves out the points that are closer than half a pixel to the one kept
// before, but neither end of a run.
func (p *path) sparse(at point) {
	if n := len(p.run); n > 0 {
		kept := p.run[n-1]
		if math.Abs(at.x-kept.x) < pixel/2 && math.Abs(at.y-kept.y) < pixel/2 {
			return
		}
	}
	p.run = append(p.run, at)
}

// thin keeps of the points in a column of pixels what can be seen. What lies to the
// left of the box is one column, and so is what lies to the right.
func (p *path) thin(at point) {
	place := math.Floor(at.x / pixel)
	switch {
	case at.x < p.x0-pixel:
		place = math.Inf(-1)
	case at.x > p.x1+pixel:
		place = math.Inf(1)
	}
	if p.column.n > 0 && p.column.place != place {
		p.run = p.column.drop(p.run)
	}
	p.column.place = place
	p.column.add(at)
}

// column is successive points in one column of pixels.
type column struct {
	place           float64
	n               int
	few             [4]point // the first ones
	low, high, last point
	lowAt, highAt   int
}

func (c *column) add(at point) {
	if c.n < len(c.few) {
		c.few[c.n] = at
	}
	if c.n == 0 || at.y < c.low.y {
		c.low, c.lowAt = at, c.n
	}
	if c.n == 0 || at.y > c.high.y {
		c.high, c.highAt = at, c.n
	}
	c.last = at
	c.n++
}

// drop empties the column onto a run: the first, lowest, highest and last point, in
// their order, or all where they are no more than that.
func (c *column) drop(run []point) []point {
	n := c.n
	c.n = 0
	if n <= len(c.few) {
		return append(run, c.few[:n]...)
	}
	run = append(run, c.few[0])
	extremes := []struct {
		point
		at int
	}{{c.low, c.lowAt}, {c.high, c.highAt}}
	if c.lowAt > c.highAt {
		extremes[0], extremes[1] = extremes[1], extremes[0]
	}
	for k, e := range extremes {
		if e.at > 0 && e.at < n-1 && (k == 0 || e.at != extremes[0].at) {
			run = append(run, e.point)
		}
	}
	return append(run, c.last)
}

// paintPaths draws the paths of curves of n points, the first at the bottom.
func paintPaths(c *canvas, b box, paths []*path, n int) {
	var lines []polyline
	for _, p := range paths {
		p.gap()
		style := stroke{color: p.look.color, width: 1.2}
		if p.look.symbol == Dashed {
			style.dashes = dashed()
		}
		for _, run := range p.runs {
			lines = append(lines, polyline{style, run})
		}
	}
	c.polylines(b, lines...)
	for _, p := range paths {
		radius := 1.8
		if p.dotted {
			radius = dotRadius(n)
		}
		c.dots(p.look.color, radius, p.dots...)
	}
}

// dotRadius shrinks with the number of points.
func dotRadius(n int) float64 {
	switch {
	case n <= 100:
		return 2.2
	case n <= 1000:
		return 1.5
	}
	return 0.8
}
