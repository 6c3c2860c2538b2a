package stats

import (
	"iter"
	"math"
	"slices"
)

// eachInterval calls f for every interval between successive spikes of a neuron.
func (s Spikes) eachInterval(f func(id int, interval float64)) {
	last := s.fill(math.NaN())
	s.each(func(id int, t float64) {
		if interval := t - last[id]; interval >= 0 {
			f(id, interval)
		}
		last[id] = t
	})
}

// Intervals are the inter-spike intervals of all neurons, s, in the order of the
// spikes that end them.
func (s Spikes) Intervals() []float64 { return slices.Collect(s.AllIntervals()) }

// AllIntervals gives Intervals one by one.
func (s Spikes) AllIntervals() iter.Seq[float64] {
	return func(yield func(float64) bool) {
		enough := false
		s.eachInterval(func(_ int, interval float64) { enough = enough || !yield(interval) })
	}
}

// CVs is the coefficient of variation of each neuron's intervals, their standard
// deviation (the one that divides by their number) by their mean. NaN for a
// neuron of fewer than three spikes. A Poisson process has 1, a clock 0.
func (s Spikes) CVs() []float64 {
	n, mean, squares := s.fill(0), s.fill(0), s.fill(0)
	s.eachInterval(func(id int, interval float64) {
		// Welford, Technometrics 4:419 (1962)
		n[id]++
		off := interval - mean[id]
		mean[id] += off / n[id]
		squares[id] += float64(off * (interval - mean[id]))
	})
	cvs := s.fill(math.NaN())
	for i := range cvs {
		if n[i] >= 2 && mean[i] > 0 {
			cvs[i] = math.Sqrt(max(squares[i], 0)/n[i]) / mean[i]
		}
	}
	return cvs
}

// LVs is the local variation of each neuron's intervals I,
//
//	LV = 3/(n−1) · Σ ((I_i − I_i+1)/(I_i + I_i+1))²,
//
// which slow changes of the rate do not raise as they raise the CV (Shinomoto,
// Shima & Tanji, Neural Comput. 15:2823, 2003). NaN for a neuron of fewer than
// three spikes. A Poisson process has 1, a clock 0.
func (s Spikes) LVs() []float64 {
	n, sum, last := s.fill(0), s.fill(0), s.fill(math.NaN())
	s.eachInterval(func(id int, interval float64) {
		if both := interval + last[id]; both > 0 {
			contrast := (interval - last[id]) / both
			n[id]++
			sum[id] += float64(contrast * contrast)
		}
		last[id] = interval
	})
	lvs := s.fill(math.NaN())
	for i := range lvs {
		if n[i] > 0 {
			lvs[i] = 3 * sum[i] / n[i]
		}
	}
	return lvs
}
