package engine

import (
	"fmt"

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

// values follows the order of summation of program.Multiply.
func (w *weighting) values(e *Engine) {
	x, y, weights := w.from.view(e.memory, w.x), w.to.view(e.memory, w.y), w.weights.of(e.memory)
	if program.ByColumns(len(y), len(x)) {
		for j := range x {
			kernel.Axpy(e.options.Level, y, x[j], weights[j*len(y):(j+1)*len(y)])
		}
	} else {
		for i := range y {
			y[i] += kernel.Dot(e.options.Level, weights[i*len(x):(i+1)*len(x)], x)
		}
	}
	if !w.to.contiguous() {
		w.to.store(e.memory, y)
	}
}

// spikes adds the column of each neuron that fired.
func (w *weighting) spikes(e *Engine) {
	y, weights := w.to.view(e.memory, w.y), w.weights.of(e.memory)
	rows, cols := len(y), w.from.n
	w.member.each(func(id int, x float64) {
		j, ok := w.view.Index(id)
		switch {
		case !ok:
		case program.ByColumns(rows, cols):
			kernel.Axpy(e.options.Level, y, x, weights[j*rows:(j+1)*rows])
		default:
			for i := range y {
				y[i] += float64(weights[i*cols+j] * x)
			}
		}
	})
	if !w.to.contiguous() {
		w.to.store(e.memory, y)
	}
}

// gathers puts values in another order, for those who record them.
type gathers []gather

type gather struct {
	from, to span
	order    []int32
	every    int64
}

func (g gathers) run(e *Engine, _ float64) {
	for i := range g {
		one := &g[i]
		if (e.step+1)%one.every != 0 {
			continue
		}
		to := one.to.of(e.memory)
		for k, at := range one.order {
			to[k] = e.memory[one.from.start+int(at)*one.from.step]
		}
	}
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

// learner is what learning rules change of one signal.
type learner struct {
	weights span
	rows    int
	changes []change
	before  [][]float64 // of each worker: a row or column, where a change depends on what others change
}

// change is one learning rule.
type change struct {
	*program.Change
	label                                program.Label
	custom                               *customRule // nil: one of the others
	columns, row, threshold, on, inverse span
	vector                               []float64 // over the columns: in place, or in room
	room                                 []float64
	product                              []float64 // P a of RLS
	gain, decay                          []float64 // of each row
	decays                               bool      // any of them
}

// buildLearns makes the updates of weights.
func (e *Engine) buildLearns(l *layout, updates []program.Operator) {
	members := e.membersByOutput()
	for _, op := range updates {
		op, ok := op.(*program.Learn)
		if !ok {
			continue
		}
		one := learner{weights: l.span(op.Weights), rows: op.Rows}
		for i := range op.Changes {
			c := &op.Changes[i]
			for _, v := range []program.View{c.Columns, c.Rows, c.Threshold} {
				noteDense(members, v)
			}
			one.changes = append(one.changes, change{
				Change: c, label: op.Label, custom: newCustomRule(l, op, c), columns: l.span(c.Columns), row: l.span(c.Rows), threshold: l.span(c.Threshold),
				on: l.span(c.Switch), inverse: l.span(c.Inverse),
				room: make([]float64, c.Columns.Count), product: make([]float64, c.Inverse.Count/max(c.Columns.Count, 1)),
				gain: make([]float64, op.Rows), decay: make([]float64, op.Rows),
			})
		}
		e.learns = append(e.learns, one)
	}
}

// learningWork is the number of weights of the largest update.
func (e *Engine) learningWork() (largest int) {
	for i := range e.learns {
		largest = max(largest, e.learns[i].weights.n)
		for k := range e.learns[i].changes {
			largest = max(largest, e.learns[i].changes[k].inverse.n)
		}
	}
	return largest
}

// learn runs all updates of weights.
func (e *Engine) learn() {
	for i := range e.learns {
		l := &e.learns[i]
		for k := range l.changes {
			l.changes[k].prepare(e, l.weights.of(e.memory))
		}
		l.apply(e)
	}
}

// prepare finds the change's vector, gains and decays.
func (c *change) prepare(e *Engine, weights []float64) {
	c.vector = c.columns.view(e.memory, c.room)
	if c.custom != nil {
		c.custom.run(e, c.vector, weights)
		return
	}
	if c.Kind == program.RLS {
		c.recurse(e)
	}
	on := 0.0
	if c.on.n > 0 {
		on = e.memory[c.on.start]
	}
	theta := 0.0
	c.decays = false
	for i := range c.gain {
		if c.threshold.n > 0 {
			theta = e.memory[c.threshold.start+i*c.threshold.step]
		}
		c.gain[i], c.decay[i] = c.Coefficients(i, e.memory[c.row.start+i*c.row.step], theta, on)
		c.decays = c.decays || c.decay[i] != 0
		if x := c.gain[i]; x-x != 0 {
			e.fail(c.label, "learning_rate", fmt.Errorf("the weights diverge: the change of row %d is %g", i, x))
		}
	}
}

// recurse makes P a/(1 + aᵀP a) the vector, in place of a, and changes P.
func (c *change) recurse(e *Engine) {
	level, p, a, pa := e.options.Level, c.inverse.of(e.memory), c.vector, c.product
	v := c.room
	n := len(a)
	e.shared(len(p), n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			pa[i] = kernel.Dot(level, p[i*n:(i+1)*n], a)
		}
	})
	scale := 1 / (1 + kernel.Dot(level, a, pa))
	for i := range v {
		v[i] = float64(scale * pa[i])
	}
	e.shared(len(p), n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			kernel.Axpy(level, p[i*n:(i+1)*n], -v[i], pa)
		}
	})
	c.vector = v
}

