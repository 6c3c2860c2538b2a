package plot

import (
	"image/color"
	"iter"
	"slices"

	"soma/stats"
)

// bars is a histogram: filled steps with an outline.
type bars struct {
	edges, heights []float64
	color          color.RGBA
}

// histogram draws the distribution of a value probe's numbers, or of the rates
// of a spike probe's neurons.
func histogram(p *Panel, t theme, src *source) (*chart, error) {
	ch := &chart{}
	var samples []iter.Seq[float64]
	var recorded []signal
	ofRates := 0
	for _, probe := range p.Probes {
		v, err := src.values(probe)
		if err == nil {
			samples = append(samples, onlyFinite(v.all()))
		} else {
			s, notSpikes := src.spikes(probe)
			if notSpikes != nil {
				return nil, err
			}
			samples = append(samples, onlyFinite(slices.Values(s.analysed().IntervalRates())))
			v = signal{unit: "Hz", label: "rate"}
			ofRates++
		}
		recorded = append(recorded, v)
	}
	ch.x.label, ch.x.unit = common(recorded)
	if ch.x.label == "" && len(p.Probes) == 1 {
		ch.x.label = clean(p.probeName(0))
	}
	ch.y.label = "samples"
	if ofRates == len(p.Probes) {
		ch.y.label = "neurons"
	}
	return ch, ch.distribution(p, t, samples)
}

// all gives every value.
func (s signal) all() iter.Seq[float64] {
	return func(yield func(float64) bool) {
		for piece := range s.pieces {
			for _, v := range piece.Rows {
				if !yield(v) {
					return
				}
			}
		}
	}
}

func onlyFinite(samples iter.Seq[float64]) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		for v := range samples {
			if finite(v) && !yield(v) {
				return
			}
		}
	}
}

// distribution adds the histograms of several samples, over the same bins.
func (ch *chart) distribution(p *Panel, t theme, samples []iter.Seq[float64]) error {
	names, err := p.names(p.Probes)
	if err != nil {
		return err
	}
	ch.y.whole, ch.y.fixed = true, true
	span, counts := empty(), make([]int, len(samples))
	for i, s := range samples {
		for v := range s {
			span.add(v)
			counts[i]++
		}
	}
	if (p.Kind == ISI || p.Kind == CV) && !span.isEmpty() {
		span.add(0)
	}
	if p.XLim != nil {
		span = extent{p.XLim[0], p.XLim[1]}
	}
	edges := p.edges(widen(span, 0), samples)
	ch.x.extent = extent{edges[0], edges[len(edges)-1]}
	highest := 0.0
	for i, s := range samples {
		b := bars{edges, stats.HistogramOf(s, edges), t.curve(i, len(samples))}
		highest = max(highest, slices.Max(b.heights))
		if counts[i] > 0 {
			ch.layers = append(ch.layers, b)
		}
		ch.legend = append(ch.legend, entry{names[i], b.color, ""})
	}
	if len(samples) == 1 {
		ch.legend = nil
	}
	ch.y.extent = fromZero(highest)
	return nil
}

// edges are those of the bins that the panel asks for, or that suit the samples.
func (p *Panel) edges(span extent, samples []iter.Seq[float64]) []float64 {
	if p.Bins > 0 {
		return stats.EvenEdges(span.min, span.max, p.Bins)
	}
	return stats.EdgesOf(span.min, span.max, func(yield func(float64) bool) {
		for _, s := range samples {
			for v := range s {
				if !yield(v) {
					return
				}
			}
		}
	})
}

// paint draws each run of bars on its own, so that empty bins show nothing.
func (b bars) paint(c *canvas, f frame) {
	for from := 0; from < len(b.heights); from++ {
		to := from
		for to < len(b.heights) && b.heights[to] > 0 {
			to++
		}
		if to > from {
			b.paintRun(c, f, from, to)
			from = to
		}
	}
}

func (b bars) paintRun(c *canvas, f frame, from, to int) {
	var outline []point
	add := func(x, y float64) {
		outline = append(outline, point{min(max(f.px(x), f.x0), f.x1), min(max(f.py(y), f.y0), f.y1)})
	}
	add(b.edges[from], 0)
	for i := from; i < to; i++ {
		add(b.edges[i], b.heights[i])
		add(b.edges[i+1], b.heights[i])
	}
	add(b.edges[to], 0)
	c.polygon(color.NRGBA{b.color.R, b.color.G, b.color.B, 90}, outline)
	c.polylines(f.box, polyline{stroke{color: b.color, width: 1}, outline})
}
