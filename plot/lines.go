package plot

import (
	"fmt"
	"slices"
)

// lines draws value probes over time.
func lines(p *Panel, t theme, src *source) (*chart, error) {
	recorded := make([]signal, len(p.Probes))
	var names []string
	span, heights := empty(), empty()
	for i, probe := range p.Probes {
		v, err := src.values(probe)
		if err != nil {
			return nil, err
		}
		if p.Projections != nil {
			if v, err = v.project(p.Projections); err != nil {
				return nil, probeError(probe, err)
			}
		}
		recorded[i] = v
		span.add(v.start, v.end)
		heights.add(v.span.min, v.span.max)
		names = append(names, dimensionNames(p.probeName(i), v.width)...)
	}
	if len(p.Labels) != len(p.Probes) {
		var err error
		if names, err = p.names(names); err != nil {
			return nil, err
		}
	}

	ch := &chart{overTime: true, x: timeAxis(widen(span, 0))}
	for _, v := range recorded {
		first := len(ch.legend)
		for range v.width {
			k := len(ch.legend)
			ch.legend = append(ch.legend, entry{names[k], t.curve(k, len(names)), Line})
		}
		ch.layers = append(ch.layers, traces{v, slices.Clone(ch.legend[first:])})
	}
	ch.y = axis{extent: widen(heights, 0.05)}
	ch.y.label, ch.y.unit = common(recorded)
	if ch.y.unit == "" && len(p.Labels) == 0 {
		ch.nameUnits(recorded)
	}
	if len(names) == 1 {
		if ch.y.label == "" {
			ch.y.label = names[0]
		}
		ch.legend = nil
	}
	return ch, nil
}

// traces are the values of a probe over time, a curve for each dimension.
type traces struct {
	signal
	looks []entry
}

func (ts traces) paint(c *canvas, f frame) {
	paths := make([]*path, ts.width)
	for k := range paths {
		paths[k] = newPath(f, ts.looks[k], true)
	}
	ts.each(func(_ int, t float64, row []float64) {
		for k, y := range row {
			paths[k].add(t, y)
		}
	})
	paintPaths(c, f.box, paths, ts.n)
}

// nameUnits puts the units into the legend where curves differ in them.
func (ch *chart) nameUnits(recorded []signal) {
	i := 0
	for _, v := range recorded {
		for range v.width {
			if v.unit != "" {
				ch.legend[i].label += " (" + v.unit + ")"
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

// common returns the label and the unit that all share, or nothing.
func common(vs []signal) (label, unit string) {
	label, unit = vs[0].label, vs[0].unit
	for _, v := range vs {
		if v.label != label {
			label = ""
		}
		if v.unit != unit {
			unit = ""
		}
	}
	return clean(label), clean(unit)
}
