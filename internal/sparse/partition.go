package sparse

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
	out      [2]outbox // by the parity of the step
	spikes   []uint64  // emitted so far, by population
	recorded []Spike
	profile  *profile
}

// step receives what all partitions emitted in the last step, and steps the
// neurons.
func (p *partition) step(step int, last []*outbox, next *outbox, recording []bool) {
	p.profile.mark(waitPhase)
	p.receive(last)
	p.profile.mark(receivePhase)
	next.begin(step, len(p.cells))
	p.update(false, next)
	p.profile.mark(updatePhase)
	p.deliver(step)
	p.profile.mark(deliverPhase)
	p.update(true, next)
	p.note(next, recording)
	p.profile.mark(updatePhase)
}

// receive schedules spikes. They are met in the order of population and neuron
// whatever the partition.
func (p *partition) receive(boxes []*outbox) {
	for source := range p.cells {
		for _, s := range p.bySource[source] {
			for _, box := range boxes {
				if spikes := box.of(source); len(spikes) > 0 {
					p.schedule(s, box.step, spikes)
				}
			}
		}
		for _, s := range p.gated[source] {
			for _, box := range boxes {
				s.gate(box.step, box.of(source))
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
func (p *partition) update(waiting bool, box *outbox) {
	for population, k := range p.kernels {
		if p.waiting[population] != waiting {
			continue
		}
		p.startSensing(population, box.step)
		begin := len(box.spikes)
		if c := &p.cells[population]; c.n > 0 {
			box.spikes = k.step(c, uint64(box.step), grow(box.spikes, len(c.v)+group))
		}
		box.places[population] = run{uint32(begin), uint32(len(box.spikes))}
	}
}

// note lets rules see the spikes of a step, and keeps those that are recorded.
func (p *partition) note(box *outbox, recording []bool) {
	step := box.step
	for population := range p.cells {
		emitted := box.of(population)
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

// grow makes room for n more elements.
func grow(s []uint32, n int) []uint32 {
	if cap(s)-len(s) >= n {
		return s
	}
	bigger := make([]uint32, len(s), 2*cap(s)+n)
	copy(bigger, s)
	return bigger
}
