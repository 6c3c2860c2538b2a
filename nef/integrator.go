package nef

import (
	"soma"
	"soma/connect"
	"soma/neuron"
	"soma/synapse"
)

// An Integrator holds a vector and adds to it the integral of its input over
// time, in 1/s: x' = u. What it represents goes back to it through the recurrent
// synapse (C. Eliasmith and C. H. Anderson, Neural Engineering, 2003, 8.2.1).
type Integrator struct {
	RecurrentTau float64      `param:"recurrent_tau" unit:"s" check:">0" doc:"time constant of the recurrent synapse"`
	NNeurons     int          `param:"n_neurons" check:">0" doc:"neurons of the ensemble"`
	Dimensions   int          `param:"dimensions" default:"1" check:">0" doc:"length of the vector"`
	Radius       float64      `param:"radius" default:"1" check:">0" doc:"expected length of what it holds"`
	Neuron       neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input    *soma.Node     `end:"input" doc:"what is integrated"`
	Ensemble *soma.Ensemble `end:"ensemble" doc:"what holds the integral"`
	Output   *soma.Node     `end:"output" doc:"the integral, decoded"`
}

// Add makes the network.
func (g Integrator) Add(net *soma.Network, name string) *Integrator {
	sub, g := Begin(net, name, g)
	g.Network = sub
	g.Input = sub.Passthrough("input", g.Dimensions)
	g.Ensemble = sub.Ensemble("ensemble", g.NNeurons, g.Dimensions)
	g.Ensemble.Neuron, g.Ensemble.Radius = orNeuron(g.Neuron), g.Radius
	g.Output = sub.Passthrough("output", g.Dimensions)
	sub.Connect(g.Ensemble, g.Ensemble).Synapse = synapse.Lowpass{Tau: g.RecurrentTau}
	in := sub.Connect(g.Input, g.Ensemble)
	in.Transform, in.Synapse = connect.Scale(g.RecurrentTau), synapse.Lowpass{Tau: g.RecurrentTau}
	direct(sub, g.Ensemble, g.Output)
	Finish(sub)
	return &g
}

// An Oscillator turns a vector of two values with a frequency: x₁' = −ω x₂,
// x₂' = ω x₁. A short input starts it.
type Oscillator struct {
	RecurrentTau float64      `param:"recurrent_tau" unit:"s" check:">0" doc:"time constant of the recurrent synapse"`
	Frequency    float64      `param:"frequency" unit:"rad/s" doc:"angular frequency: 2*pi for one turn in a second"`
	NNeurons     int          `param:"n_neurons" check:">0" doc:"neurons of the ensemble"`
	Radius       float64      `param:"radius" default:"1" check:">0" doc:"expected amplitude"`
	Neuron       neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input    *soma.Node     `end:"input" doc:"added to the vector, through the recurrent synapse"`
	Ensemble *soma.Ensemble `end:"ensemble" doc:"what turns"`
	Output   *soma.Node     `end:"output" doc:"the vector, decoded"`
}

// Add makes the network.
func (o Oscillator) Add(net *soma.Network, name string) *Oscillator {
	sub, o := Begin(net, name, o)
	o.Network = sub
	o.Input = sub.Passthrough("input", 2)
	o.Ensemble = sub.Ensemble("ensemble", o.NNeurons, 2)
	o.Ensemble.Neuron, o.Ensemble.Radius = orNeuron(o.Neuron), o.Radius
	o.Output = sub.Passthrough("output", 2)
	turn := float64(o.RecurrentTau * o.Frequency)
	back := sub.Connect(o.Ensemble, o.Ensemble)
	back.Transform, back.Synapse = connect.Dense{{1, -turn}, {turn, 1}}, synapse.Lowpass{Tau: o.RecurrentTau}
	direct(sub, o.Input, o.Ensemble)
	direct(sub, o.Ensemble, o.Output)
	Finish(sub)
	return &o
}
