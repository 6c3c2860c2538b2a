package stats

import (
	"fmt"
	"iter"
	"math"
)

// Spikes are the spikes of a population.
type Spikes struct {
	Times    []float64 // s; those of one neuron ascend
	IDs      []int64   // the neuron of each spike, 0 ≤ id < Neurons
	Neurons  int
	Duration float64 // s
	// Pieces, where it is not nil, gives the spikes in place of Times and IDs, some at
	// a time, as of a recording that memory cannot hold; a few times over.
	Pieces iter.Seq2[[]float64, []int64]
}

// pieces gives the spikes some at a time.
func (s Spikes) pieces() iter.Seq2[[]float64, []int64] {
	if s.Pieces != nil {
		return s.Pieces
	}
	return func(yield func([]float64, []int64) bool) { yield(s.Times, s.IDs) }
}

// Check finds what is wrong with the spikes.
func (s Spikes) Check() error {
	switch {
	case s.Neurons < 1:
		return fmt.Errorf("spikes of %d neurons; give at least one", s.Neurons)
	case !finite(s.Duration) || s.Duration <= 0:
		return fmt.Errorf("spikes of %g s; give a time above zero", s.Duration)
	}
	n, last := 0, s.fill(0)
	for times, ids := range s.pieces() {
		if len(times) != len(ids) {
			return fmt.Errorf("%d spike times and %d neuron ids; give one id for each time", len(times), len(ids))
		}
		if err := s.checkPiece(times, ids, n, last); err != nil {
			return err
		}
		n += len(times)
	}
	return nil
}

// checkPiece checks the spikes after the first n, and each neuron's last one.
func (s Spikes) checkPiece(times []float64, ids []int64, n int, last []float64) error {
	for i, t := range times {
		id := ids[i]
		switch {
		case id < 0 || id >= int64(s.Neurons):
			return fmt.Errorf("spike %d is of neuron %d; ids must be 0 to %d", n+i, id, s.Neurons-1)
		case !finite(t) || t < 0:
			return fmt.Errorf("spike %d is at %g s; times must be finite and not below zero", n+i, t)
		case t < last[id]:
			return fmt.Errorf("spike %d of neuron %d is at %g s, before its last one at %g s; sort the spikes by time", n+i, id, t, last[id])
		}
		last[id] = t
	}
	return nil
}

// each calls f for every spike that Check would pass.
func (s Spikes) each(f func(id int, t float64)) {
	for times, ids := range s.pieces() {
		for i, id := range ids {
			if id >= 0 && id < int64(s.Neurons) && i < len(times) && finite(times[i]) {
				f(int(id), times[i])
			}
		}
	}
}

// fill makes one number per neuron.
func (s Spikes) fill(v float64) []float64 {
	all := make([]float64, max(s.Neurons, 0))
	if v != 0 {
		for i := range all {
			all[i] = v
		}
	}
	return all
}

// Counts is the number of spikes of each neuron.
func (s Spikes) Counts() []int {
	counts := make([]int, max(s.Neurons, 0))
	s.each(func(id int, _ float64) { counts[id]++ })
	return counts
}

// Rates is the rate of each neuron, Hz: its spikes by the duration.
func (s Spikes) Rates() []float64 {
	rates := s.fill(0)
	for i, n := range s.Counts() {
		rates[i] = float64(n) / s.Duration
	}
	return rates
}

// MeanRate is the mean of Rates, Hz.
func (s Spikes) MeanRate() float64 {
	n := 0
	s.each(func(int, float64) { n++ })
	return float64(n) / float64(s.Neurons) / s.Duration
}

// IntervalRates is the rate of each neuron, Hz, from its intervals:
// (n − 1)/(t_last − t_first) of its n spikes, and 0 with fewer than two. It is
// the better measure of a regular train, as its resolution is not one spike per
// duration.
func (s Spikes) IntervalRates() []float64 {
	rates, counts := s.fill(0), s.Counts()
	first, last := s.fill(math.Inf(1)), s.fill(math.Inf(-1))
	s.each(func(id int, t float64) { first[id], last[id] = min(first[id], t), max(last[id], t) })
	for i := range rates {
		if span := last[i] - first[i]; span > 0 {
			rates[i] = float64(counts[i]-1) / span
		}
	}
	return rates
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
