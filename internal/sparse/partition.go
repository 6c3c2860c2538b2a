package sparse

import "slices"

// A partition owns some neurons of every population and the synapses onto them.
type partition struct {
	cells    []cells      // by population
	kernels  []stepKernel // by population
	waiting  []bool       // by population: the model waits for what arrives
	stores   []*store
	arrivals []arrivals // by store
	bySource [][]int    // stores of each source population
	learning [][]*store // stores whose weights the spikes of each population change
	gated    [][]*store // stores whose rules the spikes of each population gate
	shares   []share
	out      [Remembered]outbox // a ring over the step
	emitted  progress
	fired    []uint32 // room for the spikes of a population in a step
	spikes   []uint64 // emitted so far, by population
	recorded []Spike
	profile  *profile
}

// outbox is that of a step.
func (p *partition) outbox(step int) *outbox { return &p.out[step&(Remembered-1)] }

// step advances the neurons and delivers what arrives. What all partitions have
// emitted is received as late as possible, lag steps after, and what this one emits is
// made known as early.
func (p *partition) step(step, lag int, all []*partition, recording []bool) {
	p.profile.mark(waitPhase)
	p.outbox(step).begin(len(p.cells))
	p.update(false, step)
	if !slices.Contains(p.waiting, true) {
		p.emitted.steps.Store(int64(step + 1))
	}
	p.profile.mark(updatePhase)
	for _, other := range all {
		other.emitted.reach(step + 1 - lag)
	}
	p.profile.mark(waitPhase)
	p.receive(step-lag, all)
	p.profile.mark(receivePhase)
	p.deliver(step)
	p.profile.mark(deliverPhase)
	p.update(true, step)
	p.note(step, recording)
	p.emitted.steps.Store(int64(step + 1))
	p.profile.mark(updatePhase)
}

// receive schedules the spikes of a step. They are met in the order of population
// and neuron whatever the partition.
func (p *partition) receive(step int, all []*partition) {
	for source, stores := range p.bySource {
		for _, s := range stores {
			for _, from := range all {
				p.stores[s].prefetchSources(from.outbox(step).of(source))
			}
		}
	}
	for source, stores := range p.bySource {
		for _, s := range stores {
			for _, from := range all {
				if spikes := from.outbox(step).of(source); len(spikes) > 0 {
					p.schedule(s, step, spikes)
				}
			}
		}
		for _, s := range p.gated[source] {
			for _, from := range all {
				s.gate(step, from.outbox(step).of(source))
			}
		}
	}
}

// schedule lets spikes of a step arrive at the synapses of a store.
func (p *partition) schedule(store, step int, spikes []uint32) {
	if s := p.stores[store]; s.plastic != nil {
		s.schedule(step, spikes)
	} else {
		p.arrivals[store].add(s, step, spikes)
	}
}

func (p *partition) deliver(step int) {
	for i, s := range p.stores {
		if s.plastic != nil {
			s.deliverEvents(step)
			continue
		}
		if runs := p.arrivals[i].at(step); len(runs) > 0 {
			p.prefetch(i+1, step)
			s.deliver(runs)
			p.profile.count(runs)
			p.arrivals[i].clear(step)
		}
	}
}

// prefetch asks for the first runs of a store, which its own delivery would
// have to wait for.
func (p *partition) prefetch(store, step int) {
	if store < len(p.stores) && p.stores[store].plastic == nil {
		p.stores[store].prefetch(p.arrivals[store].at(step))
	}
}

// update advances the populations that wait for what arrives, or the others.
func (p *partition) update(waiting bool, step int) {
	box := p.outbox(step)
	for population, k := range p.kernels {
		if p.waiting[population] != waiting {
			continue
		}
		p.startSensing(population, step)
		if c := &p.cells[population]; c.n > 0 {
			p.fired = k.step(c, uint64(step), resize(p.fired, len(c.v)+group)[:0])
			box.put(population, p.fired)
		}
	}
}

// note lets rules see the spikes of a step, and keeps those that are recorded.
func (p *partition) note(step int, recording []bool) {
	for population := range p.cells {
		emitted := p.outbox(step).of(population)
		p.spikes[population] += uint64(len(emitted))
		for _, s := range p.learning[population] {
			if s.plastic.sensing != nil {
				s.sense(int64(step))
			}
			s.record(int64(step), emitted, p.cells[population].first)
		}
		if recording[population] {
			for _, neuron := range emitted {
				p.recorded = append(p.recorded, Spike{Step: step, Population: population, Neuron: int(neuron)})
			}
		}
	}
}

// startSensing takes the voltages of a population before the first step.
func (p *partition) startSensing(population, step int) {
	for _, s := range p.learning[population] {
		if step == 0 && s.plastic.sensing != nil {
			s.plastic.sensing.start()
		}
	}
}
