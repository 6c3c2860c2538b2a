package sparse

import (
	"cmp"
	"slices"
)

// Record keeps the spikes of a population from now on.
func (n *Network) Record(population int) { n.recording[population] = true }

// Spikes returns the spikes recorded since the last call, in the order of step,
// population and neuron.
func (n *Network) Spikes() []Spike {
	var all []Spike
	for _, p := range n.partitions {
		all = append(all, p.recorded...)
		p.recorded = p.recorded[:0]
	}
	slices.SortFunc(all, compareSpikes)
	return all
}

func compareSpikes(a, b Spike) int {
	return cmp.Or(a.Step-b.Step, a.Population-b.Population, a.Neuron-b.Neuron)
}

// SpikeCount returns how many spikes a population has emitted.
func (n *Network) SpikeCount(population int) (count uint64) {
	for _, p := range n.partitions {
		count += p.spikes[population]
	}
	return count
}

// Potentials returns the membrane potentials of a population.
func (n *Network) Potentials(population int) []float64 {
	v := make([]float64, n.populations[population].N)
	for _, p := range n.partitions {
		c := &p.cells[population]
		for i := range c.n {
			v[c.first+i] = c.v[i] + n.populations[population].rest(c.first+i)
		}
	}
	return v
}

// Step returns the number of steps taken.
func (n *Network) Step() int { return n.step }

// Synapses returns the number of synapses, and the bytes that they and the
// tables that find them take.
func (n *Network) Synapses() (count, bytes uint64) {
	for _, p := range n.partitions {
		for _, s := range p.stores {
			count += uint64(len(s.entries) / s.words())
			bytes += uint64(2*len(s.entries) + 4*len(s.ends))
			if s.plastic != nil {
				bytes += uint64(8*len(s.plastic.weights) + 8*len(s.plastic.own))
			}
		}
	}
	return count, bytes
}
