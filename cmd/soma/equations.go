package main

import (
	"fmt"

	"soma/neuron"
)

// equationsMethod describes a model from equations in a table.
func equationsMethod(m *neuron.Equations) string {
	name, reason := m.MethodUsed()
	if reason == "" {
		return "method " + name
	}
	return fmt.Sprintf("method %s: %s", name, reason)
}

// equations shows what a model from equations has become.
func (r *overview) equations(m *neuron.Equations) {
	r.lines([][]string{{"neuron", "equations", equationsMethod(m)}})
	for _, line := range m.Listing(r.built.Dt()) {
		fmt.Fprintf(&r.text, "    %s\n", line)
	}
}
