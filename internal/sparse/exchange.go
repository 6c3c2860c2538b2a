package sparse

// outbox is the spikes that one partition emitted in one interval, in the order
// of step, population and neuron. It is written by the owner during an interval
// and read by all partitions during the next, while the owner writes another.
type outbox struct {
	first  int // step
	steps  int
	spikes []uint32 // neurons, as indices in their population
	ends   []int    // of the spikes of each step and population
}

// begin empties the outbox for an interval.
func (o *outbox) begin(first, steps int) {
	o.first, o.steps = first, steps
	o.spikes, o.ends = o.spikes[:0], o.ends[:0]
}

// of returns the spikes of the i-th step of the interval in a population.
func (o *outbox) of(i, population, populations int) []uint32 {
	x := i*populations + population
	begin := 0
	if x > 0 {
		begin = o.ends[x-1]
	}
	return o.spikes[begin:o.ends[x]]
}
