package engine

import (
	"soma/internal/program"
	"soma/internal/sparse"
	"soma/learn"
)

// held is the weights of plastic synapses that somebody looks at.
type held struct {
	number int // of the synapses
	to     span
	every  []int64 // in multiples of how many steps; nil: in each
}

// hold finds out when the weights of synapses are looked at.
func (e *Engine) hold(l *layout, number int, s *program.Synapses) held {
	h := held{number: number, to: l.span(s.Held)}
	for _, op := range e.program.Operators {
		for _, u := range op.Uses() {
			if u.Signal != s.Held.Signal || u.Access != program.Reads {
				continue
			}
			r, sampled := op.(*program.Record)
			if !sampled {
				h.every = []int64{1}
				return h
			}
			h.every = append(h.every, int64(r.Every))
		}
	}
	return h
}

// fetch writes the weights where they are looked at, if they are in this step.
func (h *held) fetch(e *Engine, net *sparse.Network) {
	for _, every := range h.every {
		if (e.step+1)%every == 0 {
			net.Weights(h.number, h.to.of(e.memory)[:0])
			return
		}
	}
}

// Weights is the weights of the i-th synapses of the cells, target by target in
// the order of their numbers, as a spike that arrives in the next step would
// find them; nil where they do not learn.
func (e *Engine) Weights(i int) []float64 {
	for _, s := range e.stages {
		if c, ok := s.(*cells); ok {
			if weights, ok := c.net.Weights(i, nil); ok {
				return weights
			}
		}
	}
	return nil
}

// sensed says that a rule looks at the voltages of a population, which must then
// be in memory.
func sensed(op *program.Cells, population int) bool {
	for _, s := range op.Synapses {
		if _, ok := s.Learning.(learn.Sensing); ok && s.To.Population == population {
			return true
		}
	}
	return false
}

// voltages are the rows of memory that a rule looks at.
func (c *cells) voltages(s *program.Synapses) (v sparse.Voltages) {
	target := c.list[s.To.Population]
	if _, ok := s.Learning.(learn.Sensing); !ok {
		return v
	}
	v.Now = target.states[s.Voltages.Now].of(target.memory)
	for k, row := range s.Voltages.Filtered {
		if row > 0 {
			v.Filtered[k] = target.states[row].of(target.memory)
		}
	}
	return v
}

// modulation describes what gates a rule to package sparse.
func modulation(m *program.Modulator) *sparse.Modulation {
	if m == nil {
		return nil
	}
	return &sparse.Modulation{Source: sparse.Part(m.Part), Delay: int(m.Delay)}
}
