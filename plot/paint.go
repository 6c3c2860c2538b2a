package plot

import "image/color"

// paint draws the whole figure.
func (l *layout) paint(c *canvas) {
	if l.title != "" {
		x := l.panels[0].box.x0
		c.text(c.title, c.ink, x, l.h-margin-size(c.title), 0, fit(c.title, l.title, l.w-x-margin))
	}
	for _, p := range l.panels {
		p.paint(c)
	}
}

func (p *placed) paint(c *canvas) {
	f := frame{p.box, p.x.extent, p.y.extent}
	if !p.noGrid {
		p.paintGrid(c, f)
	}
	p.paintMarks(c, f)
	for _, l := range p.layers {
		l.paint(c, f)
	}
	if p.message != "" {
		c.text(c.label, c.muted, (f.x0+f.x1)/2, (f.y0+f.y1)/2-capHeight/2*size(c.label), 0.5, p.message)
	}
	p.paintX(c, f)
	p.paintY(c, f)
	p.paintHead(c)
	if p.bar != nil {
		p.paintBar(c)
	}
}

func (p *placed) paintGrid(c *canvas, f frame) {
	thin := stroke{color: c.grid, width: 0.75}
	for _, t := range p.xTicks {
		c.line(thin, f.px(t.at), f.y0, f.px(t.at), f.y1)
	}
	for _, t := range p.yTicks {
		if p.noRows {
			break
		}
		c.line(thin, f.x0, f.py(t.at), f.x1, f.py(t.at))
	}
}

// paintMarks draws reference lines; their labels stand above the box, moved
// inwards at its ends, and a label that would touch the one before is left out.
func (p *placed) paintMarks(c *canvas, f frame) {
	free := f.x0 - margin
	for _, m := range p.marks {
		x := f.px(m.X)
		if x < f.x0 || x > f.x1 {
			continue
		}
		c.segments(stroke{color: c.muted, width: 1, dashes: dashed()}, []point{{x, f.y0}, {x, f.y1}})
		w := width(c.tick, m.Label)
		start := min(max(x-w/2, f.x0), f.x1-w)
		if start < free {
			continue
		}
		c.text(c.tick, c.muted, start, f.y1+4, 0, m.Label)
		free = start + w + 6
	}
}

func (p *placed) paintX(c *canvas, f frame) {
	axis := stroke{color: c.ink, width: 0.75}
	c.line(axis, f.x0, f.y0, f.x1, f.y0)
	for _, t := range p.xTicks {
		c.line(axis, f.px(t.at), f.y0, f.px(t.at), f.y0-tickLength)
	}
	if !p.showX {
		return
	}
	y := f.y0 - tickLength - tickGap - capHeight*size(c.tick)
	for _, t := range p.xTicks {
		c.text(c.tick, c.ink, f.px(t.at), y, 0.5, t.text)
	}
	y -= titleGap + 0.3*size(c.tick) + capHeight*size(c.label)
	c.text(c.label, c.ink, (f.x0+f.x1)/2, y, 0.5, fit(c.label, p.x.title(), f.w()))
}

func (p *placed) paintY(c *canvas, f frame) {
	axis := stroke{color: c.ink, width: 0.75}
	c.line(axis, f.x0, f.y0, f.x0, f.y1)
	for _, t := range p.yTicks {
		y := f.py(t.at)
		c.line(axis, f.x0, y, f.x0-tickLength, y)
		c.text(c.tick, c.ink, f.x0-tickLength-tickGap, y-capHeight/2*size(c.tick), 1, t.text)
	}
	x := f.x0 - tickLength - tickGap - p.yRoom - titleGap
	p.paintTitle(c, c.ink, x-lineHeight*size(c.label)*float64(len(p.yTitle)-1), p.yTitle)
}

// paintTitle writes the lines of a vertical title from the baseline x rightwards.
func (p *placed) paintTitle(c *canvas, col color.Color, x float64, lines []string) {
	for i, s := range lines {
		if s != "" {
			c.textUp(c.label, col, x+lineHeight*size(c.label)*float64(i), (p.box.y0+p.box.y1)/2, s)
		}
	}
}

// paintHead writes what stands above the box: title, legend, labels of marks.
func (p *placed) paintHead(c *canvas) {
	y := p.box.y1 + 5
	if len(p.marks) > 0 {
		y += markRow
	}
	for i := range p.legend {
		for _, s := range p.legend[len(p.legend)-1-i] {
			s.paint(c, p.box.x0+s.x, y)
		}
		y += legendRow
	}
	noted := width(c.tick, p.note)
	c.text(c.tick, c.muted, p.box.x1, y, 1, p.note)
	if p.title != "" {
		c.text(c.label, c.ink, p.box.x0, y, 0, fit(c.label, p.title, p.box.w()-noted-entryGap))
	}
}

func (p *placed) paintBar(c *canvas) {
	x := snap(p.box.x1 + barGap)
	p.bar.paint(c, box{x, p.box.y0, snap(x + barWidth), p.box.y1})
	x += barWidth + 5 + widest(c.fonts, p.bar.ticks(4)) + titleGap + capHeight*size(c.label)
	p.paintTitle(c, c.ink, x, p.barTitle)
}
