package connect

import (
	"fmt"
	"sync"

	"soma/internal/elementary"
)

// Spatial connects every pair of neurons with the probability that Kernel gives
// for their distance.
type Spatial struct {
	Kernel     Profile `param:"kernel" doc:"probability of a synapse by distance"`
	Cutoff     float64 `param:"cutoff" check:">=0" doc:"no synapses beyond this distance; 0: none is too far"`
	NoAutapses bool    `param:"no_autapses" doc:"leave out synapses of a neuron onto itself"`
}

// Plan implements Rule. In every cell of sources the gaps between candidates are
// drawn as for Bernoulli, with the greatest probability that the cell's distance
// allows; a candidate is accepted with what it falls short of that (thinning:
// Lewis & Shedler 1979; doi:10.1002/nav.3800260304). All draws of target j are
// from element j.
func (r Spatial) Plan(p Pair) (Plan, error) {
	k, err := newKernel(p, r.Kernel, r.Cutoff, r.NoAutapses)
	if err != nil {
		return Plan{}, err
	}
	if k.Low < 0 || k.High > 1 {
		return Plan{}, fmt.Errorf("the probability runs from %g to %g; keep it from 0 to 1, or set a cutoff", k.Low, k.High)
	}
	return Plan{
		Expected: k.expected(),
		Sources: func(target int, sources []int32) []int32 {
			w := k.scratch.Get().(*kernelScratch)
			defer k.scratch.Put(w)
			w.draws = newDraws(p.Stream, uint64(target))
			w.near = k.buckets.near(target, k.reach, w.near[:0])
			for _, c := range w.near {
				sources = k.thin(&w.draws, target, c, sources)
			}
			return sources
		},
		Reach: k.reach,
	}, nil
}

// kernel is a profile over the sources of a pair.
type kernel struct {
	Curve
	pair  Pair
	skip  bool // autapses
	reach float64
	// everywhere: it is above 0 for every pair.
	everywhere bool
	buckets    *buckets
	scratch    sync.Pool // of *kernelScratch
}

type kernelScratch struct {
	draws
	near       []nearCell
	cumulative []float64
	marks      []uint64 // a bit per source, all clear
	rest       []candidate
}

func newKernel(p Pair, profile Profile, cutoff float64, skip bool) (*kernel, error) {
	if profile == nil {
		return nil, fmt.Errorf("no kernel; give one, such as connect.gaussian")
	}
	s, err := p.space()
	if err != nil {
		return nil, err
	}
	if !(cutoff >= 0) {
		return nil, fmt.Errorf("the cutoff is %g; give a distance above 0, or none", cutoff)
	}
	longest := s.longest()
	if cutoff > 0 {
		longest = min(longest, cutoff*(1+tolerance))
	}
	k := &kernel{pair: p, skip: skip, buckets: newBuckets(s, p.Sources)}
	if k.Curve, err = profile.Over(longest); err != nil {
		return nil, err
	}
	k.reach = longest * (1 + tolerance) // the distances of all pairs, however rounded
	if k.Reach > 0 {
		k.reach = min(k.reach, k.Reach)
	}
	k.everywhere = k.reach >= s.longest() && k.Low > 0
	if k.Beyond == nil {
		k.Beyond = k.At
	}
	k.scratch.New = func() any { return &kernelScratch{marks: make([]uint64, p.Sources/64+1)} }
	return k, nil
}

// self is the source to leave out, or -1.
func (k *kernel) self(target int) int32 {
	if !k.skip {
		return -1
	}
	return int32(k.pair.self(target))
}

// of is the kernel's value for a pair of neurons.
func (k *kernel) of(target int, source int32) float64 {
	d := k.buckets.distance(target, source)
	if d > k.reach {
		return 0
	}
	return k.At(d)
}

// frequent is the probability from which on every pair is drawn by itself.
const frequent = 0.25

// thin appends the sources of a cell that have a synapse onto a target.
func (k *kernel) thin(d *draws, target int, c nearCell, sources []int32) []int32 {
	members, most, self := k.buckets.members.of(c.cell), k.Beyond(c.least), k.self(target)
	if !(most > 0) {
		return sources
	}
	perTrial := 0.0
	if most < frequent {
		perTrial = elementary.Log1p(-most)
	} else {
		most = 1
	}
	for i := 0; i < len(members); i++ {
		if perTrial < 0 {
			gap := elementary.Log(d.open()) / perTrial
			if gap >= float64(len(members)-i) {
				break
			}
			i += int(gap)
		}
		f := k.of(target, members[i])
		if (f >= most || float64(midpoint(d.next())*most) < f) && members[i] != self {
			sources = append(sources, members[i])
		}
	}
	return sources
}

// expected estimates the number of synapses by the mean over some targets.
func (k *kernel) expected() float64 {
	const pairs = 1 << 20 // to look at, about
	targets := min(max(pairs/k.pair.Sources, 8), 256)
	step := max(k.pair.Targets/targets, 1)
	sum, seen := 0.0, 0
	for target := 0; target < k.pair.Targets; target += step {
		seen++
		k.each(target, func(_ int32, f float64) bool {
			sum += f
			return true
		})
	}
	return sum / float64(max(seen, 1)) * float64(k.pair.Targets)
}

// each visits the possible sources of a target until visit returns false.
func (k *kernel) each(target int, visit func(source int32, f float64) bool) {
	self := k.self(target)
	for _, c := range k.buckets.near(target, k.reach, nil) {
		for _, source := range k.buckets.members.of(c.cell) {
			if f := k.of(target, source); f > 0 && source != self && !visit(source, f) {
				return
			}
		}
	}
}
