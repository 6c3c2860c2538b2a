package program

import (
	"slices"

	"soma/connect"
	"soma/internal/kernel"
	"soma/learn"
)

// weigh executes a Weighting.
func (in *Interpreter) weigh(op *Weighting) {
	w := in.load(op.Weights)
	m := connect.NewMatrix(op.To.Count, op.From.Count)
	for i := range m.Rows {
		for j := range m.Cols {
			m.Row(i)[j] = w[Place(i, j, m.Rows, m.Cols)]
		}
	}
	y := in.load(op.To)
	Multiply(&Product{Weights: m}, in.program.Signals[op.From.Signal].Spikes, in.load(op.From), y)
	in.store(op.To, y)
}

// gather executes a Gather.
func (in *Interpreter) gather(op *Gather) {
	if in.step%int64(op.Every) != 0 {
		return
	}
	from, to := in.load(op.From), make([]float64, op.To.Count)
	for k, at := range op.Order {
		to[k] = from[at]
	}
	in.store(op.To, to)
}

// trace executes a Trace.
func (in *Interpreter) trace(op *Trace) {
	y := make([]float64, op.To.Count)
	FilterStep(op.System, in.traces[op], in.load(op.From), y)
	in.store(op.To, y)
}

// learn gives the weights after a Learn, and the states of its rules; the caller
// stores them when all updates have been found.
func (in *Interpreter) learn(op *Learn) (stores []pendingStore) {
	before := in.load(op.Weights)
	after := append([]float64(nil), before...)
	cols := len(before) / op.Rows
	for i := range op.Changes {
		c := &op.Changes[i]
		v := in.load(c.Columns)
		if c.Kind == Custom {
			in.custom(c, op.Rows, cols, before, after)
			continue
		}
		if c.Kind == RLS {
			var inverse []float64
			v, inverse = in.inverse(c, v)
			stores = append(stores, pendingStore{c.Inverse, inverse})
		}
		rows, theta, on := in.load(c.Rows), make([]float64, op.Rows), 0.0
		if c.Threshold.Count > 0 {
			theta = in.load(c.Threshold)
		}
		if c.Switch.Count > 0 {
			on = in.load(c.Switch)[0]
		}
		gain, decay := make([]float64, op.Rows), make([]float64, op.Rows)
		for r := range op.Rows {
			gain[r], decay[r] = c.Coefficients(r, rows[r], theta[r], on)
		}
		decays := slices.ContainsFunc(decay, func(d float64) bool { return d != 0 })
		for r := range op.Rows {
			for j := range cols {
				k := Place(r, j, op.Rows, cols)
				grows := gain[r] != 0
				if ByColumns(op.Rows, cols) {
					grows = v[j] != 0
				}
				switch {
				case decay[r] != 0 || decays && ByColumns(op.Rows, cols):
					after[k] += float64(gain[r]*v[j]) - float64(decay[r]*before[k])
				case grows:
					after[k] += float64(gain[r] * v[j])
				}
			}
		}
	}
	return append(stores, pendingStore{op.Weights, after})
}

// custom adds what a rule of a program's own makes of the weights before.
func (in *Interpreter) custom(c *Change, rows, cols int, before, after []float64) {
	now := c.Now(rows, cols)
	copy(now.Sources, in.load(c.Columns))
	copy(now.Targets, in.load(c.Rows))
	copy(now.Input, in.load(c.Input))
	for i := range rows {
		for j := range cols {
			now.Weights[i*cols+j] = before[Place(i, j, rows, cols)]
		}
	}
	in.rules[c](now)
	for i := range rows {
		for j := range cols {
			after[Place(i, j, rows, cols)] += now.Change[i*cols+j]
		}
	}
}

// Now has room for what the rule sees in a step, and for its change.
func (c *Change) Now(rows, cols int) learn.Now {
	now := learn.Now{
		Sources: make([]float64, cols), Input: make([]float64, c.Input.Count),
		Weights: make([]float64, rows*cols), Change: make([]float64, rows*cols),
	}
	if c.Rows.Count > 0 {
		now.Targets = make([]float64, rows)
	}
	return now
}

// pendingStore is what an update will change.
type pendingStore struct {
	to     View
	values []float64
}

// inverse gives v = P a/(1 + aᵀP a) and the new P = P − v (P a)ᵀ.
func (in *Interpreter) inverse(c *Change, a []float64) (v, p []float64) {
	p = in.load(c.Inverse)
	n := len(a)
	pa := make([]float64, n)
	for i := range pa {
		pa[i] = kernel.Dot(kernel.Portable, p[i*n:(i+1)*n], a)
	}
	scale := 1 / (1 + kernel.Dot(kernel.Portable, a, pa))
	v = make([]float64, n)
	for i := range v {
		v[i] = float64(scale * pa[i])
	}
	for i := range v {
		for j := range pa {
			p[i*n+j] += float64(-v[i] * pa[j])
		}
	}
	return v, p
}
