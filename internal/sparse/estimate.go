package sparse

import (
	"runtime"
	"slices"

	"soma/learn"
)

// An Estimate is what a network will need, to be judged before it is built.
type Estimate struct {
	Neurons  int
	Synapses float64 // mean number
	Bytes    float64 // synapses, their tables, and neurons
}

// learned is the bytes of a synapse's own weight and variables.
func (b *bundle) learned() float64 {
	switch {
	case b.plastic.Rule != nil:
		return 8 * float64(1+b.plastic.Rule.Traces().Own)
	case b.plastic.active() && !b.constant:
		return 8
	}
	return 0
}

// remembered is the bytes that a rule keeps of each target neuron: its spikes and
// traces, and what it makes of voltages, with as much as synapses may leave waiting
// before they are brought up to date.
func (b *bundle) remembered(dt, synapses, targets float64) float64 {
	if b.plastic.Rule == nil {
		return 0
	}
	room := min(max(synapses/targets/synapsesPerPlace, leastRoom), mostRoom)
	bytes := 8*room*float64(1+len(b.plastic.Rule.Traces().Post)) + 16
	if rule, ok := b.plastic.Rule.(learn.Sensing); ok {
		const voltages, list = 1 + 3, 24 // before, filtered; the head of a slice
		late, moments := 2*(rule.Filters().LateSteps(dt)+1), 2*b.high+1
		lasting := lastingPerNeuron + 2*b.high + 3
		bytes += float64(8*(voltages+late+moments) + list + 16*lasting)
	}
	return bytes
}

// bytesPerNeuron is the state of a neuron at most: of two alpha currents.
const bytesPerNeuron = 42

// Estimate checks a network and tells what it will need, without drawing
// anything.
func (s Spec) Estimate() (e Estimate, err error) {
	s.Projections = slices.Clone(s.Projections)
	if err := s.check(); err != nil {
		return e, err
	}
	projections := make([]projection, len(s.Projections))
	for i, p := range s.Projections {
		if projections[i], err = newProjection(p, s.Dt); err != nil {
			return e, err
		}
	}
	if s.Threads <= 0 {
		s.Threads = runtime.GOMAXPROCS(0)
	}
	if s.Partitions <= 0 {
		s.Partitions = defaultPartitions(s.Populations, s.Threads)
	}
	for _, p := range s.Populations {
		e.Neurons += p.N
		e.Bytes += bytesPerNeuron * float64(p.N)
		if p.Each != nil {
			e.Bytes += bytesPerOwn * float64(p.N)
		}
	}
	for _, b := range newBundles(&s, projections) {
		synapses := 0.0
		for _, p := range b.projections {
			synapses += p.plan.Expected
		}
		targets := float64(s.Populations[b.projections[0].Target.Population].N)
		e.Synapses += synapses
		e.Bytes += targets * b.remembered(s.Dt, synapses, targets)
		e.Bytes += (2*float64(b.words())+b.learned())*synapses + 4*float64(s.Partitions*s.Populations[b.source].N*b.delays())
	}
	return e, nil
}
