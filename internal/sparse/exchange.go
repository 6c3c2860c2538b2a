package sparse

// outbox is the spikes that one partition emitted in one step. It is written by
// the owner during a step and read by all partitions during the next, while the
// owner writes another.
type outbox struct {
	step   int
	spikes []uint32 // neurons, as indices in their population
	places []run    // of the spikes of each population, rising neurons
}

// begin empties the outbox for a step.
func (o *outbox) begin(step, populations int) {
	o.step = step
	o.spikes, o.places = o.spikes[:0], resize(o.places, populations)
	clear(o.places)
}

// of returns the spikes of a population; none before the first step.
func (o *outbox) of(population int) []uint32 {
	if o.places == nil {
		return nil
	}
	at := o.places[population]
	return o.spikes[at.begin:at.end]
}
