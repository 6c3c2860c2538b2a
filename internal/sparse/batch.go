package sparse

import (
	"soma/internal/kernel"
	"soma/learn"
)

// batch is the work space for a rule that can change many synapses at once.
// What happens to a chunk of synapses is found for all of them first and then
// computed for all of them: the spikes of the targets in rounds, one spike of
// each synapse in each, and then the source's.
type batch struct {
	learn.Batch
	level  kernel.Level
	recent recent
	args   findArgs
	rounds [rounds]round
	alone  [chunk]int32
	pre    [chunk]float64 // traces of the source at the spikes of a round
	post   [chunk]float64 // those of the targets when they meet the source's spike
	w      [chunk]float64
}

// newBatch is the work space for a rule; nil if synapses are taken one by one.
func (p *plastic) newBatch(neurons int, level kernel.Level) *batch {
	rule, ok := p.Rule.(learn.Batch)
	if !ok {
		return nil
	}
	_, preWhole := p.pre[0].Table()
	decay, postWhole := p.history.decays[0].Table()
	if !preWhole || !postWhole || neurons == 0 {
		return nil
	}
	b := &batch{Batch: rule, level: level, recent: newRecent(neurons)}
	b.args = findArgs{
		base: uint64(p.history.base), steps: &b.recent.steps[0], traces: &b.recent.traces[0],
		decay: &decay[0], last: uint64(len(decay) - 1),
		post: &b.post[0], rounds: &b.rounds[0], alone: &b.alone[0],
	}
	return b
}

// meetMany lets the synapses of a run meet the spikes of their targets in a
// window and then, if there is one, the spike of their source.
func (s *store) meetMany(r run, w *window, pre bool) {
	p := s.plastic
	b := p.batch
	b.args.after, b.args.upTo, b.args.from = w.after, w.upTo, w.last.step
	b.args.meets, b.args.before = w.meets, w.meets-1
	for begin := int(r.begin); begin < int(r.end); begin += chunk {
		end := min(begin+chunk, int(r.end))
		weights := p.weights[begin:end]
		b.args.targets, b.args.n, b.args.found = &s.entries[begin], uint64(end-begin), [rounds + 1]uint64{}
		b.args.find(b.level)
		for _, i := range b.alone[:b.args.found[rounds]] {
			b.post[i] = p.meetAlone(int(s.entries[begin+int(i)])-p.history.base, &weights[i], w)
		}
		for k := 0; k < rounds && b.args.found[k] > 0; k++ {
			p.apply(&b.rounds[k], int(b.args.found[k]), &w.last, weights)
		}
		if pre {
			b.Pre(b.level, weights, b.post[:len(weights)])
		}
	}
}

// meetAlone lets one synapse meet the spikes of its target, when they are more
// than are at hand, and gives the trace of the target at the source's spike.
func (p *plastic) meetAlone(neuron int, weight *float64, w *window) float64 {
	p.e.Weight = *weight
	end := p.meet(neuron, w)
	*weight = p.e.Weight
	p.history.trace(neuron, p.history.upTo(neuron, end, w.meets-1), w.meets, &p.e.Post)
	return p.e.Post[0]
}

// apply lets synapses meet the n spikes of a round.
func (p *plastic) apply(r *round, n int, last *emission, weights []float64) {
	b := p.batch
	if last.step == never {
		clear(b.pre[:n])
	} else {
		decay, _ := p.pre[0].Table()
		for j, gap := range r.gap[:n] {
			b.pre[j] = float64(last.traces[0] * decay[min(uint64(gap), uint64(len(decay)-1))])
		}
	}
	for j, i := range r.synapse[:n] {
		b.w[j] = weights[i]
	}
	whole := (n + 7) &^ 7 // vectors; what is left over from other rounds does no harm
	b.Post(b.level, b.w[:whole], b.pre[:whole])
	for j, i := range r.synapse[:n] {
		weights[i] = b.w[j]
	}
}
