package plot

import (
	"fmt"
	"math"
)

// maxBins bounds the memory a description can ask for.
const maxBins = 100_000

// rate draws the spikes per second and neuron of spike probes over time.
func rate(p *Panel, t theme, d Data) (*chart, error) {
	names, err := p.names(p.Probes)
	if err != nil {
		return nil, err
	}
	recorded, span, err := allSpikes(p.Probes, d)
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
		edges, rates := binnedRates(s, bin)
		x, y := staircase(edges, rates)
		if p.Sigma > 0 {
			x, y = smoothed(edges, rates, p.Sigma)
		}
		highest.add(y...)
		ch.layers = append(ch.layers, curve{x: x, y: y, look: look, sorted: true})
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

func anySpikes(recorded []Spikes) bool {
	for _, s := range recorded {
		if len(s.Times) > 0 {
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

// binnedRates counts spikes in bins (edge i, edge i+1] — a spike's time is the
// end of its step — and divides by the bin's width and the number of neurons.
// The last bin ends with the simulation.
func binnedRates(s Spikes, bin float64) (edges, rates []float64) {
	const slack = 1e-9 // of a bin: times are multiples of dt only up to rounding
	n := max(1, int(math.Ceil(s.Duration/bin-slack)))
	edges, rates = make([]float64, n+1), make([]float64, n)
	for i := range edges {
		edges[i] = min(float64(i)*bin, s.Duration)
	}
	edges[n] = s.Duration
	for _, t := range s.Times {
		if i := math.Ceil(t/bin-slack) - 1; i >= -1 && i < float64(n) {
			rates[max(int(i), 0)]++
		}
	}
	for i := range rates {
		rates[i] /= (edges[i+1] - edges[i]) * float64(s.Neurons)
	}
	return edges, rates
}

// staircase doubles the points of a histogram so that lines draw its steps.
func staircase(edges, heights []float64) (x, y []float64) {
	for i, h := range heights {
		x = append(x, edges[i], edges[i+1])
		y = append(y, h, h)
	}
	return x, y
}

// smoothed convolves with a Gaussian, cut at four sigma and normalised over the
// part inside the simulation, so that rates do not drop at its ends.
func smoothed(edges, rates []float64, sigma float64) (centres, smooth []float64) {
	n := len(rates)
	bin := edges[1] - edges[0]
	reach := min(n-1, int(4*sigma/bin))
	weights := make([]float64, reach+1)
	for k := range weights {
		z := float64(k) * bin / sigma
		weights[k] = math.Exp(-0.5 * z * z)
	}
	centres, smooth = make([]float64, n), make([]float64, n)
	for i := range smooth {
		sum, total := 0.0, 0.0
		for j := max(0, i-reach); j <= min(n-1, i+reach); j++ {
			w := weights[max(i-j, j-i)]
			sum += float64(w * rates[j])
			total += w
		}
		centres[i], smooth[i] = 0.5*(edges[i]+edges[i+1]), sum/total
	}
	return centres, smooth
}
