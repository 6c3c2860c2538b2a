package sparse

import (
	"math"
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
	pre       [chunk + spare]float64 // traces of the source at the spikes of a layer
	start     [chunk + spare]float64 // that of the source just after its spike, throughout
	some      [chunk + spare]float64 // weights of those in a window
	preDecay  []float64
	postDecay []float64
}

// newBatch is the work space for a rule; nil if synapses are taken one by one.
func (p *plastic) newBatch(level kernel.Level) *batch {
	rule, ok := p.Rule.(learn.Batch)
	if !ok {
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

// many says whether rows of the history can be told apart by what a layer holds.
func (h *history) many() bool { return h.neurons*h.room <= math.MaxUint32 }

// layer is layer k of a chunk.
func (b *batch) layer(k int) *layer {
	for len(b.layers) <= k {
		b.layers = append(b.layers, new(layer))
	}
	return b.layers[k]
}

// meetMany lets the synapses of a run meet the spikes of their targets in a
// window and then, if there is one, the spike of their source.
func (s *store) meetMany(r run, w *window, pre bool) {
	p := s.plastic
	b, h := p.batch, &p.history
	a := &b.search
	a.base, a.heads, a.shift, a.ages = uint64(h.base), &h.heads[0], uint64(h.shift()), &b.ages
	a.after, a.upTo, a.source, a.meets, a.before = w.after, w.upTo, w.last.step, w.meets, w.meets-1
	for i := range min(int(r.end-r.begin)+spare, len(b.start)) {
		b.start[i] = w.last.traces[0]
	}
	for begin := int(r.begin); begin < int(r.end); begin += chunk {
		end := min(begin+chunk, int(r.end))
		weights := p.weights[begin:end]
		a.targets, a.weights, a.n = &s.entries[begin], &weights[0], uint64(end-begin)
		p.meetChunk(weights)
		if pre {
			p.meetSource(s.entries[begin:end], weights)
		}
	}
}

// meetChunk lets synapses meet the spikes of their targets.
func (p *plastic) meetChunk(weights []float64) {
	b, h, k := p.batch, &p.history, 0
	a := &b.search
	a.layer = b.layer(0)
	a.first(b.level)
	for ; a.found > 0; k++ {
		a.layer.n, a.layer.beyond = int(a.found), a.beyond != 0
		a.from, a.n, a.layer, a.steps = a.layer, a.found, b.layer(k+1), &h.steps[k+1]
		a.next(b.level)
	}
	for k--; k >= 0; k-- {
		p.apply(b.layers[k])
		if k > 0 {
			above := b.layers[k-1]
			b.layers[k].expand(b.level, above.weight[:above.n])
		} else {
			b.layers[k].expand(b.level, weights)
		}
	}
}

// apply lets the synapses of a layer meet its spikes that are in the window.
func (p *plastic) apply(l *layer) {
	b, n := p.batch, l.n
	whole := (n + 7) &^ 7 // vectors; what is left over in the work space does no harm
	decay(b.level, b.pre[:whole], &b.start[0], &l.gap[0], b.preDecay)
	if !l.beyond {
		b.Post(b.level, l.weight[:whole], b.pre[:whole])
		return
	}
	last, m := b.search.upTo-b.search.source, 0
	for i, gap := range l.gap[:n] {
		if gap <= last {
			b.some[m], b.pre[m] = l.weight[i], b.pre[i]
			m++
		}
	}
	b.Post(b.level, b.some[:m], b.pre[:m])
	m = 0
	for i, gap := range l.gap[:n] {
		if gap <= last {
			l.weight[i] = b.some[m]
			m++
		}
	}
}

// meetSource lets synapses meet the spike of their source.
func (p *plastic) meetSource(targets []uint16, weights []float64) {
	b, n := p.batch, len(weights)
	g := &b.ages
	decay(b.level, g.trace[:n], &g.trace[0], &g.steps[0], b.postDecay)
	if b.search.late != 0 {
		for i, set := range g.late[:(n+7)/8] {
			for ; set != 0; set &= set - 1 {
				j := 8*i + bits.TrailingZeros8(set)
				neuron := int(targets[j]) - p.history.base
				p.history.trace(neuron, p.history.since(neuron, b.search.before), b.search.meets, &p.e.Post)
				g.trace[j] = p.e.Post[0]
			}
		}
	}
	b.Pre(b.level, weights, g.trace[:n])
}
