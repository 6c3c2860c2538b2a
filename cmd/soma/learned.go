package main

import (
	"slices"
	"strings"

	"soma/learn"
	"soma/record"
	"soma/sim"
)

// learned is what a simulator has learned, as results keep it: the arrays
// CONNECTION.weights and so on.
func learned(s *sim.Simulator) (arrays []record.Array) {
	for _, state := range s.Learned() {
		for _, a := range state.Arrays {
			arrays = append(arrays, record.Array{Name: state.Connection + "." + a.Name, Shape: a.Shape, Data: a.Data})
		}
	}
	return arrays
}

// loadLearned reads what an earlier run has learned.
func loadLearned(dir string) (states []learn.State, err error) {
	arrays, err := record.ReadLearned(dir)
	if err != nil {
		return nil, err
	}
	for _, a := range arrays {
		dot := max(strings.LastIndexByte(a.Name, '.'), 0)
		connection, name := a.Name[:dot], strings.TrimPrefix(a.Name[dot:], ".")
		i := slices.IndexFunc(states, func(s learn.State) bool { return s.Connection == connection })
		if i < 0 {
			i = len(states)
			states = append(states, learn.State{Connection: connection})
		}
		states[i].Arrays = append(states[i].Arrays, learn.Array{Name: name, Shape: a.Shape, Data: a.Data})
	}
	return states, nil
}
