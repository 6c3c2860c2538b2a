// Package soma describes networks of spiking neurons.
//
// A [Network] contains ensembles, populations, nodes, connections and probes:
//
//   - a [Population] is n neurons of one model, with a current as input and
//     spikes or rates as output;
//   - an [Ensemble] is a population that represents a vector (the Neural
//     Engineering Framework): encoders, gain and bias turn the vector into
//     currents, decoders turn the activity back;
//   - a [Node] is a source of values over time, or a function of its input;
//   - a [Connection] carries values from one of them to another, through a
//     function, a transform and a synapse;
//   - a [Probe] says what to record.
//
// The network is pure description. Its objects are plain structs whose exported
// fields may be set until a simulator is built; the fields hold their defaults
// from the start. Package soma/sim builds and runs it:
//
//	net := soma.New("A single neuron", 1)
//	cell := net.Ensemble("cell", 1, 1)
//	cell.Neuron = neuron.LIF{TauRC: 20 * unit.Millisecond}
//	...
//	s, err := sim.New(net, sim.Options{})
//
// Units are SI throughout: seconds, volts, amperes. Neurons of the Neural
// Engineering Framework are normalised and say so.
//
// Every random number follows from the network's seed and the name of the
// object it is drawn for: the same network gives the same numbers on every
// machine, and adding an object changes none of another's. Names must therefore
// be unique within a network.
//
// A network is not safe for concurrent change. Mistakes are reported as
// [Errors], all together, with the object, the field, the value and the remedy.
package soma
