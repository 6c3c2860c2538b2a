package connect

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"soma/internal/elementary"
)

// SpatialIndegree gives every target K synapses from sources drawn with
// probabilities proportional to what Kernel gives for their distance, with
// replacement unless NoMultapses.
type SpatialIndegree struct {
	K           int     `param:"k" check:">=0" doc:"synapses per target"`
	Kernel      Profile `param:"kernel" doc:"relative probability of a source by distance"`
	Cutoff      float64 `param:"cutoff" check:">=0" doc:"no synapses beyond this distance; 0: none is too far"`
	NoAutapses  bool    `param:"no_autapses" doc:"leave out synapses of a neuron onto itself"`
	NoMultapses bool    `param:"no_multapses" doc:"at most one synapse per pair of neurons"`
}

// Plan implements Rule. The sources of target j are drawn from element j: a cell
// of sources by the most that it may weigh, one of its members, which is accepted
// with what it falls short of that. Should that go on for long, the rest is drawn
// from the list of all possible sources.
func (r SpatialIndegree) Plan(p Pair) (Plan, error) {
	k, err := newKernel(p, r.Kernel, r.Cutoff, r.NoAutapses)
	if err != nil {
		return Plan{}, err
	}
	if r.K < 0 {
		return Plan{}, fmt.Errorf("%d synapses per neuron; give 0 or more", r.K)
	}
	if k.Low < 0 {
		return Plan{}, fmt.Errorf("the kernel falls to %g; keep it at 0 or above", k.Low)
	}
	if err := r.enough(k); err != nil {
		return Plan{}, err
	}
	counted, _ := FixedIndegree{K: r.K}.Plan(Pair{Sources: 1, Targets: p.Targets})
	return Plan{
		Expected: counted.Expected, Numbers: counted.Numbers, Values: counted.Values,
		Sources: func(target int, sources []int32) []int32 {
			if r.K == 0 {
				return sources
			}
			w := k.scratch.Get().(*kernelScratch)
			defer k.scratch.Put(w)
			w.draws = newDraws(p.Stream, uint64(target))
			return r.draw(k, w, target, sources)
		},
		Reach: k.reach,
	}, nil
}

// enough checks that every target has sources to draw.
func (r SpatialIndegree) enough(k *kernel) error {
	need := min(r.K, 1)
	if r.NoMultapses {
		need = r.K
	}
	if available := k.pair.Sources - 1; k.everywhere && need <= available {
		return nil
	}
	for target := range k.pair.Targets {
		found := 0
		if need > 0 {
			k.each(target, func(int32, float64) bool { found++; return found < need })
		}
		if found < need {
			return fmt.Errorf("target %d has %d possible sources, %d needed; widen the kernel, or ask for fewer", target, found, need)
		}
	}
	return nil
}

func (r SpatialIndegree) draw(k *kernel, w *kernelScratch, target int, sources []int32) []int32 {
	w.near = k.buckets.near(target, k.reach, w.near[:0])
	w.cumulative = w.cumulative[:0]
	total := 0.0
	for _, c := range w.near {
		total += float64(k.Beyond(c.least) * float64(len(k.buckets.members.of(c.cell))))
		w.cumulative = append(w.cumulative, total)
	}
	first, self := len(sources), k.self(target)
	for tries := 32*r.K + 256; tries > 0 && len(sources) < first+r.K; tries-- {
		x := float64(w.open() * total)
		i := min(sort.SearchFloat64s(w.cumulative, x), len(w.near)-1)
		members := k.buckets.members.of(w.near[i].cell)
		source := members[w.below(uint32(len(members)))]
		accept := float64(w.open() * k.Beyond(w.near[i].least))
		if accept >= k.of(target, source) || source == self || w.marked(source) {
			continue
		}
		sources = append(sources, source)
		if r.NoMultapses {
			w.mark(source)
		}
	}
	if missing := first + r.K - len(sources); missing > 0 {
		sources = r.drawRest(k, w, target, missing, sources)
	}
	for _, source := range sources[first:] {
		w.marks[source/64] = 0
	}
	return sources
}

func (w *kernelScratch) marked(source int32) bool { return w.marks[source/64]>>(source%64)&1 != 0 }

func (w *kernelScratch) mark(source int32) { w.marks[source/64] |= 1 << (source % 64) }

type candidate struct {
	source int32
	weight float64
}

// drawRest draws from the list of all sources that are not marked.
func (r SpatialIndegree) drawRest(k *kernel, w *kernelScratch, target, n int, sources []int32) []int32 {
	w.rest = w.rest[:0]
	k.each(target, func(source int32, f float64) bool {
		if !w.marked(source) {
			w.rest = append(w.rest, candidate{source, f})
		}
		return true
	})
	if r.NoMultapses {
		return w.smallest(n, sources)
	}
	for i := 1; i < len(w.rest); i++ {
		w.rest[i].weight += w.rest[i-1].weight
	}
	last := len(w.rest) - 1
	for range n {
		x := float64(w.open() * w.rest[last].weight)
		i := sort.Search(last, func(i int) bool { return w.rest[i].weight > x })
		sources = append(sources, w.rest[i].source)
	}
	return sources
}

// smallest draws n sources without replacement: those of the first of
// exponential times with the weights as rates (Efraimidis & Spirakis 2006;
// doi:10.1016/j.ipl.2005.11.003).
func (w *kernelScratch) smallest(n int, sources []int32) []int32 {
	for i := range w.rest {
		w.rest[i].weight = -elementary.Log(w.open()) / w.rest[i].weight
	}
	slices.SortFunc(w.rest, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.source, b.source))
	})
	for _, c := range w.rest[:n] {
		sources = append(sources, c.source)
	}
	return sources
}
