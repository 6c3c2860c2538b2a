package spa

import (
	"fmt"

	"soma"
	"soma/connect"
	"soma/internal/param"
	"soma/nef"
	"soma/neuron"
	"soma/synapse"
)

// A State represents a semantic pointer; with feedback it remembers it.
//
// The vector is divided among ensembles. Their neurons are made for the parts of
// vectors of length 1. The first element has an ensemble of its own: it is 1 in
// the identity of HRR, and small in other vectors.
type State struct {
	Vocab               *Vocabulary  `param:"vocab" doc:"vocabulary of what it represents"`
	Subdimensions       int          `param:"subdimensions" default:"16" check:">0" doc:"dimensions of each ensemble"`
	NeuronsPerDimension int          `param:"neurons_per_dimension" default:"50" check:">0" doc:"neurons for each dimension"`
	Feedback            float64      `param:"feedback" doc:"of the state to itself: 1 to remember, between 0 and 1 to forget slowly"`
	FeedbackSynapse     float64      `param:"feedback_synapse" unit:"s" default:"0.1" check:">=0" doc:"time constant of that feedback"`
	NoIdentity          bool         `param:"no_represent_cc_identity" doc:"the first element has no ensemble of its own"`
	Neuron              neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input  *soma.Node `end:"input" doc:"a vector"`
	Output *soma.Node `end:"output" doc:"what is represented"`
}

// Check reports what is wrong with the parameters.
func (s State) Check() []param.Problem {
	return append(nef.CheckFields(s), needsVocabulary("vocab", s.Vocab)...)
}

// Add makes the network.
func (s State) Add(net *soma.Network, name string) *State {
	sub, s := nef.Begin(net, name, s)
	s.Network, s.Vocab = sub, orEmpty(s.Vocab)
	d := s.Vocab.Dimensions
	s.Input, s.Output = sub.Passthrough("input", d), sub.Passthrough("output", d)
	for i, p := range s.parts() {
		e := sub.Ensemble(fmt.Sprintf("ensemble%d", i), s.NeuronsPerDimension*(p.stop-p.start), p.stop-p.start)
		e.Neuron = orNeuron(s.Neuron)
		if i > 0 || s.NoIdentity {
			e.Intercepts, e.EvalPoints = partOfUnit{d + 2}, partOfUnit{d + 2}
		}
		direct(sub, s.Input.Part(p.start, p.stop), e)
		direct(sub, e, s.Output.Part(p.start, p.stop))
	}
	if s.Feedback != 0 {
		back := sub.Connect(s.Output, s.Input)
		back.Transform, back.Synapse = connect.Scale(s.Feedback), synapse.Lowpass{Tau: s.FeedbackSynapse}
	}
	nef.Finish(sub)
	return &s
}

// interval is the elements from start up to (not including) stop.
type interval struct{ start, stop int }

// parts are the elements of each ensemble.
func (s *State) parts() (list []interval) {
	at := 0
	if !s.NoIdentity {
		list, at = append(list, interval{0, 1}), 1
	}
	for d := s.Vocab.Dimensions; at < d; {
		stop := min((at/s.Subdimensions+1)*s.Subdimensions, d)
		list = append(list, interval{at, stop})
		at = stop
	}
	return list
}

// Module implements Modular.
func (s *State) Module() Module { return Module{Input: s.Input, Output: s.Output, Vocab: s.Vocab} }

// A Scalar represents a number.
type Scalar struct {
	NNeurons int          `param:"n_neurons" default:"50" check:">0" doc:"number of neurons"`
	Radius   float64      `param:"radius" default:"1" check:">0" doc:"largest number"`
	Neuron   neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input  *soma.Node `end:"input" doc:"a number"`
	Output *soma.Node `end:"output" doc:"what is represented"`
}

// Add makes the network.
func (s Scalar) Add(net *soma.Network, name string) *Scalar {
	sub, s := nef.Begin(net, name, s)
	s.Network = sub
	s.Input, s.Output = sub.Passthrough("input", 1), sub.Passthrough("output", 1)
	e := sub.Ensemble("ensemble0", s.NNeurons, 1)
	e.Neuron, e.Radius = orNeuron(s.Neuron), s.Radius
	direct(sub, s.Input, e)
	direct(sub, e, s.Output)
	nef.Finish(sub)
	return &s
}

// Module implements Modular.
func (s *Scalar) Module() Module { return Module{Input: s.Input, Output: s.Output} }
