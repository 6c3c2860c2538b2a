package sparse

import (
	"math/bits"

	"soma/internal/kernel"
	"soma/learn"
)

// batch is the work space for a rule that can change many synapses at once. The
// synapses of a run are taken in chunks. The search for the spikes that they meet
// goes back in time, from layer to layer; the spikes are then applied in the
// opposite order, one of each synapse of a layer at once, and last the source's.
type batch struct {
	learn.Batch
	level     kernel.Level
	search    searchArgs
	ages      ages
	layers    []*layer
	many      learn.Many
	since     int64                  // of the window
	start     [chunk + spare]float64 // the trace of the source just after its spike, throughout
	pre       [chunk + spare]float64
	post      [chunk + spare]float64
	work      [chunk + spare]float64
	some      [chunk]float64 // weights of those of a layer that are in the window,
	picked    [chunk]int32   // and which these are
	fresh     [chunk + spare]bool
	preDecay  []float64
	postDecay []float64
}

// newBatch is the work space for a rule; nil if synapses are taken one by one.
func (p *plastic) newBatch(level kernel.Level) *batch {
	rule, ok := p.Rule.(learn.Batch)
	if t := p.traces; !ok || len(t.Pre) == 0 || len(t.Post) == 0 || len(t.Post) > 2 || t.Own > 1 {
		return nil
	}
	b := &batch{Batch: rule, level: level}
	var preWhole, postWhole bool
	b.preDecay, preWhole = p.pre[0].Table()
	b.postDecay, postWhole = p.history.decays[0].Table()
	if !preWhole || !postWhole || p.history.neurons == 0 {
		return nil
	}
	return b
}

// layer is layer k of a chunk.
func (b *batch) layer(k int) *layer {
	for len(b.layers) <= k {
		b.layers = append(b.layers, new(layer))
	}
	return b.layers[k]
}

// meetMany lets the synapses of a run meet the spikes of their targets in a
// window and then the spike of their source, if there is one: source is its traces
// then.
func (s *store) meetMany(r run, w *window, source *[learn.MaxTraces]float64) {
	p := s.plastic
	b, h := p.batch, &p.history
	a := &b.search
	a.base, a.heads, a.ages = uint64(h.base), &h.heads[0], &b.ages
	a.after, a.upTo, a.source, a.meets, a.before = w.after, w.upTo, w.last.step, w.meets, w.meets-1
	b.since = w.since
	for i := range min(int(r.end-r.begin)+spare, len(b.start)) {
		b.start[i] = w.last.traces[0]
	}
	for begin := int(r.begin); begin < int(r.end); begin += chunk {
		end := min(begin+chunk, int(r.end))
		targets, weights := s.entries[begin:end], p.weights[begin:end]
		own := p.own[begin*p.traces.Own : end*p.traces.Own]
		a.targets, a.weights, a.n = &targets[0], &weights[0], uint64(len(targets))
		p.meetTargets(weights, own)
		if source != nil {
			b.many = learn.Many{Level: b.level, Weights: weights, Own: own, Source: *source}
			p.meetSource(targets, &b.many)
		}
	}
}

// meetTargets lets synapses meet the spikes of their targets.
func (p *plastic) meetTargets(weights, own []float64) {
	b, k := p.batch, 0
	a := &b.search
	a.layer = b.layer(0)
	a.first(b.level)
	for ; a.found > 0; k++ {
		l := a.layer
		l.n, l.beyond = int(a.found), a.beyond != 0
		if len(own) > 0 {
			own = l.choose(own)
		}
		a.from, a.n, a.layer, a.steps = l, a.found, b.layer(k+1), &p.history.steps[(k+1)*p.history.neurons]
		a.next(b.level)
	}
	for k--; k >= 0; k-- {
		l := b.layers[k]
		p.apply(l, k)
		if k > 0 {
			above := b.layers[k-1]
			l.expand(b.level, above.weight[:above.n])
		} else {
			l.expand(b.level, weights)
		}
	}
}

