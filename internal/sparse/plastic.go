package sparse

import (
	"soma/internal/kernel"
	"soma/learn"
)

// Plastic is what changes the synapses of a projection while it runs.
type Plastic struct {
	Rule    learn.Plasticity // changes weights; nil: they stay
	Release learn.Release    // changes what sources send; nil: the weight is sent
	// Modulation gates a rule that is learn.Modulated; nil: nothing does.
	Modulation *Modulation
	Voltages   Voltages // of the targets, for a rule that is learn.Sensing
	Frozen     bool     // a rule has changed the weights, and they stay
}

// Voltages are rows of the whole target population that hold what its neurons
// are at after each step.
type Voltages struct {
	Now []float64
	// Filtered are u_bar_plus, u_bar_minus and u_bar_bar where the neurons filter
	// their voltage; nil: the rule does.
	Filtered [3][]float64
}

func (p Plastic) active() bool { return p.Rule != nil || p.Release != nil || p.Frozen }

// plastic is what a store of changing synapses has besides its entries, which
// are targets only.
//
// A synapse is looked at when a spike of its source arrives, in the partition
// of its target: all spikes of the target since the last time are then applied,
// one by one, and after them the source's. What depends on the source alone is
// in the event of the spike, which all synapses of the run share; what depends
// on the target alone is in its history.
type plastic struct {
	Plastic
	traces     learn.Traces
	pre        []learn.Decay
	weights    []float64 // of the synapses, in the order of entries; nil: one for all
	own        []float64 // Own variables of each synapse
	sent       []float64 // by the synapses of a run, if the rule says it
	sources    []source
	events     [][]event // a ring over the step of arrival
	history    history
	batch      *batch        // nil: synapses are taken one by one
	flowing    learn.Flowing // the rule, if synapses change by themselves; or nil
	modulation *modulation   // nil: nothing gates the rule
	sensing    *sensing      // nil: the rule looks at no voltage
	// caught is a step: the spikes of targets up to it have been applied to all
	// synapses, and histories need keep none but the last of them.
	caught int64
	e      learn.Event
}

// never is a step before all others.
const never = -1 << 62

// A source is what is known of the spikes of a neuron.
type source struct {
	last    emission
	release [2]float64
	past    []emission // as far back as catchUp needs them
}

// An emission is a spike of a source, with the traces just after it.
type emission struct {
	step   int64
	traces [learn.MaxTraces]float64
}

// An event is the arrival of a spike at a run of synapses.
type event struct {
	run
	sent   int64
	last   emission // the source's spike before this one
	factor float64  // on the weights that are sent
}

func newPlastic(p Plastic, dt float64, sources, synapses, longest int, own share, level kernel.Level) *plastic {
	s := &plastic{Plastic: p, sources: make([]source, sources), events: make([][]event, len(newArrivals(longest).runs))}
	if p.Rule != nil {
		s.traces = p.Rule.Traces()
		s.pre = learn.Decays(s.traces.Pre, dt)
		s.history = newHistory(own, s.traces.Post, dt, synapses)
		s.batch = s.newBatch(level)
		s.flowing, _ = p.Rule.(learn.Flowing)
		s.modulation = p.newModulation(dt)
		s.sensing = p.newSensing(dt, longest, own)
	}
	s.reset()
	return s
}

// reset goes back to before the first step; the weights are for the store to
// draw.
func (p *plastic) reset() {
	p.caught = never
	for i := range p.sources {
		p.sources[i] = source{last: emission{step: never}, past: p.sources[i].past[:0]}
		if p.Release != nil {
			p.sources[i].release = p.Release.Rest()
		}
	}
	for i := range p.events {
		p.events[i] = p.events[i][:0]
	}
	p.history.reset()
	if p.modulation != nil {
		p.modulation.reset()
	}
	if p.sensing != nil {
		p.sensing.reset()
	}
	clear(p.own)
}

// schedule puts the synapses of spikes emitted in a step among the events to
// come.
func (s *store) schedule(step int, sources []uint32) {
	p, delays, mask := s.plastic, s.delays(), len(s.plastic.events)-1
	for _, neuron := range sources {
		e := p.emit(&p.sources[neuron], int64(step))
		for d := range delays {
			if e.run = s.run(int(neuron), d); e.end > e.begin {
				i := (step + s.low + d) & mask
				p.events[i] = append(p.events[i], e)
			}
		}
		if p.Rule != nil {
			p.sources[neuron].remember(int64(step - s.high))
		}
	}
}

// emit updates what is known of a source at a spike.
func (p *plastic) emit(src *source, step int64) event {
	e := event{sent: step, last: src.last, factor: 1}
	if p.Release != nil {
		gap := int64(-1)
		if src.last.step != never {
			gap = step - src.last.step
		}
		e.factor = p.Release.Spike(&src.release, gap)
	}
	before := p.decayed(&src.last, step)
	for i, kind := range p.traces.Pre {
		src.last.traces[i] = kind.After(before[i])
	}
	src.last.step = step
	return e
}

// decayed is the traces of a source in a step, after its last spike.
func (p *plastic) decayed(last *emission, step int64) (traces [learn.MaxTraces]float64) {
	if last.step == never {
		return traces
	}
	for i := range p.pre {
		traces[i] = float64(last.traces[i] * p.pre[i].At(step-last.step))
	}
	return traces
}

// remember keeps the last spike of a source for catchUp. When room is short it
// forgets all before the last spike up to the given step, which has arrived
// everywhere.
func (src *source) remember(met int64) {
	if len(src.past) == cap(src.past) {
		first := 0
		for i := range src.past {
			if src.past[i].step <= met {
				first = i
			}
		}
		src.past = src.past[:copy(src.past, src.past[first:])]
	}
	src.past = append(src.past, src.last)
}

// send adds the weights of the synapses of an event to the row, or what the rule
// says that they send.
func (s *store) send(e *event) {
	targets, weights := s.entries[e.begin:e.end], s.plastic.weights[e.begin:e.end]
	if s.plastic.traces.Sends {
		weights = s.plastic.sent
	}
	if e.factor == 1 {
		s.deliverOwn(targets, weights)
		return
	}
	for i, target := range targets {
		s.row[target] += float64(e.factor * weights[i])
	}
}

// deliverEvents brings the synapses at which spikes arrive in a step up to date,
// and adds what is sent to the row.
func (s *store) deliverEvents(step int) {
	p := s.plastic
	if p.Rule != nil {
		s.admit(int64(step))
	}
	i := step & (len(p.events) - 1)
	for k := range p.events[i] {
		e := &p.events[i][k]
		if p.weights == nil {
			deliverConstant(s.row, s.entries, []run{e.run}, float64(e.factor*s.weight))
			continue
		}
		if p.Rule != nil {
			s.arrive(e, int64(step)-e.sent)
		}
		s.send(e)
	}
	p.events[i] = p.events[i][:0]
}
