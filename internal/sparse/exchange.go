package sparse

import (
	"sync/atomic"

	"soma/internal/team"
)

// outbox is the spikes that one partition emitted in one step. It is written by
// the owner during that step and read by all partitions some steps later.
type outbox struct {
	spikes []uint32 // neurons, as indices in their population
	places []run    // of the spikes of each population, rising neurons
}

// begin empties the outbox.
func (o *outbox) begin(populations int) {
	o.spikes, o.places = o.spikes[:0], resize(o.places, populations)
	clear(o.places)
}

// put adds the spikes of a population.
func (o *outbox) put(population int, spikes []uint32) {
	begin := uint32(len(o.spikes))
	o.spikes = append(o.spikes, spikes...)
	o.places[population] = run{begin, uint32(len(o.spikes))}
}

// of returns the spikes of a population; none before the first step.
func (o *outbox) of(population int) []uint32 {
	if o.places == nil {
		return nil
	}
	at := o.places[population]
	return o.spikes[at.begin:at.end]
}

// progress is the number of steps whose spikes are all in outboxes. Others look at
// it again and again: it has a line of the cache to itself.
type progress struct {
	_     [64]byte
	steps atomic.Int64
	_     [64]byte
}

// reach waits until that many steps are done.
func (p *progress) reach(steps int) {
	for spins := 0; p.steps.Load() < int64(steps); spins++ {
		team.Pause(spins)
	}
}
