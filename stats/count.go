package stats

import "math"

// Widths of bins that are customary, s.
const (
	FanoWindow       = 0.1   // of FanoFactors
	SynchronyBin     = 0.003 // Potjans & Diesmann (2014)
	CorrelationBin   = 0.002 // van Albada et al. (2018)
	SpectrumBin      = 0.001
	CorrelationCount = 200 // neurons
)

// FanoFactors is the variance of each neuron's spike counts in windows of the
// given width, s, by their mean (Fano, Phys. Rev. 72:26, 1947). NaN for a neuron
// that does not fire. A Poisson process has 1, a clock nearly 0.
func (s Spikes) FanoFactors(window float64) ([]float64, error) {
	m, err := s.countMoments(window)
	if err != nil {
		return nil, err
	}
	factors := s.fill(math.NaN())
	for i, sum := range m.sum {
		if sum > 0 {
			factors[i] = variance(m.bins.n, sum, m.squares[i]) / float64(sum) * float64(m.bins.n)
		}
	}
	return factors, nil
}

// Synchrony is the variance of the population's spike counts in bins of the
// given width, s, by their mean (Potjans & Diesmann, Cereb. Cortex 24:785, 2014).
// It is 1 for independent Poisson processes and grows with the number of neurons
// that fire together. NaN without spikes.
func (s Spikes) Synchrony(bin float64) (float64, error) {
	counts, err := s.Activity(bin)
	if err != nil {
		return math.NaN(), err
	}
	sum, squares := int64(0), int64(0)
	for _, n := range counts {
		sum += int64(n)
		squares += int64(n) * int64(n)
	}
	if sum == 0 {
		return math.NaN(), nil
	}
	return variance(len(counts), sum, squares) / float64(sum) * float64(len(counts)), nil
}

// Coherence is χ, the root of the variance of the mean of all neurons' counts by
// the mean of the variances of each one's (Golomb & Rinzel, Physica D 72:259,
// 1994): 1 when all do the same, about 1/√Neurons when they are independent.
// Unlike Synchrony it compares across sizes of populations. NaN when no count
// varies.
func (s Spikes) Coherence(bin float64) (float64, error) {
	m, err := s.countMoments(bin)
	if err != nil {
		return math.NaN(), err
	}
	counts, err := s.Activity(bin)
	if err != nil {
		return math.NaN(), err
	}
	sum, squares, single := int64(0), int64(0), 0.0
	for _, n := range counts {
		sum += int64(n)
		squares += int64(n) * int64(n)
	}
	for i := range m.sum {
		single += variance(m.bins.n, m.sum[i], m.squares[i])
	}
	if single == 0 {
		return math.NaN(), nil
	}
	return math.Sqrt(variance(m.bins.n, sum, squares) / (float64(s.Neurons) * single)), nil
}
