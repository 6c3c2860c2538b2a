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
		w.after--
	}
	w.since, w.after = w.after, max(w.after, p.caught)
	return w
}

// arrive applies the rule to the synapses of an event.
func (s *store) arrive(e *event, delay int64) {
	p := s.plastic
	w := p.window(&e.last, e.sent, delay)
	if p.batch != nil {
		s.meetMany(e.run, &w, true)
		return
	}
	pre := p.decayed(&e.last, e.sent)
	for i := int(e.begin); i < int(e.end); i++ {
		neuron := int(s.entries[i]) - p.history.base
		p.e.Weight, p.e.Own = p.weights[i], p.ownOf(i)
		end := p.meetAll(neuron, &w, delay, w.meets, true)
		before := end
		if !p.traces.Axonal {
			before = p.history.upTo(neuron, end, w.meets-1)
		}
		p.e.Pre = pre
		p.history.trace(neuron, before, w.meets, &p.e.Post)
		p.e.Fresh = p.history.fresh(neuron, end, w.since)
		if p.sensing != nil {
			p.e.Voltage = p.sensing.momentary(neuron, w.upTo)
		}
		p.Rule.OnPre(&p.e)
		p.weights[i] = p.e.Weight
	}
}

// meetAll is meet, or meetMixed up to the step last.
func (p *plastic) meetAll(neuron int, w *window, delay, last int64, pass bool) int {
	if p.mixed() {
		return p.meetMixed(neuron, w, delay, last, pass)
	}
	return p.meet(neuron, w)
}

// meet applies the spikes of a target in a window to the synapse in p.e, and
// returns the number of spikes up to the end of the window.
func (p *plastic) meet(neuron int, w *window) int {
	h := &p.history
	end := h.upTo(neuron, h.counts[neuron], w.upTo)
	for k := h.upTo(neuron, end, w.after); k < end; k++ {
		p.meetSpike(neuron, k, w)
	}
	return end
}

// meetSpike applies the k-th spike of a target to the synapse in p.e.
func (p *plastic) meetSpike(neuron, k int, w *window) {
	h := &p.history
	step := h.steps[h.at(neuron, k)]
	p.e.Pre = p.decayed(&w.last, step)
	h.trace(neuron, k, step, &p.e.Post)
	p.e.Fresh = h.fresh(neuron, k, w.since)
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

// record adds spikes of the targets, which are counted in their population, to
// the histories.
func (s *store) record(step int64, emitted []uint32, first int) {
	p := s.plastic
	for _, id := range emitted {
		neuron := int(id) - first
		if p.history.full(neuron, p.caught) {
			s.catchUp(step)
			if p.history.full(neuron, p.caught) {
				p.history.resize(2 * p.history.ring)
			}
		}
		trace := p.history.add(neuron, step)
		if p.batch != nil {
			p.batch.recent.add(neuron, step, trace)
		}
	}
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
			s.meetMany(r, &w, false)
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
