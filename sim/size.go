package sim

// Synapses is the number of single synapses that the rules of connections drew,
// and the memory that they take, in bytes. Those of Poisson generators are not
// among them: each of their targets draws a train of its own.
func (s *Simulator) Synapses() (count, bytes uint64) { return s.engine.Synapses() }
