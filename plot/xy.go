package plot

import (
	"fmt"
	"slices"
)

// xy draws points and curves of arrays. A series without a label has the colour
// of the one before it, if any series has a label: so points and the curve
// through them go together.
func xy(p *Panel, t theme, src *source) (*chart, error) {
	if len(p.Series) == 0 {
		return nil, fmt.Errorf("no series; give at least one with x and y")
	}
	names := make([]string, len(p.Series))
	for i, s := range p.Series {
		names[i] = s.Label
	}
	names, err := p.names(names)
	if err != nil {
		return nil, err
	}
	ch := &chart{}
	across, up := empty(), empty()
	shades, n := grouped(names)
	for i, s := range p.Series {
		c, err := s.curve(ch, src)
		if err != nil {
			return nil, fmt.Errorf("series %d%s: %w", i+1, quoted(names[i]), err)
		}
		c.look = entry{names[i], t.curve(shades[i], n), s.Style}
		if s.Style == "" {
			c.look.symbol = Line
		}
		for x, y := range c.points {
			if finite(x) && finite(y) {
				across.add(x)
				up.add(y)
			}
		}
		if c.look.label != "" {
			ch.legend = append(ch.legend, c.look)
		}
		ch.layers = append(ch.layers, c)
	}
	ch.x.extent, ch.y.extent = widen(across, 0.03), widen(up, 0.05)
	if len(p.Series) == 1 {
		ch.legend = nil
		if ch.y.label == "" {
			ch.y.label = clean(names[0])
		}
	}
	return ch, nil
}

// grouped numbers the colours of series and gives how many there are.
func grouped(names []string) (shades []int, n int) {
	labelled := slices.ContainsFunc(names, func(name string) bool { return name != "" })
	shades = make([]int, len(names))
	for i, name := range names {
		if n == 0 || name != "" || !labelled {
			n++
		}
		shades[i] = n - 1
	}
	return shades, n
}

func quoted(name string) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf(" (%s)", clean(name))
}

// curve finds the numbers of a series; what the data know about the axes goes
// to the chart.
func (s Series) curve(ch *chart, src *source) (curve, error) {
	if !slices.Contains([]string{"", Line, Points, LinePoints, Dashed}, s.Style) {
		return curve{}, fmt.Errorf("unknown style %q; use %s, %s, %s or %s", s.Style, Line, Points, LinePoints, Dashed)
	}
	y := s.Y
	switch {
	case s.Probe != "":
		v, err := src.values(s.Probe)
		if err != nil {
			return curve{}, err
		}
		if v.width < 2 {
			return curve{}, fmt.Errorf("probe %q has one dimension; draw it with a lines panel, or probe two", s.Probe)
		}
		ch.x.unit, ch.y.unit = v.unit, v.unit
		ch.x.label, ch.y.label = clean(s.Probe)+"[0]", clean(s.Probe)+"[1]"
		return curve{points: v.plane(), n: v.n}, nil
	case s.Rates != "":
		sp, err := src.spikes(s.Rates)
		if err != nil {
			return curve{}, err
		}
		ch.y.label, ch.y.unit = "rate", "Hz"
		y = sp.analysed().IntervalRates()
		if len(s.X) != len(y) {
			return curve{}, fmt.Errorf("x has %s for the %s of probe %q; give one each", count(len(s.X), "number"), count(len(y), "neuron"), s.Rates)
		}
	case s.Last != "":
		v, err := src.values(s.Last)
		if err != nil {
			return curve{}, err
		}
		ch.y.label, ch.y.unit = v.label, v.unit
		y = v.final
		if len(s.X) != len(y) {
			return curve{}, fmt.Errorf("x has %s for the %s of probe %q; give one each", count(len(s.X), "number"), count(v.width, "dimension"), s.Last)
		}
	}
	switch {
	case len(s.X) != len(y):
		return curve{}, fmt.Errorf("x has %s and y has %d; give as many of each", count(len(s.X), "number"), len(y))
	case len(s.X) == 0:
		return curve{}, fmt.Errorf("no points; give x and y, or name a probe")
	}
	c := curve{points: paired(s.X, y), n: len(y)}
	for x, y := range c.points {
		if finite(x) && finite(y) {
			return c, nil
		}
	}
	return c, fmt.Errorf("no point has a finite x and y; look for NaN in the arrays")
}
