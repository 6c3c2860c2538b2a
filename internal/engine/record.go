package engine

import (
	"iter"
	"slices"

	"soma/internal/program"
)

// record is a probe.
type record struct {
	from    span
	view    program.View
	every   int64
	spikes  bool
	member  *member
	op      *program.Record
	spilled []chunk // first in time
	kept    blocks  // after them
}

func (r *record) clear() { r.kept, r.spilled = blocks{}, nil }

// Bytes of a recording in memory.
const (
	valueBytes = 8
	spikeBytes = 8 + 4 + 8
)

func (r *record) bytes() int64 {
	if r.spikes {
		return int64(spikeBytes * r.kept.len())
	}
	return int64(valueBytes * r.kept.len())
}

// record keeps what probes ask for of the step that has just been done.
func (e *Engine) record() {
	bytes := int64(0)
	for i := range e.records {
		r := &e.records[i]
		switch {
		case r.spikes:
			r.keepSpikes(e.step)
		case e.step%r.every == 0:
			r.keepValues(e.memory)
		}
		bytes += r.bytes()
	}
	if e.options.RecordBytes > 0 && bytes > e.options.RecordBytes {
		e.spillRecords()
	}
}

// spillRecords moves what is kept to the temporary file. Where that fails, it is kept
// as before, and the run ends.
func (e *Engine) spillRecords() {
	for i := range e.records {
		r := &e.records[i]
		spilled := r.spilled
		for _, block := range r.kept.all() {
			if length(block) == 0 {
				continue
			}
			c, err := e.spill.put(block)
			if err != nil {
				e.fail(program.Label(r.op.Object()), "recording", err)
				return
			}
			spilled = append(spilled, c)
		}
		r.spilled = spilled
		r.kept.empty()
	}
}

func (r *record) keepValues(memory []float64) {
	r.kept.room(r.from.n)
	at, open := r.from.start, &r.kept.open
	for range r.from.n {
		open.Values = append(open.Values, memory[at])
		at += r.from.step
	}
}

func (r *record) keepSpikes(step int64) {
	m := r.member
	for k := m.first; k < m.last; k++ {
		if j, ok := r.view.Index(int(m.group.spikes[k]) - m.lo); ok {
			r.kept.spikeRoom()
			open := &r.kept.open
			open.Steps = append(open.Steps, step)
			open.IDs = append(open.IDs, int32(j))
			open.At = append(open.At, m.group.at[k])
		}
	}
}

// Pieces gives what a Record operator has kept, in order, up to blockSize values or
// spikes at a time, but for one sample of more values. A piece is valid until
// the next one is asked for, and must not be changed; Run and Reset end them.
func (e *Engine) Pieces(op *program.Record) iter.Seq2[program.Recording, error] {
	return func(yield func(program.Recording, error) bool) {
		i := slices.IndexFunc(e.records, func(r record) bool { return r.op == op })
		if i < 0 {
			return
		}
		r := &e.records[i]
		file := &reader{spill: &e.spill}
		most, read := blockSize, file.spikes
		if !r.spikes {
			most, read = max(1, blockSize/max(r.from.n, 1))*r.from.n, file.values
		}
		for _, c := range r.spilled {
			for from := 0; from < c.n; from += most {
				piece, err := read(c, from, min(from+most, c.n))
				if !yield(piece, err) || err != nil {
					return
				}
			}
		}
		for _, block := range r.kept.all() {
			if length(block) > 0 && !yield(block, nil) {
				return
			}
		}
	}
}

// Kept is how many values or spikes a Record operator has kept.
func (e *Engine) Kept(op *program.Record) (n int) {
	for i := range e.records {
		if r := &e.records[i]; r.op == op {
			n = r.kept.len()
			for _, c := range r.spilled {
				n += c.n
			}
		}
	}
	return n
}
