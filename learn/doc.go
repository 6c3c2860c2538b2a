// Package learn holds the rules by which connections change while a network
// runs.
//
// A rule is a plain struct: the zero value of each field means the default that
// its tag states. It is given to a connection:
//
//	conn.Learning = []learn.Rule{learn.PES{LearningRate: 1e-4}}
//
// Two families share the package. Rules of the Neural Engineering Framework
// change dense weights, decoders or encoders once a step; rules of single
// synapses change the weight of each synapse when spikes arrive.
package learn

// A Rule changes the weights of a connection. Rules are values.
type Rule interface {
	// Spec describes the rule.
	Spec() Spec
}

// Spec is what the rest of a simulator needs to know of a rule.
type Spec struct {
	Name string // as in model files
	// Synapses says that the rule is one of single synapses, for connections
	// with a connect.Rule; the others are for connections that carry values.
	Synapses bool
}
