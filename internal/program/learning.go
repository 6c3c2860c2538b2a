package program

import "soma/synapse"

// Weighting adds weights that may change times From to To. The weights are To.Count
// × From.Count, row by row.
//
// The order of summation is part of the meaning: from spikes, neuron by neuron in
// rising order; from anything else, row by row with the fixed tree of kernel.Dot.
type Weighting struct {
	Label
	From, To, Weights View
}

// Uses implements Operator: reads From and Weights, increments To.
func (o *Weighting) Uses() []Use {
	return []Use{{Reads, o.From.Signal}, {Reads, o.Weights.Signal}, {Increments, o.To.Signal}}
}

// Trace passes From through a synapse into To within the step: the filters of
// learning rules add no delay.
type Trace struct {
	Label
	From, To View
	System   synapse.System
}

// Uses implements Operator: reads From, sets To.
func (o *Trace) Uses() []Use { return []Use{{Reads, o.From.Signal}, {Sets, o.To.Signal}} }

// Learn changes weights, rows × columns, row by row, to be seen in the next step.
// All changes are found from the weights before any of them, then added in
// order.
type Learn struct {
	Label
	Weights View
	Rows    int
	Changes []Change
}

// Uses implements Operator: reads what the changes need, updates Weights and the
// state of the rules.
func (o *Learn) Uses() []Use {
	uses := []Use{{Updates, o.Weights.Signal}}
	for i := range o.Changes {
		c := &o.Changes[i]
		for _, v := range []View{c.Columns, c.Rows, c.Threshold, c.Switch} {
			if v.Count > 0 {
				uses = append(uses, Use{Reads, v.Signal})
			}
		}
		if c.Inverse.Count > 0 {
			uses = append(uses, Use{Updates, c.Inverse.Signal})
		}
	}
	return uses
}

// A Change is what one learning rule adds to weights W: with a vector v over the
// columns and, for each row i, a gain g and a decay d,
//
//	W_i ← W_i + (g_i v − d_i W_i)
//
// Of rows whose gain and decay are 0, nothing changes.
type Change struct {
	Kind ChangeKind
	// Rate is κ·dt, divided by the number of neurons for PES and RLS.
	Rate    float64
	Columns View // a, the activities of the sources; of Voja the input x
	Rows    View // the error of PES and RLS, or b, the activities of the targets
	Beta    float64
	// Threshold is θ of BCM, one value for each row.
	Threshold View
	// Switch is the learning signal of Voja, one value.
	Switch View
	// Scale is gain/radius of Voja, one value for each row.
	Scale []float64
	// Inverse is P of RLS, columns × columns, row by row; it starts as Rate times
	// the identity.
	Inverse View
}

// ChangeKind is a learning rule.
type ChangeKind int

const (
	PES  ChangeKind = iota // v = a, g = −κ·dt/n·e
	RLS                    // v = P a/(1 + aᵀP a), g = −e
	BCM                    // v = a, g = κ·dt·b (b − θ)
	Oja                    // v = a, g = κ·dt·b, d = β κ·dt·b²
	Voja                   // v = x, g = κ·dt·L s b, d = κ·dt·L b
)

// Coefficients finds gain and decay of row i, given the value of Rows, Threshold and
// Switch.
func (c *Change) Coefficients(i int, row, threshold, on float64) (gain, decay float64) {
	switch c.Kind {
	case PES:
		return float64(-c.Rate * row), 0
	case RLS:
		return -row, 0
	case BCM:
		return float64(float64(c.Rate*row) * (row - threshold)), 0
	case Oja:
		gain = float64(c.Rate * row)
		return gain, float64(float64(c.Beta*gain) * row)
	default:
		decay = float64(float64(c.Rate*on) * row)
		return float64(decay * c.Scale[i]), decay
	}
}
