package plot

import (
	"iter"
	"math"
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

	// Pieces, where it is not nil, gives T and Rows in place of those above, in order,
	// some samples at a time; anew to each reader. A piece is read before the next.
	Pieces iter.Seq2[Values, error]
}

// Spikes is what a spike probe recorded.
type Spikes struct {
	Times    []float64 // seconds, ascending: ends of the steps
	IDs      []int64   // neuron of each spike, 0 ≤ id < Neurons
	Exact    []float64 // exact times within the steps, or nil
	Neurons  int
	Duration float64 // seconds simulated

	// Pieces, where it is not nil, gives Times, IDs and Exact, like those of Values.
	Pieces iter.Seq2[Spikes, error]
}

// times returns the exact times where the model gave them.
func (s Spikes) times() []float64 {
	if len(s.Exact) == len(s.Times) {
		return s.Exact
	}
	return s.Times
}

// Rates returns the rate of every neuron in hertz, from its inter-spike
// intervals, as stats.Spikes.IntervalRates does; of exact times where there are
// any.
func Rates(s Spikes) []float64 { return new(source).trains("", s).analysed().IntervalRates() }

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
