package program

import (
	"soma/learn"
	"soma/synapse"
)

// Weighting adds weights that may change times From to To. The weights are To.Count
// × From.Count, stored as ByColumns says. The order of summation is that of a
// Product: see Multiply.
type Weighting struct {
	Label
	From, To, Weights View
}

// Uses implements Operator: reads From and Weights, increments To.
func (o *Weighting) Uses() []Use {
	return []Use{{Reads, o.From.Signal}, {Reads, o.Weights.Signal}, {Increments, o.To.Signal}}
}

// ByColumns says how weights that may change are stored: tall and square ones
// column by column, wide ones row by row. Products and changes then run along the
// long side.
func ByColumns(rows, cols int) bool { return rows >= cols }

// Place is where the weight in row i and column j is stored.
func Place(i, j, rows, cols int) int {
	if ByColumns(rows, cols) {
		return j*rows + i
	}
	return i*cols + j
}

// Gather sets To to the values of From in another order: value k of To is value
// Order[k] of From. It does so every Every-th step, for a Record that looks at To
// only then.
type Gather struct {
	Label
	From, To View
	Order    []int32
	Every    int
}

// Uses implements Operator: reads From, sets To.
func (o *Gather) Uses() []Use { return []Use{{Reads, o.From.Signal}, {Sets, o.To.Signal}} }

// Trace passes From through a synapse into To within the step: the filters of
// learning rules add no delay.
type Trace struct {
	Label
	From, To View
	System   synapse.System
}

// Uses implements Operator: reads From, sets To.
func (o *Trace) Uses() []Use { return []Use{{Reads, o.From.Signal}, {Sets, o.To.Signal}} }

// Learn changes weights, stored as ByColumns says, to be seen in the next step.
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
		for _, v := range []View{c.Columns, c.Rows, c.Threshold, c.Switch, c.Input} {
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
// Left alone are, of weights that are stored by rows, rows whose gain and decay are
// 0; of weights that are stored by columns, columns where v_j is 0, when no row
// decays. Where one row decays, all rows of weights stored by columns do, if only
// by 0.
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

	// Start makes the running rule of kind Custom, which is no vector, gains and
	// decays: it adds what it likes. Input is what is connected to it.
	Start func() (func(learn.Now), error)
	Input View
}

// ChangeKind is a learning rule.
type ChangeKind int

const (
	PES    ChangeKind = iota // v = a, g = −κ·dt/n·e
	RLS                      // v = P a/(1 + aᵀP a), g = −e
	BCM                      // v = a, g = κ·dt·b (b − θ)
	Oja                      // v = a, g = κ·dt·b, d = β κ·dt·b²
	Voja                     // v = x, g = κ·dt·L s b, d = κ·dt·L b
	Custom                   // see learn.Custom
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
