package sim

import (
	"iter"

	"soma"
	"soma/internal/program"
)

// Data is what a probe recorded. Value probes fill Times and Values; spike
// probes fill Times, IDs and Exact.
type Data struct {
	// Times are in seconds: of samples, or of spikes (the end of the step in which
	// the neuron fired).
	Times []float64
	// Values are the samples, Width values each, one after the other.
	Values []float64
	Width  int
	// IDs are the neurons that fired, counted within what is probed.
	IDs []int64
	// Steps are the steps in which they fired, from 1.
	Steps []int64
	// Exact are the times of the spikes within their steps, in seconds.
	Exact []float64
	// Err says why a recording could not be read back from its temporary file; what
	// was read until then is here. Nil without such files.
	Err error
}

// Samples is the number of samples of a value probe.
func (d Data) Samples() int {
	if d.Width == 0 {
		return 0
	}
	return len(d.Values) / d.Width
}

// Column gives one value over time, as a copy.
func (d Data) Column(i int) []float64 {
	column := make([]float64, d.Samples())
	for k := range column {
		column[k] = d.Values[k*d.Width+i]
	}
	return column
}

// Data gives what a probe has recorded since the start or the last Reset. The
// result does not change when the simulator goes on. Of a recording that does
// not fit into memory, see Pieces.
func (s *Simulator) Data(p *soma.Probe) Data {
	all := s.room(p)
	for piece, err := range s.Pieces(p) {
		if err != nil {
			all.Err = err
			break
		}
		all.Times = append(all.Times, piece.Times...)
		all.Values = append(all.Values, piece.Values...)
		all.IDs = append(all.IDs, piece.IDs...)
		all.Steps = append(all.Steps, piece.Steps...)
		all.Exact = append(all.Exact, piece.Exact...)
	}
	return all
}

// Recorded is how much Data holds: n samples of width values, or n spikes of width
// neurons.
func (s *Simulator) Recorded(p *soma.Probe) (n, width int) {
	op, ok := s.built.Probes[p]
	if !ok {
		return 0, 0
	}
	n, width = s.engine.Kept(op), op.From.Count
	if !op.Spikes {
		n /= max(width, 1)
	}
	return n, width
}

// room makes room for all that a probe has recorded.
func (s *Simulator) room(p *soma.Probe) Data {
	op, ok := s.built.Probes[p]
	if !ok {
		return Data{}
	}
	n, width := s.Recorded(p)
	d := Data{Width: width}
	if !op.Spikes {
		d.Values, d.Times = make([]float64, 0, n*width), make([]float64, 0, n)
		return d
	}
	d.Times, d.Exact = make([]float64, 0, n), make([]float64, 0, n)
	d.IDs, d.Steps = make([]int64, 0, n), make([]int64, 0, n)
	return d
}

// Pieces gives the same as Data piece by piece, in order: some 65 000 values or
// spikes at a time, from the temporary file (Options.RecordBytes) or from memory.
// A piece is valid, and may be changed, until the next. It ends with the first error. Several may be read at a time, by several
// goroutines; Run and Reset must wait until they have ended.
func (s *Simulator) Pieces(p *soma.Probe) iter.Seq2[Data, error] {
	return func(yield func(Data, error) bool) {
		op, ok := s.built.Probes[p]
		if !ok {
			return
		}
		samples, d := int64(0), Data{Width: op.From.Count}
		for kept, err := range s.engine.Pieces(op) {
			if err != nil {
				yield(Data{}, err)
				return
			}
			if op.Spikes {
				s.spikes(&d, kept)
			} else {
				d.Values = append(d.Values[:0], kept.Values...)
				d.Times = d.Times[:0]
				for range d.Samples() {
					samples++
					d.Times = append(d.Times, float64(samples*int64(op.Every))*s.opts.Dt)
				}
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// spikes gives spikes their times.
func (s *Simulator) spikes(d *Data, kept program.Recording) {
	d.Times, d.IDs, d.Exact = d.Times[:0], d.IDs[:0], d.Exact[:0]
	d.Steps = append(d.Steps[:0], kept.Steps...)
	for i, step := range kept.Steps {
		d.Times = append(d.Times, float64(step)*s.opts.Dt)
		d.Exact = append(d.Exact, float64(float64(step-1)*s.opts.Dt)+kept.At[i])
		d.IDs = append(d.IDs, int64(kept.IDs[i]))
	}
}
