package program

import "soma/internal/kernel"

// weigh executes a Weighting.
func (in *Interpreter) weigh(op *Weighting) {
	x, y, w := in.load(op.From), in.load(op.To), in.load(op.Weights)
	n := len(x)
	if in.program.Signals[op.From.Signal].Spikes {
		for j := range x {
			for i := range y {
				if x[j] != 0 {
					y[i] += float64(w[i*n+j] * x[j])
				}
			}
		}
	} else {
		for i := range y {
			y[i] += kernel.Dot(kernel.Portable, w[i*n:(i+1)*n], x)
		}
	}
	in.store(op.To, y)
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
		for r := range op.Rows {
			gain, decay := c.Coefficients(r, rows[r], theta[r], on)
			for j := range cols {
				k := r*cols + j
				switch {
				case decay != 0:
					after[k] += float64(gain*v[j]) - float64(decay*before[k])
				case gain != 0:
					after[k] += float64(gain * v[j])
				}
			}
		}
	}
	return append(stores, pendingStore{op.Weights, after})
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
