package learn

// State is what one connection has learned.
type State struct {
	// Connection is its path; those of several connections between the same objects
	// end in #2, #3, …
	Connection string
	Arrays     []Array
}

// An Array is numbers that were learned: "weights" of a connection that carries
// values (a row for each value that it gives), or of single synapses (target by
// target, in the order of their numbers; "sources" and "targets" say between
// which neurons, unless there are more than ten million); "encoders" of the
// ensemble at its end (a row for each neuron, scaled by gain and radius);
// "inv_gamma" of the rule RLS (P); "decoders" of a connection that does not learn
// (a row for each value of its function, a column for each neuron).
type Array struct {
	Name  string
	Shape []int
	Data  []float64 // row by row
}

// Array is the array of the given name; nil when there is none.
func (s State) Array(name string) *Array {
	for i := range s.Arrays {
		if s.Arrays[i].Name == name {
			return &s.Arrays[i]
		}
	}
	return nil
}
