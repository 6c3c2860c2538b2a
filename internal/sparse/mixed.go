package sparse

// gatingShift carries steps at the synapse into those of the target's spikes.
func (p *plastic) gatingShift(delay int64) int64 {
	if p.traces.Axonal {
		return 0
	}
	return -delay
}

// start is the step before the first, with which a synapse begins to change by
// itself.
const start = -1

// A mixture is what comes to a synapse between two spikes of its source, in the
// order of time; of what comes in one step, gating spikes are first, then the
// voltage, then spikes of the target.
type mixture struct {
	*plastic
	neuron int
	w      *window
	shift  int64    // of gating spikes, into the steps of the target's
	at     int64    // the step of the last event
	spike  int      // how many spikes there are after the last that was met
	late   int      // how many are not to be met
	gate   int      // the number of the next
	senses []sensed // what comes next
}

// meetMixed is meet for a rule by which synapses change by themselves. Gating spikes up to the step last are
// met, and if pass is true the time up to it passes.
func (p *plastic) meetMixed(neuron int, w *window, delay, last int64, pass bool) (late int) {
	m := p.mixture(neuron, w, delay)
	for m.next(last) {
	}
	if pass {
		m.proceed(last)
	}
	return m.late
}

// mixture begins after what has been met before the window.
func (p *plastic) mixture(neuron int, w *window, delay int64) mixture {
	h := &p.history
	m := mixture{plastic: p, neuron: neuron, w: w, late: h.since(neuron, w.upTo), spike: h.since(neuron, w.after)}
	m.at = max(w.last.step, start, h.at(neuron, m.spike))
	if p.modulation != nil {
		m.shift = p.gatingShift(delay)
		m.gate = p.modulation.upTo(w.after - m.shift)
		if m.gate > 0 {
			m.at = max(m.at, p.modulation.steps[m.gate-1]+m.shift)
		}
	}
	if p.sensing != nil {
		list, n := p.sensing.lasting[neuron], p.sensing.after(neuron, w.after)
		if n > 0 {
			m.at = max(m.at, list[n-1].step)
		}
		m.senses = list[n:]
	}
	return m
}

// over is the next step of a train that has none.
const over = 1 << 62

// next lets the synapse meet what comes next; false: nothing does.
func (m *mixture) next(last int64) bool {
	gate, sense, spike := int64(over), int64(over), int64(over)
	if m.modulation != nil && m.gate < len(m.modulation.steps) {
		if step := m.modulation.steps[m.gate] + m.shift; step <= last {
			gate = step
		}
	}
	if len(m.senses) > 0 && m.senses[0].step <= m.w.upTo {
		sense = m.senses[0].step
	}
	if m.spike > m.late {
		spike = m.history.at(m.neuron, m.spike-1)
	}
	switch step := min(gate, sense, spike); step {
	case over:
		return false
	case gate:
		m.proceed(step)
		m.gate++
	case sense:
		m.proceed(step)
		m.e.Pre = m.decayed(&m.w.last, step)
		m.sensing.OnVoltage(&m.e, m.senses[0].lasting)
		m.senses = m.senses[1:]
	default:
		m.proceed(step)
		m.spike--
		m.meetSpike(m.neuron, m.spike, m.w)
	}
	return true
}

// proceed lets time pass up to a step.
func (m *mixture) proceed(to int64) {
	if m.flowing != nil && to > m.at {
		if m.modulation != nil {
			m.e.Modulator = m.modulation.trace(m.gate, m.at-m.shift)
		}
		m.history.trace(m.neuron, m.spike, m.at, &m.e.Post)
		m.flowing.Pass(&m.e, to-m.at)
	}
	m.at = max(m.at, to)
}
