package plot

import (
	"fmt"
	"math"

	"soma/stats"
)

// Data is where a figure finds what it draws. Slices that it returns are only
// read, and only during Draw.
type Data interface {
	Values(probe string) (Values, error)
	Spikes(probe string) (Spikes, error)
}

// Values is what a value probe recorded.
type Values struct {
	T     []float64 // seconds, ascending
	Rows  []float64 // len(T) rows of Width numbers each
	Width int
	Unit  string // SI unit without prefix, "V"; empty: dimensionless
	Label string // what the numbers are, "membrane voltage"; may be empty
}

// project gives the dot products of every sample with each of the vectors.
func (v Values) project(vectors []Numbers) (Values, error) {
	out := v
	out.Rows, out.Width, out.Unit, out.Label = make([]float64, 0, len(v.T)*len(vectors)), len(vectors), "", ""
	for _, vector := range vectors {
		if len(vector) != v.Width {
			return v, fmt.Errorf("it has %s, a projection has %d", count(v.Width, "value"), len(vector))
		}
	}
	for i := range v.T {
		for _, vector := range vectors {
			sum := 0.0
			for k, x := range v.Rows[i*v.Width : (i+1)*v.Width] {
				sum += float64(x * vector[k])
			}
			out.Rows = append(out.Rows, sum)
		}
	}
	return out, nil
}

// Spikes is what a spike probe recorded.
type Spikes struct {
	Times    []float64 // seconds, ascending: ends of the steps
	IDs      []int64   // neuron of each spike, 0 ≤ id < Neurons
	Exact    []float64 // exact times within the steps, or nil
	Neurons  int
	Duration float64 // seconds simulated
}

// times returns the exact times where the model gave them.
func (s Spikes) times() []float64 {
	if len(s.Exact) == len(s.Times) {
		return s.Exact
	}
	return s.Times
}

// analysed is the form in which package stats takes spikes.
func (s Spikes) analysed() stats.Spikes {
	return stats.Spikes{Times: s.times(), IDs: s.IDs, Neurons: s.Neurons, Duration: s.Duration}
}

// Rates returns the rate of every neuron in hertz, from its inter-spike
// intervals, as stats.Spikes.IntervalRates does; of exact times where there are
// any.
func Rates(s Spikes) []float64 { return s.analysed().IntervalRates() }

// values fetches a value probe and checks that it can be drawn.
func values(d Data, probe string) (Values, error) {
	v, err := d.Values(probe)
	if err != nil {
		return v, fmt.Errorf("probe %q: %w", probe, err)
	}
	n := len(v.T)
	switch {
	case n == 0:
		return v, fmt.Errorf("probe %q has no samples; simulate longer or sample more often", probe)
	case v.Width < 1 || len(v.Rows) != n*v.Width:
		return v, fmt.Errorf("probe %q has %s for %s of width %d; give samples × width",
			probe, count(len(v.Rows), "number"), count(n, "sample"), v.Width)
	}
	for i, t := range v.T {
		if !finite(t) || i > 0 && t < v.T[i-1] {
			return v, fmt.Errorf("probe %q: time %v of sample %d is not finite and ascending; sort the samples", probe, t, i)
		}
	}
	for _, y := range v.Rows {
		if finite(y) {
			return v, nil
		}
	}
	return v, fmt.Errorf("probe %q holds no finite number, only NaN or infinities; look for a division by zero in the model", probe)
}

// spikes fetches a spike probe and checks that it can be drawn.
func spikes(d Data, probe string) (Spikes, error) {
	s, err := d.Spikes(probe)
	if err != nil {
		return s, fmt.Errorf("probe %q: %w", probe, err)
	}
	switch {
	case s.Neurons < 1:
		return s, fmt.Errorf("probe %q has no neurons; probe at least one", probe)
	case len(s.IDs) != len(s.Times):
		return s, fmt.Errorf("probe %q has %s and %s; give one id for each time", probe, count(len(s.Times), "spike time"), count(len(s.IDs), "neuron id"))
	case s.Exact != nil && len(s.Exact) != len(s.Times):
		return s, fmt.Errorf("probe %q has %s and %s; give as many, or none", probe, count(len(s.Times), "spike time"), count(len(s.Exact), "exact time"))
	case !finite(s.Duration) || s.Duration <= 0:
		return s, fmt.Errorf("probe %q was recorded for %v s; simulate for a time above zero", probe, s.Duration)
	}
	times := s.times()
	for i, id := range s.IDs {
		if id < 0 || id >= int64(s.Neurons) {
			return s, fmt.Errorf("probe %q: spike %d is of neuron %d; ids must be 0 to %d", probe, i, id, s.Neurons-1)
		}
		if !finite(times[i]) || !finite(s.Times[i]) {
			return s, fmt.Errorf("probe %q: spike %d is at %v s; times must be finite", probe, i, times[i])
		}
	}
	return s, nil
}

func probeError(probe string, err error) error { return fmt.Errorf("probe %q: %w", probe, err) }

// extent is the smallest interval that holds the finite numbers added to it;
// use empty to start.
type extent struct{ min, max float64 }

func empty() extent { return extent{math.Inf(1), math.Inf(-1)} }

func (e *extent) add(vs ...float64) {
	for _, v := range vs {
		if finite(v) {
			e.min, e.max = min(e.min, v), max(e.max, v)
		}
	}
}

func (e extent) isEmpty() bool { return e.min > e.max }
