package sparse

// A window is the spikes of a target that a synapse meets between two spikes of
// its source: those after one step and up to another.
type window struct {
	after, upTo int64
	// since is like after, whatever has been met already.
	since int64
	// meets is the step of the target's spikes that reach the synapse with the
	// source's second one.
	meets int64
	// last is the source's first spike, in the steps of the target's spikes.
	last emission
}

// window is what a synapse with a delay, in steps, meets between the last spike
// of its source and one that is sent in a step.
func (p *plastic) window(last *emission, sent, delay int64) window {
	shift := -delay // of the source's spikes, in the steps of the target's
	if p.traces.Axonal {
		shift = delay
	}
	w := window{after: never, meets: sent + shift, last: *last}
	w.upTo = w.meets
	if last.step != never {
		w.last.step += shift
		w.after = w.last.step
	}
	if p.traces.Axonal { // the source's spike comes first
		w.upTo--
		w.after = max(w.after-1, never)
	}
	w.since, w.after = w.after, max(w.after, p.caught)
	return w
}

// arrive applies the rule to the synapses of an event.
func (s *store) arrive(e *event, delay int64) {
	p := s.plastic
	w := p.window(&e.last, e.sent, delay)
	pre := p.decayed(&e.last, e.sent)
	if p.batch != nil {
		s.meetMany(e.run, &w, &pre)
		return
	}
	p.sent = p.sent[:0]
	for i := int(e.begin); i < int(e.end); i++ {
		neuron := int(s.entries[i]) - p.history.base
		p.e.Weight, p.e.Own = p.weights[i], p.ownOf(i)
		late := p.meetAll(neuron, &w, delay, w.meets, true)
		p.e.Pre = pre
		p.history.trace(neuron, p.history.since(neuron, w.meets-1), w.meets, &p.e.Post)
		p.e.Fresh = p.history.at(neuron, late) <= w.since
		if p.sensing != nil {
			p.e.Voltage = p.sensing.momentary(neuron, w.upTo)
		}
		p.Rule.OnPre(&p.e)
		p.weights[i] = p.e.Weight
		if p.traces.Sends {
			p.sent = append(p.sent, p.e.Sent)
		}
	}
}

// meetAll is meet, meetVoltages, or meetMixed up to the step last.
func (p *plastic) meetAll(neuron int, w *window, delay, last int64, pass bool) int {
	switch {
	case p.flowing != nil:
		return p.meetMixed(neuron, w, delay, last, pass)
	case p.sensing != nil:
		return p.meetVoltages(neuron, w)
	}
	return p.meet(neuron, w)
}

// meet applies the spikes of a target in a window to the synapse in p.e, and
// returns the number of spikes after the end of the window.
func (p *plastic) meet(neuron int, w *window) (late int) {
	h := &p.history
	late = h.since(neuron, w.upTo)
	for k := h.since(neuron, w.after) - 1; k >= late; k-- {
		p.meetSpike(neuron, k, w)
	}
	return late
}

// meetSpike applies spike k of a target, counted back, to the synapse in p.e.
func (p *plastic) meetSpike(neuron, k int, w *window) {
	step := p.history.at(neuron, k)
	p.e.Pre = p.decayed(&w.last, step)
	p.history.trace(neuron, k+1, step, &p.e.Post)
	p.e.Fresh = p.history.at(neuron, k+1) <= w.since
	p.Rule.OnPost(&p.e)
}

// ownOf is the own variables of a synapse.
func (p *plastic) ownOf(i int) []float64 {
	n := p.traces.Own
	return p.own[i*n : i*n+n : i*n+n]
}

// sense looks at the voltages of the targets after a step.
func (s *store) sense(step int64) {
	if s.plastic.sensing.full() {
		s.catchUp(step)
	}
	s.plastic.sensing.step(step)
}

// record notes spikes of the targets, which are counted in their population.
func (s *store) record(step int64, emitted []uint32, first int) {
	h := &s.plastic.history
	for _, id := range emitted {
		h.pending = append(h.pending, spike{step, int(id) - first})
	}
}

// admit adds the spikes of targets that source spikes arriving in a step can
// meet to the histories. What arrived earlier has met its targets.
func (s *store) admit(arrival int64) {
	p, done := s.plastic, 0
	h := &p.history
	upTo := arrival - 1
	if !p.traces.Axonal {
		upTo = arrival - 2*int64(s.low)
	}
	for _, x := range h.pending {
		if x.step > upTo {
			break
		}
		if h.full(x.neuron, p.caught) {
			s.catchUp(arrival - 1)
			if h.full(x.neuron, p.caught) {
				h.resize(2 * h.room)
			}
		}
		h.add(x.neuron, x.step)
		done++
	}
	h.pending = h.pending[:copy(h.pending, h.pending[done:])]
}

// catchUp applies the spikes of targets to all synapses, up to a step that no
// spike of a source that is still on its way can change. As spikes are applied
// one by one in the same order, it makes no difference when this is done.
func (s *store) catchUp(now int64) {
	p := s.plastic
	upTo := now - 2*int64(s.high) - 2
	s.eachRun(func(r run, source int, delay int64) {
		w := p.until(&p.sources[source], delay, now, upTo)
		if p.batch != nil {
			s.meetMany(r, &w, nil)
			return
		}
		for i := int(r.begin); i < int(r.end); i++ {
			p.e.Weight, p.e.Own = p.weights[i], p.ownOf(i)
			p.meetAll(int(s.entries[i])-p.history.base, &w, delay, upTo, false)
			p.weights[i] = p.e.Weight
		}
	})
	p.caught = max(p.caught, upTo)
	if p.modulation != nil {
		p.modulation.forget(p.caught - p.gatingShift(int64(s.low)))
	}
	if p.sensing != nil {
		p.sensing.forget(p.caught)
	}
}

// until is the window from the last spike of a source that has arrived by now up
// to a step.
func (p *plastic) until(src *source, delay, now, upTo int64) window {
	last := emission{step: never}
	for i := len(src.past) - 1; i >= 0; i-- {
		if src.past[i].step+delay <= now {
			last = src.past[i]
			break
		}
	}
	w := p.window(&last, upTo, delay)
	w.upTo = upTo
	return w
}

// eachRun visits all runs that are not empty.
func (s *store) eachRun(visit func(r run, source int, delay int64)) {
	for source := range s.plastic.sources {
		for d := range s.delays() {
			if r := s.run(source, d); r.end > r.begin {
				visit(r, source, int64(s.low+d))
			}
		}
	}
}

// now writes the weight that a spike arriving in the step after this one would
// find at each synapse, in the order of entries.
func (s *store) now(step int64, weights []float64) {
	p := s.plastic
	s.admit(step + 1)
	own := make([]float64, p.traces.Own)
	s.eachRun(func(r run, source int, delay int64) {
		upTo := step
		if !p.traces.Axonal {
			upTo += 1 - 2*delay
		}
		w := p.until(&p.sources[source], delay, step, upTo)
		for i := int(r.begin); i < int(r.end); i++ {
			p.e.Weight, p.e.Own = p.weights[i], own[:copy(own[:], p.ownOf(i))]
			p.meetAll(int(s.entries[i])-p.history.base, &w, delay, upTo, true)
			weights[i] = p.e.Weight
		}
	})
}
