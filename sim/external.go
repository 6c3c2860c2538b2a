package sim

import (
	"fmt"
	"math"

	"soma"
	"soma/signal"
)

// Set gives the values of a node whose source is a signal.External, for all steps
// until they are set again.
func (s *Simulator) Set(node *soma.Node, values ...float64) error {
	fail := func(problem, remedy string) error {
		e := &soma.Error{Field: "value", Problem: problem, Remedy: remedy}
		if node != nil {
			e.Object, e.Pos = node.Path(), node.FieldPosition("value")
		}
		return soma.Errors{e}
	}
	if node == nil {
		return fail("no node", "give a node of the network")
	}
	external, ok := node.Source.(signal.External)
	switch {
	case !ok:
		return fail("the node has a source of its own", "make it with signal.External")
	case len(values) != external.N:
		return fail(fmt.Sprintf("%d values for a node of %d", len(values), external.N), "give one for each")
	}
	for i, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fail(fmt.Sprintf("value %d is %g", i, x), "give finite numbers")
		}
	}
	if !s.engine.Set(node.Path(), values) {
		return fail("the node is not in this network", "give a node of the network")
	}
	return nil
}
