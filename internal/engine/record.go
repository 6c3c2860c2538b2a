package engine

import (
	"slices"

	"soma/internal/program"
)

// record is a probe.
type record struct {
	from   span
	view   program.View
	every  int64
	spikes bool
	member *member
	op     *program.Record
	kept   program.Recording
}

func (r *record) clear() { r.kept = program.Recording{} }

// record keeps what probes ask for of the step that has just been done.
func (e *Engine) record() {
	for i := range e.records {
		r := &e.records[i]
		switch {
		case r.spikes:
			r.keepSpikes(e.step)
		case e.step%r.every == 0:
			r.keepValues(e.memory)
		}
	}
}

func (r *record) keepValues(memory []float64) {
	at := r.from.start
	for range r.from.n {
		r.kept.Values = append(r.kept.Values, memory[at])
		at += r.from.step
	}
}

func (r *record) keepSpikes(step int64) {
	m := r.member
	for k := m.first; k < m.last; k++ {
		if j, ok := r.view.Index(int(m.group.spikes[k]) - m.lo); ok {
			r.kept.Steps = append(r.kept.Steps, step)
			r.kept.IDs = append(r.kept.IDs, int32(j))
			r.kept.At = append(r.kept.At, m.group.at[k])
		}
	}
}

// expect makes room for the samples of n more steps.
func (e *Engine) expect(n int64) {
	const most = 1 << 20 // values; beyond, the slices grow as they need
	for i := range e.records {
		r := &e.records[i]
		if r.spikes {
			continue
		}
		need := min(int(n/r.every+1)*r.from.n, most)
		r.kept.Values = slices.Grow(r.kept.Values, need)
	}
}

// Recorded gives what a Record operator has kept. The slices are valid until the
// next Run or Reset, and must not be changed.
func (e *Engine) Recorded(op *program.Record) program.Recording {
	for i := range e.records {
		if e.records[i].op == op {
			return e.records[i].kept
		}
	}
	return program.Recording{}
}
