package connect

import (
	"fmt"
	"math"
	"sync"
)

// FixedIndegree gives every target K synapses from sources drawn at random,
// with replacement unless NoMultapses.
type FixedIndegree struct {
	K           int  `param:"k" check:">=0" doc:"synapses per target"`
	NoAutapses  bool `param:"no_autapses" doc:"leave out synapses of a neuron onto itself"`
	NoMultapses bool `param:"no_multapses" doc:"at most one synapse per pair of neurons"`
}

// Plan implements Rule. The sources of target j are drawn from element j.
func (r FixedIndegree) Plan(p Pair) (Plan, error) {
	pick, err := newPicker(r.K, p.Sources, "sources", r.NoAutapses && p.Overlap, r.NoMultapses)
	if err != nil {
		return Plan{}, err
	}
	return Plan{
		Expected: float64(r.K) * float64(p.Targets),
		Sources: func(target int, sources []int32) []int32 {
			d := newDraws(p.Stream, uint64(target))
			return pick.draw(&d, r.K, p.self(target), sources)
		},
		Numbers: func(target int, numbers []int) []int {
			for k := range r.K {
				numbers = append(numbers, target*r.K+k)
			}
			return numbers
		},
		Values: r.K * p.Targets,
	}, nil
}

// FixedOutdegree gives every source K synapses onto targets drawn at random,
// with replacement unless NoMultapses. Its plan lists all targets, 8 bytes per
// synapse while the network is built.
type FixedOutdegree struct {
	K           int  `param:"k" check:">=0" doc:"synapses per source"`
	NoAutapses  bool `param:"no_autapses" doc:"leave out synapses of a neuron onto itself"`
	NoMultapses bool `param:"no_multapses" doc:"at most one synapse per pair of neurons"`
}

// Plan implements Rule. The targets of source i are drawn from element i.
func (r FixedOutdegree) Plan(p Pair) (Plan, error) {
	if float64(r.K)*float64(p.Sources) > math.MaxInt32 {
		return Plan{}, fmt.Errorf("%d synapses from each of %d sources; at most 2³¹ in one connection", r.K, p.Sources)
	}
	pick, err := newPicker(r.K, p.Targets, "targets", r.NoAutapses && p.Overlap, r.NoMultapses)
	if err != nil {
		return Plan{}, err
	}
	synapses := sync.OnceValue(func() groups { return r.draw(p, pick) })
	return Plan{
		Expected: float64(r.K) * float64(p.Sources),
		Sources: func(target int, sources []int32) []int32 {
			for _, i := range synapses().of(target) {
				sources = append(sources, i/int32(r.K))
			}
			return sources
		},
	}, nil
}

// draw returns the synapses, which are numbered by source, by target.
func (r FixedOutdegree) draw(p Pair, pick picker) groups {
	targets := make([]int32, 0, r.K*p.Sources)
	for s := range p.Sources {
		self := s + p.Shift
		if !p.Overlap || self >= p.Targets {
			self = -1
		}
		d := newDraws(p.Stream, uint64(s))
		targets = pick.draw(&d, r.K, self, targets)
	}
	return groupByTarget(targets, p.Targets)
}

// A picker draws k of n neurons.
type picker struct {
	n        int
	skipSelf bool
	distinct bool
	marks    *sync.Pool // of bit sets of n bits, all clear
}

func newPicker(k, n int, what string, skipSelf, distinct bool) (picker, error) {
	available := n
	if skipSelf {
		available--
	}
	switch {
	case k < 0:
		return picker{}, fmt.Errorf("%d synapses per neuron; give 0 or more", k)
	case k > 0 && available < 1:
		return picker{}, fmt.Errorf("no %s to draw %d from", what, k)
	case distinct && k > available:
		return picker{}, fmt.Errorf("%d different %s wanted, there are %d; allow multapses or ask for fewer", k, what, available)
	}
	return picker{
		n: n, skipSelf: skipSelf, distinct: distinct,
		marks: &sync.Pool{New: func() any { m := make([]uint64, n/64+1); return &m }},
	}, nil
}

// draw appends k neurons; self, unless negative, is one that may be excluded.
func (p picker) draw(d *draws, k, self int, to []int32) []int32 {
	n, skip := p.n, p.n
	if p.skipSelf && self >= 0 {
		n, skip = n-1, self // draw from one fewer, and step over self
	}
	if p.distinct {
		return p.drawDistinct(d, k, n, skip, to)
	}
	for range k {
		to = append(to, stepOver(int32(d.below(uint32(n))), skip))
	}
	return to
}

// stepOver maps 0 … n-2 to 0 … n-1 without skip.
func stepOver(i int32, skip int) int32 {
	if int(i) >= skip {
		i++
	}
	return i
}

// drawDistinct is Floyd's algorithm (Bentley & Floyd 1987, Programming pearls:
// a sample of brilliance; doi:10.1145/30401.315746): each subset of k is
// equally likely.
func (p picker) drawDistinct(d *draws, k, n, skip int, to []int32) []int32 {
	held := p.marks.Get().(*[]uint64)
	marks := *held
	first := len(to)
	for j := n - k; j < n; j++ {
		i := int(d.below(uint32(j + 1)))
		if marks[i/64]>>(i%64)&1 != 0 {
			i = j
		}
		marks[i/64] |= 1 << (i % 64)
		to = append(to, int32(i))
	}
	for f, i := range to[first:] {
		marks[i/64] = 0
		to[first+f] = stepOver(i, skip)
	}
	p.marks.Put(held)
	return to
}
