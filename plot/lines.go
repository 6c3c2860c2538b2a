package plot

import (
	"fmt"
	"math"
)

// curve is a sequence of points in data coordinates; a point that is not
// finite is a gap.
type curve struct {
	x, y   []float64
	look   entry
	sorted bool // x ascends
}

// lines draws value probes over time.
func lines(p *Panel, t theme, d Data) (*chart, error) {
	recorded := make([]Values, len(p.Probes))
	var names []string
	span, dims := empty(), 0
	for i, probe := range p.Probes {
		v, err := values(d, probe)
		if err != nil {
			return nil, err
		}
		if p.Projections != nil {
			if v, err = v.project(p.Projections); err != nil {
				return nil, fmt.Errorf("probe %q: %w", probe, err)
			}
		}
		recorded[i] = v
		span.add(startOf(v.T), v.T[len(v.T)-1])
		names = append(names, dimensionNames(p.probeName(i), v.Width)...)
		dims += v.Width
	}
	if len(p.Labels) != len(p.Probes) {
		var err error
		if names, err = p.names(names); err != nil {
			return nil, err
		}
	}

	ch := &chart{overTime: true, x: timeAxis(widen(span, 0))}
	heights := empty()
	for _, v := range recorded {
		for k := range v.Width {
			n := len(ch.layers)
			look := entry{names[n], t.curve(n, dims), Line}
			c := curve{x: v.T, y: column(v, k), look: look, sorted: true}
			heights.add(c.y...)
			ch.layers = append(ch.layers, c)
			ch.legend = append(ch.legend, look)
		}
	}
	ch.y = axis{extent: widen(heights, 0.05)}
	ch.y.label, ch.y.unit = common(recorded)
	if ch.y.unit == "" && len(p.Labels) == 0 {
		ch.nameUnits(recorded)
	}
	if dims == 1 {
		if ch.y.label == "" {
			ch.y.label = names[0]
		}
		ch.legend = nil
	}
	return ch, nil
}

// nameUnits puts the units into the legend where curves differ in them.
func (ch *chart) nameUnits(recorded []Values) {
	i := 0
	for _, v := range recorded {
		for range v.Width {
			if v.Unit != "" {
				ch.legend[i].label += " (" + v.Unit + ")"
			}
			i++
		}
	}
}

// probeName is what probe i is called in the figure.
func (p *Panel) probeName(i int) string {
	if len(p.Labels) == len(p.Probes) {
		return p.Labels[i]
	}
	return p.Probes[i]
}

func dimensionNames(probe string, width int) []string {
	if width == 1 {
		return []string{probe}
	}
	names := make([]string, width)
	for k := range names {
		names[k] = fmt.Sprintf("%s[%d]", probe, k)
	}
	return names
}

// startOf is where the time axis begins: at 0 when the first sample is one
// interval after it.
func startOf(t []float64) float64 {
	if len(t) == 1 || t[0] > 0 && t[0] <= 1.5*(t[1]-t[0]) {
		return min(0, t[0])
	}
	return t[0]
}

func column(v Values, k int) []float64 {
	col := make([]float64, len(v.T))
	for i := range col {
		col[i] = v.Rows[i*v.Width+k]
	}
	return col
}

// common returns the label and the unit that all share, or nothing.
func common(vs []Values) (label, unit string) {
	label, unit = vs[0].Label, vs[0].Unit
	for _, v := range vs {
		if v.Label != label {
			label = ""
		}
		if v.Unit != unit {
			unit = ""
		}
	}
	return clean(label), clean(unit)
}

func (c curve) paint(cv *canvas, f frame) {
	pieces, alone := c.pieces(f)
	style := stroke{color: c.look.color, width: 1.2}
	if c.look.symbol == Dashed {
		style.dashes = dashed()
	}
	if c.look.symbol != Points {
		for _, piece := range pieces {
			if c.sorted {
				piece = thin(piece, pixel)
			} else {
				piece = sparse(piece, pixel/2)
			}
			cv.polyline(style, f.box, piece)
		}
	}
	switch c.look.symbol {
	case Points, LinePoints:
		cv.dots(c.look.color, dotRadius(len(c.x)), distinct(within(f.box, pieces))...)
	}
	cv.dots(c.look.color, 1.8, distinct(within(f.box, [][]point{alone}))...)
}

// pieces maps the curve to the page: its runs between gaps, and the points that
// stand alone between two gaps and no line would show.
func (c curve) pieces(f frame) (runs [][]point, alone []point) {
	var run []point
	end := func() {
		switch {
		case len(run) == 1 && c.look.symbol != Points && c.look.symbol != LinePoints:
			alone = append(alone, run[0])
		case len(run) > 0:
			runs = append(runs, run)
		}
		run = nil
	}
	for i := range c.x {
		if !finite(c.x[i]) || !finite(c.y[i]) {
			end()
			continue
		}
		if run == nil {
			run = make([]point, 0, len(c.x)-i)
		}
		run = append(run, point{f.px(c.x[i]), f.py(c.y[i])})
	}
	end()
	return runs, alone
}

// thin reduces a run whose x ascends to what can be seen: of the points within
// a column of the given width the first, lowest, highest and last, in their order.
func thin(run []point, width float64) []point {
	if len(run) < 4 || float64(len(run))*width < 4*(run[len(run)-1].x-run[0].x) {
		return run
	}
	var out []point
	for i := 0; i < len(run); {
		col := math.Floor(run[i].x / width)
		j, low, high := i, i, i
		for ; j < len(run) && math.Floor(run[j].x/width) == col; j++ {
			if run[j].y < run[low].y {
				low = j
			}
			if run[j].y > run[high].y {
				high = j
			}
		}
		last := i - 1
		for _, k := range []int{i, min(low, high), max(low, high), j - 1} {
			if k > last {
				out, last = append(out, run[k]), k
			}
		}
		i = j
	}
	return out
}

// within returns the points inside the box.
func within(b box, runs [][]point) []point {
	var in []point
	const slack = 1e-6
	for _, run := range runs {
		for _, p := range run {
			if p.x >= b.x0-slack && p.x <= b.x1+slack && p.y >= b.y0-slack && p.y <= b.y1+slack {
				in = append(in, p)
			}
		}
	}
	return in
}

// sparse leaves out the points of a run that are closer than d to the one kept
// before, but neither end.
func sparse(run []point, d float64) []point {
	out := run[:0:0]
	for i, p := range run {
		if i > 0 && i < len(run)-1 {
			last := out[len(out)-1]
			if math.Abs(p.x-last.x) < d && math.Abs(p.y-last.y) < d {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// distinct keeps the first of the points that fall onto the same pixel.
func distinct(points []point) []point {
	seen := make(map[[2]int]bool, len(points))
	out := points[:0:0]
	for _, p := range points {
		at := [2]int{int(p.x / pixel), int(p.y / pixel)}
		if !seen[at] {
			seen[at] = true
			out = append(out, p)
		}
	}
	return out
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
