package sim

import (
	"soma"
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
// result does not change when the simulator goes on.
func (s *Simulator) Data(p *soma.Probe) Data {
	op, ok := s.built.Probes[p]
	if !ok {
		return Data{}
	}
	kept := s.engine.Recorded(op)
	d := Data{Width: op.From.Count}
	if !op.Spikes {
		d.Values = append([]float64(nil), kept.Values...)
		d.Times = make([]float64, d.Samples())
		for i := range d.Times {
			d.Times[i] = float64(int64(i+1)*int64(op.Every)) * s.opts.Dt
		}
		return d
	}
	d.Times, d.Exact = make([]float64, len(kept.Steps)), make([]float64, len(kept.Steps))
	d.IDs, d.Steps = make([]int64, len(kept.Steps)), append([]int64(nil), kept.Steps...)
	for i, step := range kept.Steps {
		d.Times[i] = float64(step) * s.opts.Dt
		d.Exact[i] = float64(float64(step-1)*s.opts.Dt) + kept.At[i]
		d.IDs[i] = int64(kept.IDs[i])
	}
	return d
}