// choose keeps the variables of the synapses of a layer, from those of the layer
// before.
func (l *layer) choose(own []float64) []float64 {
	l.own = l.own[:0]
	for i, set := range l.within[:(len(own)+7)/8] {
		for ; set != 0; set &= set - 1 {
			l.own = append(l.own, own[8*i+bits.TrailingZeros8(set)])
		}
	}
	return l.own
}

// apply lets the synapses of layer k meet its spikes that are in the window.
func (p *plastic) apply(l *layer, k int) {
	b, n := p.batch, l.n
	whole := (n + 7) &^ 7 // vectors; what is left over in the work space does no harm
	decay(b.level, b.pre[:n], &b.start[0], &l.gap[0], b.preDecay)
	b.many = learn.Many{Level: b.level, Weights: l.weight[:whole], Own: l.own, Pre: b.pre[:whole], Work: b.work[:whole]}
	m := &b.many
	if len(p.traces.Post) > 1 {
		m.Post = b.post[:whole]
		p.history.second(m.Post, l.neuron[:n], k)
	}
	if p.traces.Fresh {
		m.Fresh = b.fresh[:n]
		for i, neuron := range l.neuron[:n] {
			m.Fresh[i] = p.history.at(int(neuron), k+1) <= b.since
		}
	}
	if l.beyond {
		b.within(l)
		return
	}
	b.Post(m)
}

// second writes the second traces that the spikes k of some neurons find.
func (h *history) second(traces []float64, neurons []uint32, k int) {
	for i, neuron := range neurons {
		at := k*h.neurons + int(neuron)
		before := at + h.neurons
		traces[i] = float64(h.traces[1][before] * h.decays[1].At(h.steps[at]-h.steps[before]))
	}
}

// within applies the spikes of a layer that are in the window.
func (b *batch) within(l *layer) {
	m := &b.many
	last, weights, n := b.search.upTo-b.search.source, m.Weights, 0
	for i, gap := range l.gap[:l.n] {
		if gap > last {
			continue
		}
		b.picked[n], b.some[n], m.Pre[n] = int32(i), weights[i], m.Pre[i]
		if m.Post != nil {
			m.Post[n] = m.Post[i]
		}
		if m.Fresh != nil {
			m.Fresh[n] = m.Fresh[i]
		}
		if len(m.Own) > 0 {
			m.Own[n] = m.Own[i]
		}
		n++
	}
	m.Weights, m.Pre, m.Work = b.some[:n], m.Pre[:n], m.Work[:n]
	if m.Fresh != nil {
		m.Fresh = m.Fresh[:n]
	}
	b.Post(m)
	for j, i := range b.picked[:n] {
		weights[i] = b.some[j]
	}
}

// meetSource lets synapses meet the spike of their source.
func (p *plastic) meetSource(targets []uint16, m *learn.Many) {
	b, n := p.batch, len(targets)
	g := &b.ages
	decay(b.level, g.trace[:n], &g.trace[0], &g.steps[0], b.postDecay)
	m.Post, m.Work = g.trace[:n], b.work[:n]
	if p.traces.Fresh {
		m.Fresh = b.fresh[:n]
		first := b.search.meets - b.since
		for i, age := range g.steps[:n] {
			m.Fresh[i] = age >= first
		}
	}
	if b.search.late != 0 {
		p.meetEarlier(targets, m)
	}
	b.Pre(m)
}

// meetEarlier finds what a spike of the source meets where the latest spike of the
// target comes too late for it.
func (p *plastic) meetEarlier(targets []uint16, m *learn.Many) {
	a, h := &p.batch.search, &p.history
	for i, set := range p.batch.ages.late[:(len(targets)+7)/8] {
		for ; set != 0; set &= set - 1 {
			j := 8*i + bits.TrailingZeros8(set)
			neuron := int(targets[j]) - h.base
			h.trace(neuron, h.since(neuron, a.before), a.meets, &p.e.Post)
			m.Post[j] = p.e.Post[0]
			if m.Fresh != nil {
				m.Fresh[j] = h.at(neuron, h.since(neuron, a.upTo)) <= p.batch.since
			}
		}
	}
}
