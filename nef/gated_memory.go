package nef

import (
	"soma"
	"soma/connect"
	"soma/neuron"
	"soma/synapse"
)

// A GatedMemory stores its input while the gate is 0, and holds it while the gate
// is 1. A reset of 1 clears it.
type GatedMemory struct {
	NNeurons          int             `param:"n_neurons" check:">0" doc:"neurons for each dimension of the memory, and as many for the difference to the input"`
	Dimensions        int             `param:"dimensions" default:"1" check:">0" doc:"length of the vector"`
	Feedback          float64         `param:"feedback" default:"1" doc:"of the memory to itself; below 1 it decays"`
	DifferenceGain    float64         `param:"difference_gain" default:"1" doc:"how strongly the difference drives the memory: how fast it stores"`
	RecurrentSynapse  synapse.Synapse `param:"recurrent_synapse" default:"0.1" doc:"of the memory to itself"`
	DifferenceSynapse synapse.Synapse `param:"difference_synapse" doc:"from the difference to the memory; default: the recurrent one"`
	Neuron            neuron.Model    `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input  *soma.Node     `end:"input" doc:"what is stored"`
	Gate   *soma.Node     `end:"gate" doc:"0: store, 1: hold"`
	Reset  *soma.Node     `end:"reset" doc:"1: forget"`
	Output *soma.Node     `end:"output" doc:"what is held"`
	Memory *EnsembleArray `end:"memory" doc:"the ensembles that hold the value"`
	Diff   *EnsembleArray `end:"difference" doc:"the ensembles of input − memory"`
}

// silence is a current that stops any neuron of an ensemble: a LIF neuron that
// fires at 400 Hz receives 40. Nengo's gate of −10 leaves the fastest ones firing,
// and the memory drifts towards its input.
const silence = -100

// Add makes the network.
func (m GatedMemory) Add(net *soma.Network, name string) *GatedMemory {
	sub, m := Begin(net, name, m)
	m.Network = sub
	m.RecurrentSynapse = orLowpass(m.RecurrentSynapse, 0.1)
	if m.DifferenceSynapse == nil {
		m.DifferenceSynapse = m.RecurrentSynapse
	}
	array := EnsembleArray{NNeurons: m.NNeurons, NEnsembles: m.Dimensions, Neuron: m.Neuron}
	m.Memory, m.Diff = array.Add(sub, "memory"), array.Add(sub, "difference")
	m.Input, m.Output = m.Diff.Input, m.Memory.Output
	m.Gate, m.Reset = sub.Passthrough("gate", 1), sub.Passthrough("reset", 1)

	back := sub.Connect(m.Memory.Output, m.Memory.Input)
	back.Transform, back.Synapse = connect.Scale(m.Feedback), m.RecurrentSynapse
	sub.Connect(m.Memory.Output, m.Diff.Input).Transform = connect.Scale(-1)
	store := sub.Connect(m.Diff.Output, m.Memory.Input)
	store.Transform, store.Synapse = connect.Scale(m.DifferenceGain), m.DifferenceSynapse
	m.Diff.Inhibit(m.Gate, silence, synapse.None{})
	m.Memory.Inhibit(m.Reset, silence, synapse.None{})
	Finish(sub)
	return &m
}
