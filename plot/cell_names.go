package plot

import (
	"fmt"
	"image/color"
)

// nameCells gives the rows and columns of a matrix their names, and the cells
// their numbers in the unit of the colour bar.
func (ch *chart) nameCells(p *Panel, h *heat) error {
	n, wide := h.size()
	for _, side := range []struct {
		what  string
		names []string
		n     int
	}{{"row", p.Rows, len(p.Matrix)}, {"column", p.Columns, wide}} {
		if len(side.names) > 0 && (len(side.names) != side.n || len(p.Matrix) == 0) {
			return fmt.Errorf("%s for %s; give one each, of a matrix", count(len(side.names), side.what+" name"), count(side.n, side.what))
		}
	}
	if len(p.Rows) > 0 {
		ch.y.names, ch.y.label = nil, ""
		for i, name := range p.Rows {
			ch.y.names = append(ch.y.names, tick{float64(n - 1 - i), clean(name)})
		}
		ch.height = min(2, max(0.5, 0.15*float64(n)))
	}
	if len(p.Columns) > 0 {
		ch.x.names, ch.x.label = nil, ""
		for i, name := range p.Columns {
			ch.x.names = append(ch.x.names, tick{float64(i), clean(name)})
		}
	}
	e, _ := ch.bar.exponent()
	h.texts = make([][]string, n)
	for i, row := range h.rows {
		for _, v := range row {
			text := ""
			if finite(v) {
				text = significant(times10(v, -e))
			}
			h.texts[i] = append(h.texts[i], text)
		}
	}
	return nil
}

// paintTexts writes the numbers if all of them have room in their cells.
func (h heat) paintTexts(c *canvas, f frame) {
	high := f.py(1) - f.py(0)
	wide := f.px(1) - f.px(0)
	for _, row := range h.texts {
		for _, text := range row {
			if width(c.tick, text)+4 > wide || size(c.tick)+1 > high {
				return
			}
		}
	}
	for i, row := range h.texts {
		for j, text := range row {
			x, y := f.px(float64(j)), f.py(float64(i))
			if text != "" && x > f.x0 && x < f.x1 && y > f.y0 && y < f.y1 {
				c.text(c.tick, readable(h.colour(h.rows[i][j])), x, y-capHeight/2*size(c.tick), 0.5, text)
			}
		}
	}
}

// readable is black or white, whichever stands out on the colour; the weights are
// those of ITU-R BT.601.
func readable(on color.RGBA) color.RGBA {
	if 299*int(on.R)+587*int(on.G)+114*int(on.B) > 140_000 {
		return rgb(0x000000)
	}
	return rgb(0xffffff)
}
