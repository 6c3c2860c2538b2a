package sim

import (
	"slices"

	"soma/learn"
)

// Learned is what every connection with learning rules has learned so far, in the
// order of the network. Options.Learned of another simulator of the same network
// takes it.
func (s *Simulator) Learned() []learn.State {
	var states []learn.State
	for _, held := range s.built.Learned {
		array := learn.Array{Name: held.Name, Shape: slices.Clone(held.Shape), Data: s.engine.Values(held.View)}
		i := slices.IndexFunc(states, func(st learn.State) bool { return st.Connection == held.Connection })
		if i < 0 {
			i = len(states)
			states = append(states, learn.State{Connection: held.Connection})
		}
		states[i].Arrays = append(states[i].Arrays, array)
	}
	return states
}
