package sparse

// outbox is the spikes that one partition emitted in one interval. It is written
// by the owner during an interval and read by all partitions during the next,
// while the owner writes another.
type outbox struct {
	first  int // step
	steps  int
	spikes []uint32 // neurons, as indices in their population
	places []run    // of the spikes of each step and population, rising neurons
}

// begin empties the outbox for an interval.
func (o *outbox) begin(first, steps, populations int) {
	o.first, o.steps = first, steps
	o.spikes, o.places = o.spikes[:0], resize(o.places, steps*populations)
	clear(o.places)
}

// of returns the spikes of the i-th step of the interval in a population.
func (o *outbox) of(i, population, populations int) []uint32 {
	at := o.places[i*populations+population]
	return o.spikes[at.begin:at.end]
}
