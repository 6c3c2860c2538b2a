package sim

import (
	"slices"

	"soma/internal/compile"
	"soma/learn"
)

// Learned is what every connection with learning rules has learned so far, in the
// order of the network. Options.Learned of another simulator of the same network
// takes it.
func (s *Simulator) Learned() []learn.State {
	var states []learn.State
	for _, held := range s.built.Learned {
		i := slices.IndexFunc(states, func(st learn.State) bool { return st.Connection == held.Connection })
		if i < 0 {
			i = len(states)
			states = append(states, learn.State{Connection: held.Connection})
		}
		states[i].Arrays = append(states[i].Arrays, s.learned(held)...)
	}
	if s.opts.KeepDecoders {
		states = append(states, s.decoders()...)
	}
	return states
}

// decoders are those of all connections that have not learned anything else.
func (s *Simulator) decoders() (states []learn.State) {
	for _, net := range s.net.All() {
		for _, conn := range net.Connections {
			d := s.built.Decodings[conn]
			if d == nil || slices.ContainsFunc(s.built.Learned, func(l compile.Learned) bool { return l.Connection == d.Name && l.Name == "weights" }) {
				continue
			}
			m := d.Decoders
			states = append(states, learn.State{Connection: d.Name, Arrays: []learn.Array{{
				Name: "decoders", Shape: []int{m.Rows, m.Cols}, Data: slices.Clone(m.Data),
			}}})
		}
	}
	return states
}

// manySynapses is how many are said without their ends, which would take twice as
// much room and are those that the rule draws again.
const manySynapses = 10_000_000

func (s *Simulator) learned(held compile.Learned) []learn.Array {
	if held.Synapses == nil {
		return []learn.Array{{Name: held.Name, Shape: slices.Clone(held.Shape), Data: held.RowByRow(s.engine.Values(held.View))}}
	}
	var weights, sources, targets []float64
	if weights = s.engine.Weights(s.built.Number(held.Synapses)); len(weights) > manySynapses {
		return []learn.Array{{Name: "weights", Shape: []int{len(weights)}, Data: weights}}
	}
	weights = weights[:0]
	for synapse := range s.synapsesOf(held.Synapses) {
		weights = append(weights, synapse.Weight)
		sources, targets = append(sources, float64(synapse.Source)), append(targets, float64(synapse.Target))
	}
	shape := []int{len(weights)}
	return []learn.Array{{Name: "weights", Shape: shape, Data: weights}, {Name: "sources", Shape: shape, Data: sources}, {Name: "targets", Shape: shape, Data: targets}}
}
