package stats

import (
	"fmt"
	"math"
)

// maxBins bounds the memory that a width can ask for.
const maxBins = 1 << 24

// slack is the part of a bin by which a time may miss an edge: times are
// multiples of the step only up to rounding.
const slack = 1e-6

// bins divides a time into bins.
type bins struct {
	width float64 // s
	n     int
}

// whole gives the bins that fit into the duration; there must be two.
func (s Spikes) whole(width float64) (bins, error) {
	n := math.Floor(s.Duration/width + slack)
	switch {
	case !(width > 0) || !finite(width):
		return bins{}, fmt.Errorf("bins of %g s; give a width above zero", width)
	case !(n <= maxBins):
		return bins{}, fmt.Errorf("%g s in bins of %g s are more than %d bins; give a larger width", s.Duration, width, maxBins)
	case n < 2:
		return bins{}, fmt.Errorf("%g s hold fewer than two bins of %g s; record for longer, or give a smaller width", s.Duration, width)
	}
	return bins{width, int(n)}, nil
}

// at is the bin (i·width, (i+1)·width] of a time; a spike at 0 belongs to the first.
func (b bins) at(t float64) (i int, ok bool) {
	at := math.Ceil(t/b.width-slack) - 1
	if !(at >= -1 && at < float64(b.n)) {
		return 0, false
	}
	return max(int(at), 0), true
}

// Activity counts the spikes of the population in whole bins of the given width, s.
func (s Spikes) Activity(width float64) ([]int, error) {
	b, err := s.whole(width)
	if err != nil {
		return nil, err
	}
	counts := make([]int, b.n)
	s.each(func(_ int, t float64) {
		if i, ok := b.at(t); ok {
			counts[i]++
		}
	})
	return counts, nil
}

// PopulationRate is the rate over time, Hz: the spikes in bins of the given
// width, s, by width and number of neurons. Bin i reaches from edge i to i+1; the
// last one ends with the recording and may be shorter.
func (s Spikes) PopulationRate(width float64) (edges, rates []float64, err error) {
	if !(width > 0) || !(s.Duration/width <= maxBins) {
		return nil, nil, fmt.Errorf("%g s in bins of %g s; give a width above zero that makes at most %d bins", s.Duration, width, maxBins)
	}
	n := max(1, int(math.Ceil(s.Duration/width-slack)))
	edges, rates = make([]float64, n+1), make([]float64, n)
	for i := range edges {
		edges[i] = min(float64(i)*width, s.Duration)
	}
	edges[n] = s.Duration
	b := bins{width, n}
	s.each(func(_ int, t float64) {
		if i, ok := b.at(t); ok {
			rates[i]++
		}
	})
	for i := range rates {
		rates[i] /= float64((edges[i+1] - edges[i]) * float64(s.Neurons))
	}
	return edges, rates, nil
}

// moments are sums over the counts of each neuron in bins.
type moments struct {
	bins         bins
	sum, squares []int64 // per neuron
}

// countMoments needs the spikes of each neuron in order, but keeps only one
// count for each.
func (s Spikes) countMoments(width float64) (moments, error) {
	b, err := s.whole(width)
	if err != nil {
		return moments{}, err
	}
	n := max(s.Neurons, 0)
	m := moments{b, make([]int64, n), make([]int64, n)}
	current, count := make([]int, n), make([]int64, n)
	s.each(func(id int, t float64) {
		i, ok := b.at(t)
		if !ok {
			return
		}
		if i != current[id] {
			current[id], count[id] = i, 0
		}
		// From k to k+1 spikes, a bin's square grows by 2k+1.
		m.sum[id]++
		m.squares[id] += 2*count[id] + 1
		count[id]++
	})
	return m, nil
}

// variance is that of n counts, dividing by n−1.
func variance(n int, sum, squares int64) float64 {
	mean := float64(sum) / float64(n)
	return max(0, float64(squares)-float64(mean*float64(sum))) / float64(n-1)
}
