package neuron

import (
	"math"

	"soma/internal/elementary"
)

// synapses are an excitatory and an inhibitory variable g that spikes make jump
// (exponential) or make rise to a peak of the weight (alpha):
//
//	exponential: dg/dt = −g/τ,            g ← g + w
//	alpha:       dg/dt = d − g/τ, dd/dt = −d/τ, d ← d + w·e/τ
//
// Their variables are g_ex, g_in and, of alpha, d_ex, d_in.
type synapses struct {
	alpha        bool
	tauEx, tauIn float64 // s
}

// size is the number of variables.
func (s synapses) size() int {
	if s.alpha {
		return 4
	}
	return 2
}

func (s synapses) derive(y, dydt []float64) {
	dydt[0] = -y[0] / s.tauEx
	dydt[1] = -y[1] / s.tauIn
	if s.alpha {
		dydt[0] += y[2]
		dydt[1] += y[3]
		dydt[2] = -y[2] / s.tauEx
		dydt[3] = -y[3] / s.tauIn
	}
}

// decay carries the variables over a span by the exact propagator.
func (s synapses) decay(y []float64, span float64) {
	ex, in := elementary.Exp(-span/s.tauEx), elementary.Exp(-span/s.tauIn)
	if s.alpha {
		y[0] += float64(span * y[2])
		y[1] += float64(span * y[3])
		y[2] = float64(ex * y[2])
		y[3] = float64(in * y[3])
	}
	y[0] = float64(ex * y[0])
	y[1] = float64(in * y[1])
}

// arrive adds the weights of arriving spikes, with their sign.
func (s synapses) arrive(y []float64, ex, in float64) {
	if s.alpha {
		y[2] += float64(ex*euler) / s.tauEx
		y[3] += float64(in*euler) / s.tauIn
		return
	}
	y[0] += ex
	y[1] += in
}

// open adds the weights of arriving spikes to conductances, which take their
// magnitude: the sign has chosen the synapse.
func (s synapses) open(y []float64, ex, in float64) {
	s.arrive(y, math.Abs(ex), math.Abs(in))
}

// openAt is open for neuron i, whose variables are in rows.
func (s synapses) openAt(rows [][]float64, i int, ex, in float64) {
	ex, in = math.Abs(ex), math.Abs(in)
	if s.alpha {
		rows[2][i] += float64(ex*euler) / s.tauEx
		rows[3][i] += float64(in*euler) / s.tauIn
		return
	}
	rows[0][i] += ex
	rows[1][i] += in
}

// gather copies neuron i's state variables from the rows of a block.
func gather(y []float64, rows [][]float64, i int) {
	for j := range y {
		y[j] = rows[j][i]
	}
}

// scatter copies them back.
func scatter(y []float64, rows [][]float64, i int) {
	for j := range y {
		rows[j][i] = y[j]
	}
}

// scales are the magnitudes of the variables, for g of magnitude one.
func (s synapses) scales(one float64) []float64 {
	return []float64{one, one, one / s.tauEx, one / s.tauIn}[:s.size()]
}
