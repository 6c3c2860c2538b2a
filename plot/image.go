package plot

import (
	"fmt"
	"image/color"
	"math"
	"slices"
)

// heat is a matrix drawn in colours. Row 0 is at the lower edge.
type heat struct {
	rows   [][]float64
	over   *signal // in place of rows: its samples are the columns, its dimensions the rows
	x, y   extent  // what the matrix covers
	levels extent
	colour func(v float64) color.RGBA // of a value within levels
	texts  [][]string                 // of the cells, or nil
}

// size is how many rows and columns there are.
func (h heat) size() (rows, columns int) {
	if h.over != nil {
		return h.over.width, h.over.n
	}
	return len(h.rows), len(h.rows[0])
}

// colorBar explains the colours of a panel.
type colorBar struct {
	axis
	colour func(v float64) color.RGBA
}

// imagePanel draws a matrix, its first row at the top, or the dimensions of a
// value probe over time, dimension 0 at the bottom.
func imagePanel(p *Panel, t theme, src *source) (*chart, error) {
	var ch *chart
	var h heat
	var err error
	switch {
	case len(p.Matrix) > 0 && len(p.Probes) == 0:
		ch, h, err = matrixImage(p)
	case len(p.Matrix) == 0 && len(p.Probes) == 1:
		ch, h, err = probeImage(p.Probes[0], src)
	default:
		err = fmt.Errorf("%s and %s; give a matrix or exactly one probe", count(len(p.Matrix), "matrix row"), count(len(p.Probes), "probe"))
	}
	if err != nil {
		return nil, err
	}
	if p.Levels != nil {
		h.levels = extent{p.Levels[0], p.Levels[1]}
	}
	h.x, h.y = ch.x.extent, ch.y.extent
	h.shade(t)
	ch.bar.extent, ch.bar.colour = h.levels, h.colour
	switch len(p.Labels) {
	case 0:
	case 1:
		ch.bar.rename(clean(p.Labels[0]))
	default:
		return nil, fmt.Errorf("%d labels for one colour bar; give one", len(p.Labels))
	}
	if len(p.Rows) > 0 || len(p.Columns) > 0 {
		if err := ch.nameCells(p, &h); err != nil {
			return nil, err
		}
	}
	ch.layers, ch.noGrid = []layer{h}, true
	return ch, nil
}

func matrixImage(p *Panel) (*chart, heat, error) {
	cols := len(p.Matrix[0])
	h := heat{levels: empty()}
	for i, row := range slices.Backward(p.Matrix) {
		if len(row) != cols || cols == 0 {
			return nil, h, fmt.Errorf("row %d of the matrix has %s and row 0 has %d; make all rows as long", i, count(len(row), "number"), cols)
		}
		h.rows = append(h.rows, row)
		h.levels.add(row...)
	}
	if h.levels.isEmpty() {
		return nil, h, fmt.Errorf("the matrix holds no finite number; look for NaN in it")
	}
	n := len(h.rows)
	ch := &chart{bar: &colorBar{}}
	ch.x = axis{extent: extent{-0.5, float64(cols) - 0.5}, label: "column", whole: true, fixed: true}
	if p.Across != nil {
		ch.x = axis{extent: extent{p.Across[0], p.Across[1]}}
	}
	if p.Up != nil {
		ch.y = axis{extent: extent{p.Up[0], p.Up[1]}}
		return ch, h, nil
	}
	ch.y = axis{extent: extent{-0.5, float64(n) - 0.5}, label: "row", whole: true, fixed: true}
	for _, tk := range ch.y.ticks(5) {
		ch.y.names = append(ch.y.names, tick{float64(n-1) - tk.at, tk.text})
	}
	return ch, h, nil
}

func probeImage(probe string, src *source) (*chart, heat, error) {
	v, err := src.values(probe)
	if err != nil {
		return nil, heat{}, err
	}
	h := heat{over: &v, levels: v.span}
	ch := &chart{overTime: true, bar: &colorBar{axis: axis{label: clean(v.label), unit: clean(v.unit)}}}
	if ch.bar.label == "" {
		ch.bar.label = clean(probe)
	}
	ch.x = timeAxis(widen(extent{v.start, v.end}, 0))
	ch.y = axis{extent: extent{-0.5, float64(v.width) - 0.5}, label: "dimension", whole: true, fixed: true}
	return ch, h, nil
}

// shade chooses the colours: around zero where the values have both signs, from
// low to high else.
func (h *heat) shade(t theme) {
	e := h.levels
	if e.min < 0 && e.max > 0 {
		most := max(-e.min, e.max)
		h.levels = extent{-most, most}
		h.colour = func(v float64) color.RGBA { return t.split(v / most) }
		return
	}
	h.levels = widen(e, 0)
	h.colour = func(v float64) color.RGBA {
		return sequential((v - h.levels.min) / (h.levels.max - h.levels.min))
	}
}

