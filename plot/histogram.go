package plot

import (
	"image/color"
	"math"
	"slices"
)

// bars is a histogram: filled steps with an outline.
type bars struct {
	edges, heights []float64
	color          color.RGBA
}

// histogram draws the distribution of a value probe's numbers, or of the rates
// of a spike probe's neurons.
func histogram(p *Panel, t theme, d Data) (*chart, error) {
	ch := &chart{}
	var samples [][]float64
	var recorded []Values
	ofRates := 0
	for _, probe := range p.Probes {
		v, err := values(d, probe)
		if err != nil {
			s, notSpikes := spikes(d, probe)
			if notSpikes != nil {
				return nil, err
			}
			v = Values{Rows: Rates(s), Unit: "Hz", Label: "rate"}
			ofRates++
		}
		recorded = append(recorded, v)
		samples = append(samples, onlyFinite(v.Rows))
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

// isi draws the distribution of the intervals between successive spikes of the
// same neuron.
func isi(p *Panel, t theme, d Data) (*chart, error) {
	recorded, _, err := allSpikes(p.Probes, d)
	if err != nil {
		return nil, err
	}
	samples := make([][]float64, len(recorded))
	found := false
	for i, s := range recorded {
		samples[i] = intervals(s)
		found = found || len(samples[i]) > 0
	}
	ch := &chart{x: axis{label: "inter-spike interval", unit: "s"}, y: axis{label: "intervals"}}
	switch {
	case !anySpikes(recorded):
		ch.message = "no spikes"
	case !found:
		ch.message = "no neuron spiked twice"
	}
	return ch, ch.distribution(p, t, samples)
}

// intervals returns the inter-spike intervals of all neurons.
func intervals(s Spikes) []float64 {
	last := make([]float64, s.Neurons)
	for i := range last {
		last[i] = math.NaN()
	}
	var out []float64
	for i, t := range s.times() {
		id := s.IDs[i]
		if dt := t - last[id]; dt > 0 {
			out = append(out, dt)
		}
		last[id] = t
	}
	return out
}

func onlyFinite(vs []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(vs), func(v float64) bool { return !finite(v) })
}

// distribution adds the histograms of several samples, over the same bins.
func (ch *chart) distribution(p *Panel, t theme, samples [][]float64) error {
	names, err := p.names(p.Probes)
	if err != nil {
		return err
	}
	ch.y.whole, ch.y.fixed = true, true
	span := empty()
	for _, s := range samples {
		span.add(s...)
	}
	if p.Kind == ISI && !span.isEmpty() {
		span.add(0)
	}
	if p.XLim != nil {
		span = extent{p.XLim[0], p.XLim[1]}
	}
	edges := bins(samples, p.Bins, widen(span, 0))
	ch.x.extent = extent{edges[0], edges[len(edges)-1]}
	highest := 0.0
	for i, s := range samples {
		b := bars{edges, tally(s, edges), t.curve(i, len(samples))}
		highest = max(highest, slices.Max(b.heights))
		if len(s) > 0 {
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

// bins divides a span into n bins, or as many as the rule of Freedman & Diaconis
// (1981) makes, of width 2·IQR/∛samples, but not fewer than the root of the number
// of samples, nor more than 60.
func bins(samples [][]float64, n int, span extent) []float64 {
	if n == 0 {
		all := slices.Sorted(slices.Values(slices.Concat(samples...)))
		ideal := math.Sqrt(float64(len(all)))
		if len(all) > 0 {
			width := 2 * (all[len(all)*3/4] - all[len(all)/4]) / math.Cbrt(float64(len(all)))
			ideal = max(ideal, (span.max-span.min)/width)
		}
		n = int(max(10, min(ideal, 60)))
	}
	edges := make([]float64, n+1)
	for i := range edges {
		edges[i] = span.min + float64((span.max-span.min)*float64(i)/float64(n))
	}
	return edges
}

// tally counts samples per bin; the last bin includes its upper edge.
func tally(samples, edges []float64) []float64 {
	n := len(edges) - 1
	heights := make([]float64, n)
	for _, v := range samples {
		if v < edges[0] || v > edges[n] {
			continue
		}
		i := int(float64(n) * (v - edges[0]) / (edges[n] - edges[0]))
		heights[min(i, n-1)]++
	}
	return heights
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
	c.polyline(stroke{color: b.color, width: 1}, f.box, outline)
}
