package engine

// Synapses is the number of single synapses, and the memory that they take.
func (e *Engine) Synapses() (count, bytes uint64) {
	for _, s := range e.stages {
		if c, ok := s.(*cells); ok {
			n, b := c.net.Synapses()
			count, bytes = count+n, bytes+b
		}
	}
	return count, bytes
}
