package plot

import (
	"fmt"

	"soma/stats"
)

// maxBins bounds the memory a description can ask for.
const maxBins = 100_000

// rate draws the spikes per second and neuron of spike probes over time.
func rate(p *Panel, t theme, src *source) (*chart, error) {
	names, err := p.names(p.Probes)
	if err != nil {
		return nil, err
	}
	recorded, span, err := src.allSpikes(p.Probes)
	if err != nil {
		return nil, err
	}
	ch := &chart{overTime: true, x: timeAxis(span)}
	bin := p.binWidth(span.max)
	if span.max/bin > maxBins+0.5 {
		return nil, fmt.Errorf("%v s in bins of %v s are more than %d bins; give a larger bin", span.max, bin, maxBins)
	}
	highest := empty()
	highest.add(0)
	for i, s := range recorded {
		look := entry{names[i], t.curve(i, len(recorded)), Line}
		edges, rates, err := s.analysed().PopulationRate(bin)
		if err != nil {
			return nil, err
		}
		x, y := staircase(edges, rates)
		if p.Sigma > 0 {
			x, y = stats.Smooth(edges, rates, p.Sigma)
		}
		highest.add(y...)
		ch.layers = append(ch.layers, curve{points: paired(x, y), n: len(x), look: look, sorted: true})
		ch.legend = append(ch.legend, look)
	}
	ch.y = axis{extent: fromZero(highest.max), label: "rate", unit: "Hz"}
	if len(recorded) == 1 {
		ch.legend = nil
	}
	if !anySpikes(recorded) {
		ch.layers, ch.message = nil, "no spikes"
	}
	return ch, nil
}

func anySpikes(recorded []trains) bool {
	for _, s := range recorded {
		if s.n > 0 {
			return true
		}
	}
	return false
}

// fromZero is the range of something that starts at zero.
func fromZero(highest float64) extent {
	if !finite(highest) || highest < 1/huge {
		return extent{0, 1}
	}
	return extent{0, 1.05 * highest}
}

// binWidth is a fifth of the kernel, else the asked one, else a round number of
// about one per cent of the time.
func (p *Panel) binWidth(duration float64) float64 {
	switch {
	case p.Sigma > 0:
		return max(p.Sigma/5, duration/maxBins)
	case p.Bin > 0:
		return p.Bin
	}
	m, e := roundStep(duration / 100)
	return times10(float64(m), e)
}

// staircase doubles the points of a histogram so that lines draw its steps.
func staircase(edges, heights []float64) (x, y []float64) {
	for i, h := range heights {
		x = append(x, edges[i], edges[i+1])
		y = append(y, h, h)
	}
	return x, y
}
