package program

import "soma/learn"

// learning is a connection that learns: all spikes of its neurons, and what the
// rule keeps of them.
type learning struct {
	*Synapses
	traces    learn.Traces
	pre, post map[int]*train  // by neuron
	flowing   learn.Flowing   // the rule, if synapses change by themselves; or nil
	gate      *train          // the spikes that gate it, by the steps in which they reach the synapses; or nil
	voltages  map[int]*course // by neuron; nil: the rule looks at none
}

// A train is the spikes of one neuron so far, with the traces just after each,
// and the factor with which a source sends.
type train struct {
	steps   []int64
	traces  [][learn.MaxTraces]float64
	kinds   []learn.Trace
	decays  []learn.Decay
	release learn.Release
	state   [2]float64
	factors []float64
}

// learned is what a synapse that learns has of its own. It has met met of the
// target's spikes.
type learned struct {
	*learning
	pre, post *train
	own       []float64
	sent      float64 // by the last spike, where the rule says it
	met       int
	gated     int   // likewise of the spikes that gate the rule
	seen      int64 // and of what the rule makes of the voltage: up to this step
	at        int64 // the step of the last event, in those of the target's spikes
}

// learn prepares a connection; nil if it does not learn.
func (w *wiring) learn(s *Synapses, dt float64) *learning {
	if !s.Learns() {
		return nil
	}
	l := &learning{Synapses: s, pre: map[int]*train{}, post: map[int]*train{}}
	if s.Learning != nil {
		l.traces = s.Learning.Traces()
	}
	pre, post := learn.Decays(l.traces.Pre, dt), learn.Decays(l.traces.Post, dt)
	for i := range s.From.N {
		t := &train{kinds: l.traces.Pre, decays: pre, release: s.Release}
		if s.Release != nil {
			t.state = s.Release.Rest()
		}
		l.pre[s.From.First+i] = t
	}
	l.flowing, _ = s.Learning.(learn.Flowing)
	if rule, ok := s.Learning.(learn.Modulated); ok {
		trace := []learn.Trace{rule.Modulator()}
		l.gate = &train{kinds: trace, decays: learn.Decays(trace, dt)}
	}
	if rule, ok := s.Learning.(learn.Sensing); ok {
		l.sense(rule, dt)
	}
	for i := range s.To.N {
		l.post[s.To.First+i] = &train{kinds: l.traces.Post, decays: post}
	}
	w.learning = append(w.learning, l)
	return l
}

func (l *learning) synapse(source, target int) *learned {
	if l == nil {
		return nil
	}
	return &learned{learning: l, pre: l.pre[source], post: l.post[target], own: make([]float64, l.traces.Own)}
}

// fired adds a spike to the trains of a neuron.
func (w *wiring) fired(population, neuron int, step int64) {
	for _, l := range w.learning {
		if t := l.pre[neuron]; t != nil && l.From.Population == population {
			t.fire(step)
		}
		if t := l.post[neuron]; t != nil && l.To.Population == population {
			t.fire(step)
		}
		if m := l.Modulator; m != nil && m.Population == population && neuron >= m.First && neuron < m.First+m.N {
			l.gate.fire(step + m.Delay)
		}
	}
}

func (t *train) fire(step int64) {
	traces, gap := t.at(len(t.steps), step), int64(-1)
	if n := len(t.steps); n > 0 {
		gap = step - t.steps[n-1]
	}
	for i, kind := range t.kinds {
		traces[i] = kind.After(traces[i])
	}
	factor := 1.0
	if t.release != nil {
		factor = t.release.Spike(&t.state, gap)
	}
	t.steps, t.traces, t.factors = append(t.steps, step), append(t.traces, traces), append(t.factors, factor)
}

// at is the traces in a step, of the first n spikes.
func (t *train) at(n int, step int64) (traces [learn.MaxTraces]float64) {
	if n == 0 {
		return traces
	}
	for i := range t.kinds {
		traces[i] = float64(t.traces[n-1][i] * t.decays[i].At(step-t.steps[n-1]))
	}
	return traces
}

// spikes is how many spikes the source has sent.
func (s *learned) spikes() int {
	if s == nil {
		return 0
	}
	return len(s.pre.steps)
}

// sends is the weight with which a spike arrives.
func (a *arrival) sends() float64 {
	c := a.contact
	if c.learns == nil {
		return c.weight
	}
	number := a.number - 1
	if c.learns.Learning != nil {
		c.learns.arrive(c, number)
	}
	if c.learns.traces.Sends {
		return float64(c.learns.pre.factors[number] * c.learns.sent)
	}
	return float64(c.learns.pre.factors[number] * c.weight)
}

