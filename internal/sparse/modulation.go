package sparse

import (
	"sort"

	"soma/learn"
)

// Modulation is the spikes of a population that gate a rule.
type Modulation struct {
	Source Part
	Delay  int // steps, at least 1
}

// modulation is what a store knows of the spikes that gate its rule, in the order
// of their arrival at the synapses.
type modulation struct {
	Modulation
	learn.Modulated
	decay  learn.Decay
	steps  []int64
	traces []float64 // just after each
}

// newModulation prepares a rule that is gated; nil if it is not.
func (p Plastic) newModulation(dt float64) *modulation {
	rule, ok := p.Rule.(learn.Modulated)
	if !ok {
		return nil
	}
	m := &modulation{Modulated: rule, decay: learn.NewDecay(rule.Modulator().Tau, dt)}
	if p.Modulation != nil {
		m.Modulation = *p.Modulation
	}
	return m
}

func (m *modulation) reset() { m.steps, m.traces = m.steps[:0], m.traces[:0] }

// mostGating is how many gating spikes are kept before synapses are brought up
// to date.
const mostGating = 1 << 12

// gate lets spikes of a step gate the rule of a store.
func (s *store) gate(step int, sources []uint32) {
	if m := s.plastic.modulation; len(m.steps) > mostGating {
		s.catchUp(int64(step))
	}
	s.plastic.modulation.add(step, sources)
}

// add appends the spikes that the population emitted in a step.
func (m *modulation) add(step int, sources []uint32) {
	for _, neuron := range sources {
		if int(neuron) >= m.Source.First && int(neuron) < m.Source.First+m.Source.N {
			at := int64(step + m.Delay)
			m.traces = append(m.traces, m.Modulator().After(m.trace(len(m.steps), at)))
			m.steps = append(m.steps, at)
		}
	}
}

// trace is the trace in a step of the first k spikes.
func (m *modulation) trace(k int, step int64) float64 {
	if k == 0 {
		return 0
	}
	return float64(m.traces[k-1] * m.decay.At(step-m.steps[k-1]))
}

// upTo is the number of spikes up to a step.
func (m *modulation) upTo(step int64) int {
	return sort.Search(len(m.steps), func(k int) bool { return m.steps[k] > step })
}

// forget drops all spikes up to a step but the last of them.
func (m *modulation) forget(step int64) {
	if k := m.upTo(step) - 1; k > 0 {
		m.steps = m.steps[:copy(m.steps, m.steps[k:])]
		m.traces = m.traces[:copy(m.traces, m.traces[k:])]
	}
}