// apply adds the changes to the weights, along their long side.
func (l *learner) apply(e *Engine) {
	weights := l.weights.of(e.memory)
	cols := len(weights) / l.rows
	for len(l.before) < e.team.Size() {
		l.before = append(l.before, make([]float64, 0, max(l.rows, cols)))
	}
	if program.ByColumns(l.rows, cols) {
		e.shared(len(weights), cols, func(worker, lo, hi int) {
			for j := lo; j < hi; j++ {
				l.column(e, worker, j, weights[j*l.rows:(j+1)*l.rows])
			}
		})
		return
	}
	e.shared(len(weights), l.rows, func(worker, lo, hi int) {
		for i := lo; i < hi; i++ {
			l.row(e, worker, i, weights[i*cols:(i+1)*cols])
		}
	})
}

// learningPerThread is the least number of weights that learn which is worth a
// thread of its own.
const learningPerThread = 1 << 16

// shared divides n parts of some work among the team, if it is worth it.
func (e *Engine) shared(work, n int, f func(worker, lo, hi int)) {
	if e.team.Size() > 1 && work >= learningPerThread*e.team.Size() {
		e.team.Split(n, f)
	} else {
		f(0, 0, n)
	}
}

// kept is a copy of some weights, where a change depends on what they were before
// the others.
func (l *learner) kept(worker int, weights []float64) []float64 {
	if len(l.changes) == 1 {
		return weights
	}
	return append(l.before[worker][:0], weights...)
}

func (l *learner) row(e *Engine, worker, i int, row []float64) {
	before := l.kept(worker, row)
	for k := range l.changes {
		c := &l.changes[k]
		switch gain, decay := c.gain[i], c.decay[i]; {
		case c.custom != nil:
			c.custom.addRow(row, i)
		case decay != 0:
			for j, v := range c.vector {
				row[j] += float64(gain*v) - float64(decay*before[j])
			}
		case gain != 0:
			kernel.Axpy(e.options.Level, row, gain, c.vector)
		}
	}
}

func (l *learner) column(e *Engine, worker, j int, column []float64) {
	before := l.kept(worker, column)
	for k := range l.changes {
		c := &l.changes[k]
		switch v := c.vector[j]; {
		case c.custom != nil:
			c.custom.addColumn(column, j)
		case c.decays && len(l.changes) == 1:
			kernel.Relax(e.options.Level, column, v, c.gain, c.decay)
		case c.decays:
			for i, gain := range c.gain {
				column[i] += float64(gain*v) - float64(c.decay[i]*before[i])
			}
		case v != 0:
			kernel.Axpy(e.options.Level, column, v, c.gain)
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
