package engine

import (
	"soma/internal/kernel"
	"soma/internal/program"
)

// weightings adds weights that change times values to sums.
type weightings []weighting

type weighting struct {
	from, to, weights span
	member            *member      // of spiking neurons; nil: values
	view              program.View // which neurons
	x, y              []float64    // copies of views that are not contiguous
}

func (b *levelBuilder) weighting(op *program.Weighting) {
	w := weighting{from: b.l.span(op.From), to: b.l.span(op.To), weights: b.l.span(op.Weights), view: op.From}
	if m, ok := b.members[op.From.Signal]; ok && b.e.program.Signals[op.From.Signal].Spikes {
		w.member = m
		m.group.listed = true
	}
	w.x, w.y = make([]float64, w.from.n), make([]float64, w.to.n)
	b.weightings = append(b.weightings, w)
}

func (w weightings) run(e *Engine, _ float64) {
	for i := range w {
		if w[i].member == nil {
			w[i].values(e)
		} else {
			w[i].spikes(e)
		}
	}
}

// values adds row by row.
func (w *weighting) values(e *Engine) {
	x, y, weights := w.from.view(e.memory, w.x), w.to.view(e.memory, w.y), w.weights.of(e.memory)
	n := len(x)
	for i := range y {
		y[i] += kernel.Dot(e.options.Level, weights[i*n:(i+1)*n], x)
	}
	if !w.to.contiguous() {
		w.to.store(e.memory, y)
	}
}

// spikes adds the column of each neuron that fired.
func (w *weighting) spikes(e *Engine) {
	weights := w.weights.of(e.memory)
	w.member.each(func(id int, x float64) {
		j, ok := w.view.Index(id)
		if !ok {
			return
		}
		to := w.to.start
		for at := j; at < len(weights); at += w.from.n {
			e.memory[to] += float64(weights[at] * x)
			to += w.to.step
		}
	})
}

// traces are the filters of learning rules, which add no delay.
type traces []filter

func (b *levelBuilder) trace(op *program.Trace) {
	f := filter{system: op.System, from: b.l.span(op.From), to: b.l.span(op.To)}
	f.state = make([]float64, op.System.Order()*f.from.n)
	f.u, f.y = make([]float64, f.from.n), make([]float64, f.from.n)
	b.readDense(op.From)
	b.traces = append(b.traces, f)
}

func (t traces) run(e *Engine, _ float64) {
	for i := range t {
		t[i].run(e)
	}
}

// learn is what learning rules change of one signal.
type learn struct {
	weights span
	rows    int
	changes []change
	before  []float64 // a row, where a change depends on what others have changed
}

// change is one learning rule.
type change struct {
	*program.Change
	columns, row, threshold, on, inverse span
	vector                               []float64 // over the columns: in place, or in room
	room                                 []float64
	product                              []float64 // P a of RLS
	gain, decay                          []float64 // of each row
}

// buildLearns makes the updates of weights.
func (e *Engine) buildLearns(l *layout, updates []program.Operator) {
	members := e.membersByOutput()
	for _, op := range updates {
		op, ok := op.(*program.Learn)
		if !ok {
			continue
		}
		one := learn{weights: l.span(op.Weights), rows: op.Rows, before: make([]float64, op.Weights.Count/op.Rows)}
		for i := range op.Changes {
			c := &op.Changes[i]
			for _, v := range []program.View{c.Columns, c.Rows, c.Threshold} {
				noteDense(members, v)
			}
			one.changes = append(one.changes, change{
				Change: c, columns: l.span(c.Columns), row: l.span(c.Rows), threshold: l.span(c.Threshold),
				on: l.span(c.Switch), inverse: l.span(c.Inverse),
				room: make([]float64, c.Columns.Count), product: make([]float64, c.Inverse.Count/max(c.Columns.Count, 1)),
				gain: make([]float64, op.Rows), decay: make([]float64, op.Rows),
			})
		}
		e.learns = append(e.learns, one)
	}
}

// learn runs all updates of weights.
func (e *Engine) learn() {
	for i := range e.learns {
		l := &e.learns[i]
		for k := range l.changes {
			l.changes[k].prepare(e)
		}
		l.apply(e)
	}
}

// prepare finds the change's vector, gains and decays.
func (c *change) prepare(e *Engine) {
	c.vector = c.columns.view(e.memory, c.room)
	if c.Kind == program.RLS {
		c.recurse(e)
	}
	on := 0.0
	if c.on.n > 0 {
		on = e.memory[c.on.start]
	}
	theta := 0.0
	for i := range c.gain {
		if c.threshold.n > 0 {
			theta = e.memory[c.threshold.start+i*c.threshold.step]
		}
		c.gain[i], c.decay[i] = c.Coefficients(i, e.memory[c.row.start+i*c.row.step], theta, on)
	}
}

// recurse makes P a/(1 + aᵀP a) the vector, in place of a, and changes P.
func (c *change) recurse(e *Engine) {
	level, p, a, pa := e.options.Level, c.inverse.of(e.memory), c.vector, c.product
	v := c.room
	n := len(a)
	for i := range pa {
		pa[i] = kernel.Dot(level, p[i*n:(i+1)*n], a)
	}
	scale := 1 / (1 + kernel.Dot(level, a, pa))
	for i := range v {
		v[i] = float64(scale * pa[i])
	}
	for i := range v {
		kernel.Axpy(level, p[i*n:(i+1)*n], -v[i], pa)
	}
	c.vector = v
}

// apply adds the changes to the weights, row by row.
func (l *learn) apply(e *Engine) {
	weights := l.weights.of(e.memory)
	for i := range l.rows {
		row := weights[i*len(l.before) : (i+1)*len(l.before)]
		before := row
		if len(l.changes) > 1 {
			copy(l.before, row)
			before = l.before
		}
		for k := range l.changes {
			c := &l.changes[k]
			switch gain, decay := c.gain[i], c.decay[i]; {
			case decay != 0:
				for j, v := range c.vector {
					row[j] += float64(gain*v) - float64(decay*before[j])
				}
			case gain != 0:
				kernel.Axpy(e.options.Level, row, gain, c.vector)
			}
		}
	}
}

// Values copies the values of a view as they are now.
func (e *Engine) Values(v program.View) []float64 {
	x := make([]float64, v.Count)
	for i := range x {
		x[i] = e.memory[e.offsets[v.Signal]+v.Start+i*v.Step]
	}
	return x
}
