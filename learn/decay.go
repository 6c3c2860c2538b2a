package learn

import (
	"math"

	"soma/internal/elementary"
)

// Decay is exp(−n·dt/τ) for whole numbers of steps, from a table as far as it
// pays; 40 time constants on it is 0.
type Decay struct {
	rate  float64 // dt/τ
	cut   int64
	table []float64
}

// longestTable is 512 kB, of which the beginning is used most.
const longestTable = 1 << 16

// NewDecay prepares a decay for steps of dt.
func NewDecay(tau, dt float64) Decay {
	d := Decay{rate: dt / tau, cut: math.MaxInt64}
	if steps := math.Ceil(40 / d.rate); steps < 1<<62 {
		d.cut = int64(steps)
	}
	d.table = make([]float64, min(d.cut, longestTable-1)+1)
	for n := range d.table {
		if int64(n) < d.cut {
			d.table[n] = d.exp(int64(n))
		}
	}
	return d
}

func (d *Decay) exp(n int64) float64 { return elementary.Exp(-float64(float64(n) * d.rate)) }

// At is the factor after n steps, n ≥ 0.
func (d *Decay) At(n int64) float64 {
	switch {
	case n < int64(len(d.table)):
		return d.table[n]
	case n < d.cut:
		return d.exp(n)
	}
	return 0
}

// Table is the factors for 0, 1, … steps. Where it is whole its last element
// stands for all that follow: it is 0.
func (d *Decay) Table() (table []float64, whole bool) {
	return d.table, d.cut < int64(len(d.table))
}

// Decays prepares the decays of some traces.
func Decays(traces []Trace, dt float64) []Decay {
	list := make([]Decay, len(traces))
	for i, t := range traces {
		list[i] = NewDecay(t.Tau, dt)
	}
	return list
}

// After is the trace just after a spike, from what it was just before.
func (t Trace) After(before float64) float64 {
	if t.Nearest {
		return 1
	}
	return before + 1
}
