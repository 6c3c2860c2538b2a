package engine

import (
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
	e.learn()
	for i := range e.filters {
		e.filters[i].run(e.memory)
	}
}

func (f *filter) run(memory []float64) {
	if f.isLowpass() {
		f.lowpass(memory)
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
func (f *filter) lowpass(memory []float64) {
	a, b := f.system.A[0][0], f.system.B[0]
	u, y := f.from.start, f.to.start
	for range f.to.n {
		memory[y] = float64(b*memory[u]) + float64(a*memory[y])
		u += f.from.step
		y += f.to.step
	}
}
