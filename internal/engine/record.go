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
	spilled []chunk           // first in time
	kept    program.Recording // after them
}

func (r *record) clear() { r.kept, r.spilled = program.Recording{}, nil }

// Bytes of a recording in memory.
const (
	valueBytes = 8
	spikeBytes = 8 + 4 + 8
)

func (r *record) bytes() int64 {
	return int64(valueBytes*len(r.kept.Values) + spikeBytes*len(r.kept.Steps))
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

// spillRecords moves what is kept to the temporary file.
func (e *Engine) spillRecords() {
	for i := range e.records {
		r := &e.records[i]
		if r.bytes() == 0 {
			continue
		}
		c, err := e.spill.put(r.kept)
		if err != nil {
			e.fail(program.Label(r.op.Object()), "recording", err)
			return
		}
		r.spilled = append(r.spilled, c)
		k := &r.kept
		k.Values, k.Steps, k.IDs, k.At = k.Values[:0], k.Steps[:0], k.IDs[:0], k.At[:0]
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
	most := 1 << 20 // values; beyond, the slices grow as they need
	if limit := e.options.RecordBytes; limit > 0 {
		most = min(most, int(limit)/valueBytes/max(len(e.records), 1))
	}
	for i := range e.records {
		r := &e.records[i]
		if r.spikes {
			continue
		}
		need := min(int(n/r.every+1)*r.from.n, most)
		r.kept.Values = slices.Grow(r.kept.Values, need)
	}
}

// pieceRows is how many values or spikes a piece has at most, but for one sample
// of more values.
const pieceRows = 1 << 16

// Pieces gives what a Record operator has kept, in order. A piece is valid until
// the next one is asked for, and must not be changed; Run and Reset end them.
func (e *Engine) Pieces(op *program.Record) iter.Seq2[program.Recording, error] {
	return func(yield func(program.Recording, error) bool) {
		i := slices.IndexFunc(e.records, func(r record) bool { return r.op == op })
		if i < 0 {
			return
		}
		r := &e.records[i]
		most, read := pieceRows, e.spill.spikes
		if !r.spikes {
			most, read = max(1, pieceRows/max(r.from.n, 1))*r.from.n, e.spill.values
		}
		for _, c := range r.spilled {
			for from := 0; from < c.n; from += most {
				piece, err := read(c, from, min(from+most, c.n))
				if !yield(piece, err) || err != nil {
					return
				}
			}
		}
		n := max(len(r.kept.Values), len(r.kept.Steps))
		for from := 0; from < n; from += most {
			if !yield(r.part(from, min(from+most, n)), nil) {
				return
			}
		}
	}
}

// part is from … to−1 of what is kept.
func (r *record) part(from, to int) program.Recording {
	if !r.spikes {
		return program.Recording{Values: r.kept.Values[from:to]}
	}
	return program.Recording{Steps: r.kept.Steps[from:to], IDs: r.kept.IDs[from:to], At: r.kept.At[from:to]}
}

// Kept is how many values or spikes a Record operator has kept.
func (e *Engine) Kept(op *program.Record) (n int) {
	for i := range e.records {
		if r := &e.records[i]; r.op == op {
			n = max(len(r.kept.Values), len(r.kept.Steps))
			for _, c := range r.spilled {
				n += c.n
			}
		}
	}
	return n
}
