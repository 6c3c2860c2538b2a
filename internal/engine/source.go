package engine

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"soma/internal/program"
	"soma/signal"
)

// resets sets sums to their start: zero, or the bias of neurons.
type resets []reset

type reset struct {
	to     span
	values []float64
}

// merged joins resets that lie side by side in memory.
func (r resets) merged() resets {
	slices.SortFunc(r, func(a, b reset) int { return cmp.Compare(a.to.start, b.to.start) })
	var joined resets
	for _, one := range r {
		if last := len(joined) - 1; last >= 0 && joined[last].to.start+joined[last].to.n == one.to.start {
			joined[last].to.n += one.to.n
			joined[last].values = append(joined[last].values[:len(joined[last].values):len(joined[last].values)], one.values...)
			continue
		}
		joined = append(joined, one)
	}
	return joined
}

func (r resets) run(e *Engine, _ float64) {
	for i := range r {
		copy(e.memory[r[i].to.start:], r[i].values)
	}
}

// sources plays the nodes without an input.
type sources struct{ list []source }

type source struct {
	op   *program.Source
	to   span
	play func(t float64, out []float64)
	held []float64 // of a source that the program sets
}

// start makes every source begin at t = 0.
func (s *sources) start() (err error) {
	for i := range s.list {
		one := &s.list[i]
		if one.play, err = one.op.Signal.Start(one.op.Env); err != nil {
			return &Fault{Object: one.op.Object(), Field: "output", Err: err}
		}
		if external, ok := one.op.Signal.(signal.External); ok {
			one.held = make([]float64, one.to.n)
			copy(one.held, external.Init)
			one.play = func(_ float64, out []float64) { copy(out, one.held) }
		}
	}
	return nil
}

// Set gives the values of an external source for the steps to come; false when
// the object has none.
func (e *Engine) Set(object string, values []float64) bool {
	for _, s := range e.stages {
		list, ok := s.(*sources)
		if !ok {
			continue
		}
		for i := range list.list {
			if one := &list.list[i]; one.op.Object() == object && one.held != nil {
				copy(one.held, values)
				return true
			}
		}
	}
	return false
}

func (s *sources) run(e *Engine, t float64) {
	for i := range s.list {
		source := &s.list[i]
		out := source.to.of(e.memory)
		e.calling = source.op.Label
		source.play(t, out)
		e.calling = ""
		e.checkFinite(source.op.Label, out)
	}
}

// functions computes the nodes with an input and the functions of values that
// are there as they are.
type functions []function

type function struct {
	op       *program.Function
	from, to span
	x, y     []float64
}

func (f functions) run(e *Engine, t float64) {
	for i := range f {
		one := &f[i]
		one.from.load(e.memory, one.x)
		e.calling = one.op.Label
		one.op.F(t, one.x, one.y)
		e.calling = ""
		e.checkFinite(one.op.Label, one.y)
		one.to.store(e.memory, one.y)
	}
}

// checkFinite stops the run when a function gives something that is no number.
func (e *Engine) checkFinite(object program.Label, values []float64) {
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			e.fail(object, e.called(), fmt.Errorf("value %d is %g", i, v))
			return
		}
	}
}
