package plot

import (
	"math"
)

// Distances in points.
const (
	margin     = 8.0
	tickLength = 3.5
	tickGap    = 3.0
	titleGap   = 5.0
	legendRow  = 14.0
	markRow    = 15.0
	barGap     = 10.0
	barWidth   = 9.0
	panelGap   = 9.0
	maxName    = 120.0 // width of a name beside a raster's band
)

// layout is a figure with every part in its place.
type layout struct {
	w, h   float64
	title  string
	panels []*placed
}

// placed is a chart in its place.
type placed struct {
	*chart
	box      box
	height   float64 // of the box
	legend   [][]slot
	xTicks   []tick
	yTicks   []tick
	yTitle   []string
	yRoom    float64 // between the title and the ticks of the axis
	barTitle []string
	showX    bool // tick labels and title of the time axis
}

// arrange places charts under each other, their boxes aligned at both sides.
// How much room labels take depends on the ticks, these on the height of the
// boxes, and that on the room for labels: the second round has all of them.
func arrange(f Figure, charts []*chart, shared bool, faces fonts) *layout {
	l := &layout{w: snap(72 * f.Width), title: clean(f.Title)}
	if f.Width == 0 {
		l.w = 8 * 72
	}
	for i, ch := range charts {
		p := &placed{chart: ch, showX: !shared || i == len(charts)-1}
		p.height = snap(ordinaryHeight(len(charts)) * ch.height)
		l.panels = append(l.panels, p)
	}
	for range 2 {
		l.measure(faces)
		if f.Height > 0 {
			l.stretch(72*f.Height, faces)
		}
	}
	l.place(faces)
	return l
}

// ordinaryHeight is that of a panel's box.
func ordinaryHeight(panels int) float64 {
	if panels == 1 {
		return 200
	}
	return 132
}

// measure chooses ticks and titles, and from their sizes the sides of the boxes.
func (l *layout) measure(f fonts) {
	left, right := 0.0, margin+4
	for _, p := range l.panels {
		p.yTicks = p.y.ticks(max(2, int(p.height/26)))
		for i := range p.yTicks {
			p.yTicks[i].text = fit(f.tick, p.yTicks[i].text, maxName)
		}
		p.yTitle = wrap(f.label, p.y.title(), p.height+10)
		if p.bar != nil {
			p.barTitle = wrap(f.label, p.bar.title(), p.height+10)
			right = max(right, barGap+barWidth+5+widest(f, p.bar.ticks(4))+titleWidth(f, p.barTitle)+margin)
		}
	}
	l.alignTitles(f)
	for _, p := range l.panels {
		left = max(left, margin+titleWidth(f, p.yTitle)+p.yRoom+tickGap+tickLength)
	}
	for _, p := range l.panels {
		p.box.x0, p.box.x1 = snap(min(left, 0.5*l.w)), snap(max(l.w-right, 0.6*l.w))
		p.xTicks = spaced(f, p.x, p.box.w())
		p.legend = flow(f, p.chart.legend, p.box.w())
	}
}

// alignTitles gives the titles of the y axes one place, where the numbers beside
// them are of similar width.
func (l *layout) alignTitles(f fonts) {
	const similar = 20 // points
	for _, p := range l.panels {
		own := widest(f, p.yTicks)
		p.yRoom = own
		for _, other := range l.panels {
			if w := widest(f, other.yTicks); w-own < similar {
				p.yRoom = max(p.yRoom, w)
			}
		}
	}
}

func titleWidth(f fonts, lines []string) float64 {
	if len(lines) == 0 || lines[0] == "" {
		return 0
	}
	return float64(len(lines))*lineHeight*size(f.label) + titleGap
}

func widest(f fonts, ticks []tick) float64 {
	w := 0.0
	for _, t := range ticks {
		w = max(w, width(f.tick, t.text))
	}
	return w
}

// spaced returns as many ticks as stand apart along w points.
func spaced(f fonts, a axis, w float64) []tick {
	if a.names != nil {
		return thinned(f, a, w)
	}
	for n := max(2, int(w/56)); ; n-- {
		ticks := a.ticks(n)
		if len(ticks) < 2 || n <= 1 {
			return ticks
		}
		step := (ticks[1].at - ticks[0].at) / (a.max - a.min) * w
		if step >= widest(f, ticks)+12 {
			return ticks
		}
	}
}

// thinned leaves out names until the others stand apart.
func thinned(f fonts, a axis, w float64) []tick {
	if len(a.names) < 2 {
		return a.names
	}
	room := w * (a.names[1].at - a.names[0].at) / (a.max - a.min)
	every := int(max(1, math.Ceil((widest(f, a.names)+8)/max(math.Abs(room), 1))))
	var kept []tick
	for i := 0; i < len(a.names); i += every {
		kept = append(kept, a.names[i])
	}
	return kept
}

// above and below are the heights of what surrounds a panel's box.
func (p *placed) above(f fonts) float64 {
	h := float64(len(p.legend)) * legendRow
	if p.title != "" || p.note != "" {
		h += lineHeight*size(f.label) + 2
	}
	if len(p.marks) > 0 {
		h += markRow
	}
	return h
}

func (p *placed) below(f fonts) float64 {
	if !p.showX {
		return 0
	}
	h := tickLength + tickGap + size(f.tick)
	if p.x.title() != "" {
		h += titleGap + size(f.label)
	}
	return h
}

// fixed is the height of all but the boxes.
func (l *layout) fixed(f fonts) float64 {
	h := 2*margin + panelGap*float64(len(l.panels)-1)
	if l.title != "" {
		h += lineHeight*size(f.title) + titleGap
	}
	for _, p := range l.panels {
		h += p.above(f) + p.below(f)
	}
	return h
}

// stretch shares a total height among the boxes, in proportion.
func (l *layout) stretch(total float64, f fonts) {
	sum := 0.0
	for _, p := range l.panels {
		sum += p.chart.height
	}
	room := max(total-l.fixed(f), 0)
	for _, p := range l.panels {
		p.height = snap(max(20, room*p.chart.height/sum))
	}
}

// place fixes the boxes from the top down.
func (l *layout) place(f fonts) {
	l.h = l.fixed(f)
	for _, p := range l.panels {
		l.h += p.height
	}
	l.h = math.Ceil(l.h/pixel) * pixel
	y := l.h - margin
	if l.title != "" {
		y -= lineHeight*size(f.title) + titleGap
	}
	for _, p := range l.panels {
		p.box.y1 = snap(y - p.above(f))
		p.box.y0 = snap(p.box.y1 - p.height)
		y = p.box.y0 - p.below(f) - panelGap
	}
}