func (h heat) paint(c *canvas, f frame) {
	img := c.newImage(f.box)
	w, high := img.Bounds().Dx(), img.Bounds().Dy()
	value := h.means(w, high, f)
	for py := range high {
		for px := range w {
			if v := value(px, high-1-py); finite(v) {
				img.SetRGBA(px, py, h.colour(v))
			}
		}
	}
	c.image(f.box, img)
	h.paintTexts(c, f)
}

// means gives the mean of what each of w × high pixels shows, the first row at the
// bottom.
func (h heat) means(w, high int, f frame) func(px, py int) float64 {
	if h.over != nil {
		return h.over.means(w, high, f, h.x, h.y)
	}
	return func(px, py int) float64 {
		r0, r1 := cells(py, high, f.y, h.y, len(h.rows))
		c0, c1 := cells(px, w, f.x, h.x, len(h.rows[0]))
		return mean(h.rows[r0:r1], c0, c1)
	}
}

// means sums the samples up in the pixels that show them.
func (s signal) means(w, high int, f frame, x, y extent) func(px, py int) float64 {
	columns, rows := groups(w, f.x, x, s.n), groups(high, f.y, y, s.width)
	sums, counts := make([]float64, len(columns.of)*len(rows.of)), make([]int, len(columns.of)*len(rows.of))
	g := 0
	s.each(func(i int, _ float64, row []float64) {
		for g < len(columns.of) && i >= columns.of[g].to {
			g++
		}
		if g == len(columns.of) || i < columns.of[g].from {
			return
		}
		for r, of := range rows.of {
			at := g*len(rows.of) + r
			for _, v := range row[of.from:of.to] {
				if finite(v) {
					sums[at], counts[at] = sums[at]+v, counts[at]+1
				}
			}
		}
	})
	return func(px, py int) float64 {
		if columns.at[px] < 0 || rows.at[py] < 0 {
			return math.NaN()
		}
		at := columns.at[px]*len(rows.of) + rows.at[py]
		return sums[at] / float64(counts[at]) // NaN where there is none
	}
}

// grouping is which cells pixels show: pixel i those of group at[i], or none where
// that is negative. Groups ascend and share no cell.
type grouping struct {
	of []struct{ from, to int }
	at []int
}

// groups finds the groups of n cells for pixels in a row.
func groups(size int, shown, whole extent, n int) grouping {
	g := grouping{at: make([]int, size)}
	for i := range size {
		from, to := cells(i, size, shown, whole, n)
		last := len(g.of) - 1
		switch {
		case from == to:
			g.at[i] = -1
			continue
		case last < 0 || from >= g.of[last].to:
			g.of = append(g.of, struct{ from, to int }{from, to})
			last++
		}
		g.at[i] = last
	}
	return g
}

// cells returns the range of the n cells covering whole that pixel i of size
// shows: the one under it, or all that begin in it where cells are smaller than
// pixels; none outside of whole.
func cells(i, size int, shown, whole extent, n int) (from, to int) {
	cell := func(i int) int {
		v := shown.min + float64((shown.max-shown.min)*float64(i)/float64(size))
		at := math.Floor(float64(n)*(v-whole.min)/(whole.max-whole.min) + 1e-9)
		return int(min(max(at, -1), float64(n)))
	}
	from, to = cell(i), cell(i+1)
	if from < 0 || from >= n {
		return 0, 0
	}
	return from, max(from+1, to)
}

// mean is that of the finite numbers in columns from … to−1.
func mean(rows [][]float64, from, to int) float64 {
	sum, n := 0.0, 0
	for _, row := range rows {
		for _, v := range row[from:to] {
			if finite(v) {
				sum, n = sum+v, n+1
			}
		}
	}
	return sum / float64(n) // NaN where there is none
}

// paint draws the bar with its ticks to the right of a panel's box.
func (b *colorBar) paint(c *canvas, in box) {
	bar := c.newImage(in)
	high := bar.Bounds().Dy()
	for y := range high {
		v := b.min + float64((b.max-b.min)*(float64(high-1-y)+0.5)/float64(high))
		col := b.colour(v)
		for x := range bar.Bounds().Dx() {
			bar.SetRGBA(x, y, col)
		}
	}
	c.image(in, bar)
	f := frame{in, extent{0, 1}, b.extent}
	for _, tk := range b.ticks(4) {
		y := f.py(tk.at)
		c.line(stroke{color: c.ink, width: 0.75}, in.x1, y, in.x1+3, y)
		c.text(c.tick, c.ink, in.x1+5, y-capHeight/2*size(c.tick), 0, tk.text)
	}
}
