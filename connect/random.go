package connect

import (
	"fmt"
	"sync"

	"soma/internal/elementary"
)

// FixedTotal makes N synapses, with replacement: each onto a target drawn at
// random, from a source drawn from those that the target may have.
type FixedTotal struct {
	N          int  `param:"n" check:">=0" doc:"synapses in all"`
	NoAutapses bool `param:"no_autapses" doc:"leave out synapses of a neuron onto itself"`
}

// Plan implements Rule. The numbers of synapses of the targets are multinomial:
// the target of synapse i is word i mod 2¹⁶ of element ⌊i/2¹⁶⌋ of the upper half
// of the elements, and only their counts are kept. The sources of target j then
// come from element j, as for FixedIndegree.
func (r FixedTotal) Plan(p Pair) (Plan, error) {
	pick, err := newPicker(r.N, p.Sources, "sources", r.NoAutapses && p.Overlap, false)
	if err != nil {
		return Plan{}, err
	}
	if r.N > 0 && p.Targets < 1 {
		return Plan{}, fmt.Errorf("no targets for %d synapses", r.N)
	}
	indegrees := sync.OnceValue(func() []uint32 { return r.indegrees(p) })
	return Plan{
		Expected: float64(r.N),
		Sources: func(target int, sources []int32) []int32 {
			d := newDraws(p.Stream, uint64(target))
			return pick.draw(&d, int(indegrees()[target]), p.self(target), sources)
		},
	}, nil
}

func (r FixedTotal) indegrees(p Pair) []uint32 {
	const block, upper = 1 << 16, 1 << 62
	counts := make([]uint32, p.Targets)
	for first := 0; first < r.N; first += block {
		d := newDraws(p.Stream, upper+uint64(first/block))
		for range min(block, r.N-first) {
			counts[d.below(uint32(p.Targets))]++
		}
	}
	return counts
}

// Bernoulli connects every pair of neurons with probability P.
type Bernoulli struct {
	P          float64 `param:"p" check:"0..1" doc:"probability of a synapse"`
	NoAutapses bool    `param:"no_autapses" doc:"leave out synapses of a neuron onto itself"`
}

// Plan implements Rule. The gaps between the sources of target j are geometric,
// drawn from element j (Batagelj & Brandes 2005; doi:10.1103/PhysRevE.71.036113).
func (r Bernoulli) Plan(p Pair) (Plan, error) {
	if !(r.P >= 0 && r.P <= 1) {
		return Plan{}, fmt.Errorf("the probability is %g; give a number from 0 to 1", r.P)
	}
	// With probability 1 the logarithm is -Inf and every gap is 0; with
	// probability 0 no gap ends.
	perTrial := elementary.Log1p(-r.P)
	return Plan{
		Expected: r.P * float64(p.Sources) * float64(p.Targets),
		Sources: func(target int, sources []int32) []int32 {
			if r.P == 0 {
				return sources
			}
			skip := -1
			if r.NoAutapses {
				skip = p.self(target)
			}
			d := newDraws(p.Stream, uint64(target))
			for s := 0; ; s++ {
				gap := elementary.Log(d.open()) / perTrial
				if gap >= float64(p.Sources-s) {
					return sources
				}
				if s += int(gap); s != skip {
					sources = append(sources, int32(s))
				}
			}
		},
	}, nil
}
