package sparse

// Advance does one step. each must call its argument once for
// every number from 0 up to tasks, in any order and on any goroutines, and
// return when all calls have.
func (n *Network) Advance(each func(tasks int, run func(task int))) {
	for i, p := range n.partitions {
		n.last[i] = &p.out[(n.step+1)%2]
	}
	each(len(n.partitions), func(i int) {
		p := n.partitions[i]
		p.step(n.step, n.last, &p.out[n.step%2], n.recording)
	})
	n.step++
}

// Emitted appends the neurons of a population that fired in the last step.
func (n *Network) Emitted(population int, spikes []int32) []int32 {
	for _, p := range n.partitions {
		for _, neuron := range p.out[(n.step+1)%2].of(population) {
			spikes = append(spikes, int32(neuron))
		}
	}
	return spikes
}

// Reset goes back to before the first step; the synapses stay, those
// that learn with the weights that they had.
func (n *Network) Reset() {
	for _, p := range n.partitions {
		for i := range p.cells {
			p.cells[i].reset(n.populations[i])
		}
		for i := range p.arrivals {
			p.arrivals[i] = newArrivals(len(p.arrivals[i].runs))
		}
		for _, s := range p.stores {
			if s.plastic != nil {
				s.plastic.reset()
				s.redraw(p.shares)
			}
		}
		p.out = [2]outbox{}
		p.recorded = p.recorded[:0]
		clear(p.spikes)
	}
	n.step = 0
}

// Range is consecutive neurons of a population.
type Range struct{ First, N int }

// Parts returns the neurons of a population in each partition that has any.
func (n *Network) Parts(population int) (parts []Range) {
	for _, p := range n.partitions {
		if c := &p.cells[population]; c.n > 0 {
			parts = append(parts, Range{c.first, c.n})
		}
	}
	return parts
}
