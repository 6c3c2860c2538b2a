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

// gatingShift carries steps at the synapse into those of the target's spikes.
func (p *plastic) gatingShift(delay int64) int64 {
	if p.traces.Axonal {
		return 0
	}
	return -delay
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

// meetGated is meet for a rule that is gated: between one spike and the next the
// synapse changes by itself. shift carries the gating spikes into the steps of the
// target's; those up to the step last are met, and the time up to it passes if pass
// is true.
func (p *plastic) meetGated(neuron int, w *window, shift, last int64, pass bool) int {
	h, m := &p.history, p.modulation
	end := h.upTo(neuron, h.counts[neuron], w.upTo)
	k, j := h.upTo(neuron, end, w.after), m.upTo(w.after-shift)
	at := w.last.step // of the last event
	if k > 0 {
		at = max(at, h.steps[h.at(neuron, k-1)])
	}
	if j > 0 {
		at = max(at, m.steps[j-1]+shift)
	}
	proceed := func(to int64) {
		if at > never && to > at {
			p.e.Modulator = m.trace(j, at-shift)
			m.Pass(&p.e, to-at)
		}
		at = max(at, to)
	}
	for {
		gates := j < len(m.steps) && m.steps[j]+shift <= last
		switch {
		case gates && (k == end || m.steps[j]+shift <= h.steps[h.at(neuron, k)]):
			proceed(m.steps[j] + shift)
			j++
			continue
		case k < end:
			step := h.steps[h.at(neuron, k)]
			proceed(step)
			p.e.Pre = p.decayed(&w.last, step)
			h.trace(neuron, k, step, &p.e.Post)
			p.e.Fresh = h.fresh(neuron, k, w.since)
			p.Rule.OnPost(&p.e)
			k++
			continue
		}
		break
	}
	if pass {
		proceed(last)
	}
	return end
}