// met is the step in which the target's spikes meet one that the source sends in
// a step.
func (c *contact) meets(sent int64) int64 {
	if c.learns.traces.Axonal {
		return sent + c.delay
	}
	return sent - c.delay
}

// arrive lets the synapse meet a spike of its source, and those of its target
// before it. What meets at the same time comes in the order that learn.Plasticity
// states.
func (s *learned) arrive(c *contact, number int) {
	meets := c.meets(s.pre.steps[number])
	upTo := meets
	if s.traces.Axonal {
		upTo--
	}
	c.weight = s.pass(c, meets, s.meet(c, number, upTo, meets, c.weight))
	before := s.met
	for before > 0 && s.post.steps[before-1] >= meets {
		before--
	}
	e := learn.Event{
		Weight: c.weight, Own: s.own,
		Pre: s.pre.at(number, s.pre.steps[number]), Post: s.post.at(before, meets),
		Fresh: s.fresh(c, number, s.met), Voltage: s.momentary(c.target, upTo),
	}
	s.Learning.OnPre(&e)
	c.weight, s.sent = e.Weight, e.Sent
}

// meet lets the synapse meet, step by step, what its target does up to a step, which
// comes after number spikes of its source, and gating spikes up to another, and
// gives the weight.
func (s *learned) meet(c *contact, number int, upTo, gates int64, weight float64) float64 {
	for step := s.at; step <= max(upTo, gates); step++ {
		if step <= gates {
			weight = s.meetGates(c, step, weight)
		}
		if step <= upTo {
			weight = s.meetVoltage(c, number, step, weight)
			weight = s.meetTarget(c, number, step, weight)
		}
	}
	return weight
}

// meetTarget lets the synapse meet the spikes of its target in a step.
func (s *learned) meetTarget(c *contact, number int, step int64, weight float64) float64 {
	for ; s.met < len(s.post.steps) && s.post.steps[s.met] == step; s.met++ {
		weight = s.pass(c, step, weight)
		e := learn.Event{
			Weight: weight, Own: s.own,
			Pre: s.pre.at(number, step-c.meets(0)), Post: s.post.at(s.met, step), Fresh: s.fresh(c, number, s.met),
		}
		s.Learning.OnPost(&e)
		weight = e.Weight
	}
	return weight
}

// fresh says that none of the first n spikes of the target has met the synapse
// after the source's last of number spikes.
func (s *learned) fresh(c *contact, number, n int) bool {
	if n == 0 {
		return true
	}
	if number == 0 {
		return false
	}
	last, step := c.meets(s.pre.steps[number-1]), s.post.steps[n-1]
	return step < last || step == last && !s.traces.Axonal
}

// weightNow is the weight that a spike arriving in the step after this one would
// find.
func (c *contact) weightNow(step int64) float64 {
	if c.learns == nil || c.learns.Learning == nil {
		return c.weight
	}
	upTo := step
	if !c.learns.traces.Axonal {
		upTo += 1 - 2*c.delay
	}
	copied := *c.learns
	copied.own = append([]float64(nil), copied.own...)
	number := 0
	for number < len(copied.pre.steps) && copied.pre.steps[number]+c.delay <= step {
		number++
	}
	return copied.pass(c, upTo, copied.meet(c, number, upTo, upTo, c.weight))
}

// meetGates lets the synapse meet the gating spikes up to a step.
func (s *learned) meetGates(c *contact, upTo int64, weight float64) float64 {
	if s.gate == nil {
		return weight
	}
	shift := int64(0) // from steps at the synapse to those of the target's spikes
	if !s.traces.Axonal {
		shift = -c.delay
	}
	for ; s.gated < len(s.gate.steps) && s.gate.steps[s.gated]+shift <= upTo; s.gated++ {
		weight = s.pass(c, s.gate.steps[s.gated]+shift, weight)
	}
	return weight
}

// pass lets the synapse change by itself until a step, and gives the weight.
func (s *learned) pass(c *contact, to int64, weight float64) float64 {
	if s.flowing != nil && to > s.at {
		e := learn.Event{Weight: weight, Own: s.own, Post: s.post.at(s.met, s.at)}
		if s.gate != nil {
			at := s.at
			if !s.traces.Axonal {
				at += c.delay
			}
			e.Modulator = s.gate.at(s.gated, at)[0]
		}
		s.flowing.Pass(&e, to-s.at)
		weight = e.Weight
	}
	s.at = max(s.at, to)
	return weight
}

// Weights is the weights of the i-th synapses of some cells, target by target,
// as a spike that arrives in the next step would find them.
func (in *Interpreter) Weights(op *Cells, i int) (weights []float64) {
	w := in.wiring[op]
	for k := range w.synapses {
		if c := &w.synapses[k]; c.number == i {
			weights = append(weights, c.weightNow(in.step))
		}
	}
	return weights
}
