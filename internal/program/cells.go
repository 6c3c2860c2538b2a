package program

import (
	"soma/connect"
	"soma/internal/rng"
	"soma/learn"
	"soma/neuron"
)

// Cells advances the populations whose neurons single synapses connect. In the
// step that ends at t, what was sent at t − delay arrives: the neurons advance
// over the step, then the arrivals are added, then thresholds are tested (each
// model does so itself), and spikes are sent.
//
// A delay is at least one step, so the arrivals of a step are known before it
// begins, and all populations advance side by side.
//
// The arrivals at a neuron's receptor are added up in a fixed order: by bundle;
// within it by the step of sending, then source, then number of the synapse. A
// bundle is all synapses from one population to one kind of receptor that share
// one constant weight, or have weights of their own; bundles come in the order
// in which their connections do. A connection that learns is a bundle by itself.
type Cells struct {
	Label
	Populations []*Neurons
	Synapses    []*Synapses
	Poisson     []Poisson
}

// Synapses are those of one connection.
type Synapses struct {
	Label
	From, To      Part
	Receptor      int
	Rule          connect.Rule
	Weight, Delay connect.Value
	Learning      learn.Plasticity // changes the weights; nil: they stay
	Release       learn.Release    // changes what the sources send; nil: the weight
	Modulator     *Modulator       // gates Learning, if it is learn.Modulated; nil: nothing does
	Voltages      Voltages         // what Learning looks at, if it is learn.Sensing
	Frozen        bool             // they have learned, and stay as they are
	// Held is where the weights are to be seen, in the order of Each; Count 0:
	// nobody looks. A weight is the one that a spike arriving in the next step
	// would find.
	Held View
	// Where the neurons of the two parts are.
	SourcePlaces, TargetPlaces connect.Places
	// Pairs, Weights and Delays are where the three kinds of draws come from.
	Pairs, Weights, Delays rng.Stream
}

// A Modulator is neurons whose spikes gate a rule, some steps after they are
// sent.
type Modulator struct {
	Part
	Delay int64 // steps, at least 1
}

// Voltages are the state variables of the targets, by number, that hold their
// voltage, and u_bar_plus, u_bar_minus and u_bar_bar; those are 0 where the rule
// filters the voltage.
type Voltages struct {
	Now      int
	Filtered [3]int
}

// Part is the neurons First, First+1, … First+N−1 of a population.
type Part struct{ Population, First, N int }

// Poisson is an independent Poisson train for each target. Trains of a
// constant rate have been running for ever when the simulation begins, so a delay
// would change nothing; it is in the pieces of the others.
type Poisson struct {
	Label
	To           Part
	Receptor     int
	Rate, Weight float64 // Hz; unit of the receptor
	// Pieces, if any, are the rate over time, and Rate is of no account.
	Pieces []neuron.Piece
	Stream rng.Stream
}

// Uses implements Operator: reads the inputs, sets the outputs, the states and
// the weights that somebody looks at.
func (o *Cells) Uses() (uses []Use) {
	for _, p := range o.Populations {
		uses = append(uses, p.Uses()...)
	}
	for _, s := range o.Synapses {
		if s.Held.Count > 0 {
			uses = append(uses, Use{Sets, s.Held.Signal})
		}
	}
	return uses
}
