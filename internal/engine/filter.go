package engine

import (
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/synapse"
)

// filter is a synapse. Its output is seen in the next step.
type filter struct {
	system   synapse.System
	from, to span
	state    []float64 // order × n
	u, y     []float64 // input and output, where they are not used in place
	prepared bool      // u holds the input already
}

// staleInput is the input of a filter that another filter updates.
type staleInput struct {
	filter int
	from   span
}

// update runs all updates: first the inputs of filters that updates would change
// are copied, then delays move on, learning rules change weights, and filters
// step.
func (e *Engine) update() {
	for _, s := range e.stale {
		s.from.load(e.memory, e.filters[s.filter].u)
	}
	e.delay()
	e.updating = true
	e.learn()
	e.updating = false
	e.lowpasses.run(e)
	for i := range e.filters {
		e.filters[i].run(e)
	}
}

// lowpasses are the first-order filters of values one by one, of whatever
// synapses: y = b·u + a·y. Their state is their output.
type lowpasses struct {
	u, y []int32 // places in memory
	a, b []float64
	few  int      // how many filters these are
	wide []filter // those of many values side by side
}

// add takes a filter in, if it is of this kind.
func (l *lowpasses) add(f filter) bool {
	switch {
	case !f.isLowpass():
		return false
	case f.from.n >= fewValues && f.from.contiguous() && f.to.contiguous():
		l.wide = append(l.wide, f)
		return true
	}
	l.few++
	for i := range f.from.n {
		l.u, l.y = append(l.u, int32(f.from.start+i*f.from.step)), append(l.y, int32(f.to.start+i*f.to.step))
		l.a, l.b = append(l.a, f.system.A[0][0]), append(l.b, f.system.B[0])
	}
	return true
}

func (l *lowpasses) run(e *Engine) {
	memory := e.memory
	u, a, b := l.u[:len(l.y)], l.a[:len(l.y)], l.b[:len(l.y)]
	for i, y := range l.y {
		memory[y] = float64(b[i]*memory[u[i]]) + float64(a[i]*memory[y])
	}
	for i := range l.wide {
		l.wide[i].lowpass(e)
	}
}

func (f *filter) run(e *Engine) {
	memory := e.memory
	if f.isLowpass() {
		f.lowpass(e)
		return
	}
	if !f.prepared {
		f.from.load(memory, f.u)
	}
	program.FilterStep(f.system, f.state, f.u, f.y)
	f.to.store(memory, f.y)
}

func (f *filter) isLowpass() bool {
	return len(f.system.A) == 1 && f.system.D == 0 && f.system.C[0] == 1 && !f.prepared
}

// lowpass keeps its state where its output is.
func (f *filter) lowpass(e *Engine) {
	memory := e.memory
	a, b := f.system.A[0][0], f.system.B[0]
	if f.from.contiguous() && f.to.contiguous() {
		kernel.Lowpass(e.options.Level, f.to.of(memory), f.from.of(memory), a, b)
		return
	}
	u, y := f.from.start, f.to.start
	for range f.to.n {
		memory[y] = float64(b*memory[u]) + float64(a*memory[y])
		u += f.from.step
		y += f.to.step
	}
}
