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
//
// [PES] and [RLS] are driven by an error, [Voja] by a signal that turns it on
// and off: what soma.Connection.LearningInput gives can be connected to.
//
// A program can have rules of its own: see [Custom].
//
// Rules change weights at the end of a step, to be seen in the next one. The
// filters inside of rules add no delay. Several rules of one connection that carries
// values see the same weights, and their changes add up; those of single synapses come
// one after the other (see [Combine]).
package learn

import (
	"soma/internal/param"
	"soma/synapse"
)

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
	// Input is what may be connected to the rule.
	Input Input
}

// Input is what drives a rule, besides the activity at the two ends of its
// connection.
type Input int

const (
	NoInput Input = iota
	// OneValue for all weights. What is connected adds to 1: without a connection
	// the rule is on.
	OneValue
	// ErrorOfTarget is the error of what the target represents: one value for each
	// value that the connection gives, and for each dimension of the ensemble when
	// it ends at neurons of one.
	ErrorOfTarget
	// Spikes of a population.
	Spikes
)

// A Checker finds fault with combinations of parameters, beyond the ranges that
// the tags state.
type Checker interface{ Check() []param.Problem }

// Check says what is wrong with the parameters of a rule.
func Check(r Rule) []param.Problem {
	problems := param.Check(param.Resolve(r))
	for _, f := range param.Fields(r) {
		s, ok := f.Value(r).Interface().(synapse.Synapse)
		if !ok {
			continue
		}
		for _, p := range synapse.Check(s) {
			p.Field = f.Name + "." + p.Field
			problems = append(problems, p)
		}
	}
	if c, ok := r.(Checker); ok && problems == nil {
		problems = c.Check()
	}
	return problems
}

// or gives a synapse, or the one that stands for none given.
func or(given, otherwise synapse.Synapse) synapse.Synapse {
	if given == nil {
		return otherwise
	}
	return given
}
