package plot

import (
	"fmt"
	"math"

	"soma/stats"
)

// spectrum draws the power spectral densities of the activities of populations,
// on a logarithmic axis.
func spectrum(p *Panel, t theme, src *source) (*chart, error) {
	names, err := p.names(p.Probes)
	if err != nil {
		return nil, err
	}
	if p.YLim != nil && p.YLim[0] <= 0 {
		return nil, fmt.Errorf("ylim: %v to %v on a logarithmic axis; give numbers above zero", p.YLim[0], p.YLim[1])
	}
	recorded, _, err := src.allSpikes(p.Probes)
	if err != nil {
		return nil, err
	}
	bin := p.Bin
	if bin == 0 {
		bin = stats.SpectrumBin
	}
	ch := &chart{x: axis{label: "frequency", unit: "Hz"}, y: axis{label: "power", unit: "Hz²/Hz", log: true}}
	across, up := empty(), empty()
	for i, s := range recorded {
		frequencies, power, err := s.analysed().Spectrum(bin, 0)
		if err != nil {
			return nil, probeError(p.Probes[i], err)
		}
		look := entry{names[i], t.curve(i, len(recorded)), Line}
		// The ends are left out: each stands for one frequency, the others for two, and
		// the first is what is left of the mean.
		last := len(frequencies) - 1
		x, y := frequencies[1:last], logarithms(power[1:last])
		across.add(0, frequencies[last])
		for k, f := range x {
			if p.XLim == nil || f >= p.XLim[0] && f <= p.XLim[1] {
				up.add(y[k])
			}
		}
		ch.layers = append(ch.layers, curve{points: paired(x, y), n: len(x), look: look, sorted: true})
		ch.legend = append(ch.legend, look)
	}
	ch.x.extent, ch.y.extent = across, widen(up, 0.05)
	if len(recorded) == 1 {
		ch.legend = nil
	}
	if !anySpikes(recorded) {
		ch.layers, ch.message = nil, "no spikes"
	}
	return ch, nil
}

// logarithms are to base ten; a number that has none is a gap.
func logarithms(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = math.NaN()
		if v > 0 {
			out[i] = math.Log10(v)
		}
	}
	return out
}
