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
	x, y   extent // what the matrix covers
	levels extent
	colour func(v float64) color.RGBA // of a value within levels
	texts  [][]string                 // of the cells, or nil
}

// colorBar explains the colours of a panel.
type colorBar struct {
	axis
	colour func(v float64) color.RGBA
}

// imagePanel draws a matrix, its first row at the top, or the dimensions of a
// value probe over time, dimension 0 at the bottom.
func imagePanel(p *Panel, t theme, d Data) (*chart, error) {
	var ch *chart
	var h heat
	var err error
	switch {
	case len(p.Matrix) > 0 && len(p.Probes) == 0:
		ch, h, err = matrixImage(p)
	case len(p.Matrix) == 0 && len(p.Probes) == 1:
		ch, h, err = probeImage(p.Probes[0], d)
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
	if len(p.Labels) == 1 {
		ch.bar.rename(clean(p.Labels[0]))
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

func probeImage(probe string, d Data) (*chart, heat, error) {
	h := heat{levels: empty()}
	v, err := values(d, probe)
	if err != nil {
		return nil, h, err
	}
	for k := range v.Width {
		h.rows = append(h.rows, column(v, k))
	}
	h.levels.add(v.Rows...)
	n := len(v.T)
	ch := &chart{overTime: true, bar: &colorBar{axis: axis{label: clean(v.Label), unit: clean(v.Unit)}}}
	if ch.bar.label == "" {
		ch.bar.label = clean(probe)
	}
	ch.x = timeAxis(widen(extent{startOf(v.T), v.T[n-1]}, 0))
	ch.y = axis{extent: extent{-0.5, float64(v.Width) - 0.5}, label: "dimension", whole: true, fixed: true}
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
	for py := range high {
		r0, r1 := cells(high-1-py, high, f.y, h.y, len(h.rows))
		for px := range w {
			c0, c1 := cells(px, w, f.x, h.x, len(h.rows[0]))
			if v := mean(h.rows[r0:r1], c0, c1); finite(v) {
				img.SetRGBA(px, py, h.colour(v))
			}
		}
	}
	c.image(f.box, img)
	h.paintTexts(c, f)
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
