package compile

import (
	"fmt"

	"soma"
	"soma/internal/program"
)

// synapseWeights holds the weights of single synapses in a signal, in their
// canonical order, when somebody looks at them.
func (b *builder) synapseWeights(conn *soma.Connection, s *program.Synapses) {
	if !b.learning.probed[conn] {
		return
	}
	var weights []float64
	err := s.Each(b.opts.Dt, func(_, _ int, weight float64, _ int64) bool {
		weights = append(weights, weight)
		return true
	})
	if err == nil && len(weights) == 0 {
		err = fmt.Errorf("no synapse was drawn, so there are no weights to probe")
	}
	if err != nil {
		b.fail(conn.FieldPosition("rule"), conn.Path(), "rule", err, "draw more of them, or leave the probe out")
		return
	}
	b.learning.weights[conn] = b.program.Add(conn.Path()+" weights", weights)
	if s.Learning != nil {
		s.Held = b.learning.weights[conn]
	}
}

// noWeights reports a probe of a connection from a generator, which has no
// synapses of its own.
func (b *builder) noWeights(p *soma.Probe, conn *soma.Connection) {
	if source, ok := conn.From.Of.(*soma.Population); ok && conn.Rule != nil && len(b.errors) == 0 {
		b.fail(p.FieldPosition("target"), p.Path(), "target",
			fmt.Errorf("a connection from a %s has no synapses whose weights could be recorded", source.Neuron.Spec().Name), "leave the probe out")
	}
}
