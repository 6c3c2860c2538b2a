package connect

import (
	"fmt"
	"sync"

	"soma/internal/elementary"
)

// FixedTotal makes N synapses, each onto a target drawn at random, from a source
// drawn from those that the target may have; without NoMultapses, with
// replacement.
type FixedTotal struct {
	N           int  `param:"n" check:">=0" doc:"synapses in all"`
	NoAutapses  bool `param:"no_autapses" doc:"leave out synapses of a neuron onto itself"`
	NoMultapses bool `param:"no_multapses" doc:"at most one synapse per pair of neurons"`
}

// Plan implements Rule. First the numbers of synapses of the targets are drawn,
// from the upper half of the elements, 2¹⁶ synapses from each. The sources of
// target j then come from element j, as for FixedIndegree.
func (r FixedTotal) Plan(p Pair) (Plan, error) {
	if r.N > 0 && p.Targets < 1 {
		return Plan{}, fmt.Errorf("no targets for %d synapses", r.N)
	}
	wanted := r.N // of one target at most
	if r.NoMultapses && r.N > 0 {
		pairs := r.pairs(p)
		if float64(r.N) > pairs {
			return Plan{}, fmt.Errorf("%d synapses wanted, there are %.0f pairs of neurons; allow multapses or ask for fewer", r.N, pairs)
		}
		wanted = min(r.N, 1)
	}
	pick, err := newPicker(wanted, p.Sources, "sources", r.NoAutapses && p.Overlap, r.NoMultapses)
	if err != nil {
		return Plan{}, err
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

// room is how many sources a target may have.
func (r FixedTotal) room(p Pair, target int) int {
	if r.NoAutapses && p.self(target) >= 0 {
		return p.Sources - 1
	}
	return p.Sources
}

// pairs is the number of pairs of neurons that may be connected.
func (r FixedTotal) pairs(p Pair) float64 {
	n := float64(p.Sources) * float64(p.Targets)
	if r.NoAutapses && p.Overlap {
		n -= float64(max(0, min(p.Sources+p.Shift, p.Targets)-max(p.Shift, 0)))
	}
	return n
}

// indegrees draws the number of synapses of each target. With multapses they are
// multinomial: every synapse draws its target. Without, a target is as likely as
// it has pairs left, which makes them hypergeometric: a target is drawn, and taken
// if a source drawn besides is below the number of those that are left to it. Of
// more than half of all pairs, those are drawn that are not connected.
func (r FixedTotal) indegrees(p Pair) []uint32 {
	const block, upper = 1 << 16, 1 << 62
	counts := make([]uint32, p.Targets)
	n, invert := r.N, false
	if pairs := r.pairs(p); r.NoMultapses && float64(n) > pairs/2 {
		n, invert = int(pairs)-n, true
	}
	for first := 0; first < n; first += block {
		d := newDraws(p.Stream, upper+uint64(first/block))
		for range min(block, n-first) {
			target := d.below(uint32(p.Targets))
			for r.NoMultapses && int(d.below(uint32(p.Sources))+counts[target]) >= r.room(p, int(target)) {
				target = d.below(uint32(p.Targets))
			}
			counts[target]++
		}
	}
	if invert {
		for target, absent := range counts {
			counts[target] = uint32(r.room(p, target)) - absent
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
