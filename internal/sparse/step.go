package sparse

import "soma/internal/team"

// Remembered is how many steps can be taken at once, and how many Emitted looks
// back.
const Remembered = 16

// Advance does some steps, at most Remembered, on all workers of a team.
//
// A partition that is fast need not wait for the others until it receives what
// they emitted. So they can be some steps apart, and what delays one of them for a
// moment delays nobody else.
func (n *Network) Advance(t *team.Team, steps int) {
	t.All(func(worker int) {
		for step := n.step; step < n.step+steps; step++ {
			for i := worker; i < len(n.partitions); i += t.Size() {
				n.partitions[i].step(step, n.lag, n.partitions, n.recording)
			}
		}
	})
	n.step += steps
}

// lag is the number of steps after which spikes are received: the shortest delay, as
// far as outboxes go back (a partition can be lag steps behind, and one, and then reads
// what is lag steps older), and one step where synapses learn: they are brought up to
// date in the order of the steps.
func lag(bundles []*bundle) int {
	steps := (Remembered - 1) / 2
	for _, b := range bundles {
		if steps = min(steps, b.low); b.plastic.active() {
			return 1
		}
	}
	return steps
}

// Emitted appends the neurons of a population that fired in a step, one of the last
// that were done.
func (n *Network) Emitted(step, population int, spikes []int32) []int32 {
	for _, p := range n.partitions {
		for _, neuron := range p.outbox(step).of(population) {
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
		p.out = [Remembered]outbox{}
		p.emitted.steps.Store(0)
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
