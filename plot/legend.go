package plot

import "math"

// slot is an entry of a legend in its place, x from the left of the box.
type slot struct {
	entry
	x float64
}

const (
	symbolWidth = 16.0
	symbolGap   = 5.0
	entryGap    = 16.0
	maxEntries  = 14
)

// flow sets the entries in rows of at most w points. Of very many curves, which
// are drawn in a sequence of shades, it names a few, evenly chosen.
func flow(f fonts, entries []entry, w float64) [][]slot {
	if len(entries) > maxEntries {
		entries = sample(entries, 6)
	}
	var rows [][]slot
	x := math.Inf(1)
	for _, e := range entries {
		e.label = fit(f.tick, e.label, w-symbolWidth-symbolGap)
		wide := symbolWidth + symbolGap + width(f.tick, e.label)
		if x+wide > w {
			rows, x = append(rows, nil), 0
		}
		last := len(rows) - 1
		rows[last] = append(rows[last], slot{e, x})
		x += wide + entryGap
	}
	return rows
}

// sample keeps n entries, the first and the last among them.
func sample(entries []entry, n int) []entry {
	var kept []entry
	for i := range n {
		kept = append(kept, entries[i*(len(entries)-1)/(n-1)])
	}
	return kept
}

func (s slot) paint(c *canvas, x, y float64) {
	middle := y + capHeight/2*size(c.tick)
	line := stroke{color: s.color, width: 1.6}
	switch s.symbol {
	case Line:
		c.line(line, x, middle, x+symbolWidth, middle)
	case Dashed:
		line.dashes = dashed()
		c.line(line, x, middle, x+symbolWidth, middle)
	case Points:
		c.dots(s.color, 2.2, point{x + symbolWidth/2, middle})
	case LinePoints:
		c.line(line, x, middle, x+symbolWidth, middle)
		c.dots(s.color, 2.2, point{x + symbolWidth/2, middle})
	default:
		c.fill(box{x, middle - 3.5, x + symbolWidth, middle + 3.5}, s.color)
	}
	c.text(c.tick, c.ink, x+symbolWidth+symbolGap, y, 0, s.label)
}
