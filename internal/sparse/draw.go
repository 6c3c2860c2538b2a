package sparse

import "soma/connect"

// A drawer draws the synapses onto one target at a time. Its slices are valid
// until the next draw.
type drawer struct {
	sources []int32
	delays  []uint16 // less the least delay of the bundle
	weights []float64
	words   []uint32
	numbers []int
	values  []float64
	places  []uint32 // where the synapses are stored
}

// pairs draws sources and delays.
func (d *drawer) pairs(b *bundle, p *projection, target int) {
	d.sources = p.plan.Sources(target, d.sources[:0])
	d.numbers = d.numbers[:0]
	if p.numbers {
		d.numbers = p.plan.Numbers(target, d.numbers)
	}
	if b.delays() > 1 {
		d.drawDelays(b, p, target)
	}
}

func (d *drawer) drawDelays(b *bundle, p *projection, target int) {
	d.delays = resize(d.delays, len(d.sources))
	base := uint16(p.delay.low - b.low)
	switch {
	case p.delay.low == p.delay.high:
		for i := range d.delays {
			d.delays[i] = base
		}
	case p.delay.table != nil:
		d.words = resize(d.words, len(d.sources))
		connect.Words(p.Delays, target, d.words)
		for i, word := range d.words {
			d.delays[i] = base + p.delay.table.offset(word)
		}
	default:
		d.values = resize(d.values, len(d.sources))
		p.delay.value.Fill(d.synapses(p, target, false), d.values)
		for i, value := range d.values {
			d.delays[i] = uint16(DelaySteps(value, p.delay.dt) - b.low)
		}
	}
}

// drawWeights follows pairs.
func (d *drawer) drawWeights(p *projection, target int) {
	d.weights = resize(d.weights, len(d.sources))
	p.weights.Fill(d.synapses(p, target, true), d.weights)
}

func (d *drawer) synapses(p *projection, target int, weights bool) connect.Synapses {
	s := connect.Synapses{Stream: p.Delays, Target: target, Sources: d.sources, Numbers: d.numbers}
	if weights {
		s.Stream = p.Weights
	}
	return s
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
