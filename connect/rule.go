package connect

import (
	"fmt"

	"soma/internal/rng"
)

// A Rule says which neurons of a source population have synapses onto which
// neurons of a target population.
//
// Its synapses are a function of the target: a network is built in parallel,
// over any partition of the targets, and some of it twice (to count and then to
// fill), and must come out the same. A rule that draws takes its numbers from
// the pair's stream at the index of the target (or of the source), never from a
// state that moves from one neuron to the next.
type Rule interface {
	// Plan checks the rule against two populations.
	Plan(pair Pair) (Plan, error)
}

// A Pair is two populations to be connected, and the stream to draw from.
type Pair struct {
	Sources, Targets int  // numbers of neurons
	Overlap          bool // source s and target s+Shift are the same neuron
	Shift            int
	Stream           rng.Stream
	// Where the neurons are; zero: nowhere.
	SourcePlaces, TargetPlaces Places
}

// self returns the source that is the same neuron as target, or -1.
func (p Pair) self(target int) int {
	if s := target - p.Shift; p.Overlap && s >= 0 && s < p.Sources {
		return s
	}
	return -1
}

// A Plan is a rule applied to a pair of populations.
type Plan struct {
	// Expected is the mean number of synapses, for estimates of memory.
	Expected float64
	// Sources appends the source of each synapse onto target. It may be called
	// from several goroutines at once and gives the same list every time; the
	// position in the list is the number of the synapse. The first call may take
	// long, if the rule has to draw something for all targets.
	Sources func(target int, sources []int32) []int32
	// Numbers appends, for each synapse onto target, its index in an array of
	// one value per synapse. It is nil for rules whose number of synapses per
	// target is random, which have no such array.
	Numbers func(target int, numbers []int) []int
	// Values is the length of that array.
	Values int
	// Reach is a distance that no synapse exceeds; 0: the rule knows none.
	Reach float64
}

// OneToOne connects source i to target i.
type OneToOne struct{}

// Plan implements Rule.
func (OneToOne) Plan(p Pair) (Plan, error) {
	if p.Sources != p.Targets {
		return Plan{}, fmt.Errorf("%d sources and %d targets; one-to-one needs as many of one as of the other", p.Sources, p.Targets)
	}
	return Plan{
		Expected: float64(p.Targets),
		Sources:  func(target int, sources []int32) []int32 { return append(sources, int32(target)) },
		Numbers:  func(target int, numbers []int) []int { return append(numbers, target) },
		Values:   p.Targets,
	}, nil
}

// AllToAll connects every source to every target. The array of its values is
// the matrix with one row per target, the unused diagonal included.
type AllToAll struct {
	NoAutapses bool `param:"no_autapses" doc:"leave out synapses of a neuron onto itself"`
}

// Plan implements Rule.
func (r AllToAll) Plan(p Pair) (Plan, error) {
	each := func(target int, visit func(source int)) {
		skip := -1
		if r.NoAutapses {
			skip = p.self(target)
		}
		for s := range p.Sources {
			if s != skip {
				visit(s)
			}
		}
	}
	return Plan{
		Expected: float64(p.Sources) * float64(p.Targets),
		Sources: func(target int, sources []int32) []int32 {
			each(target, func(s int) { sources = append(sources, int32(s)) })
			return sources
		},
		Numbers: func(target int, numbers []int) []int {
			each(target, func(s int) { numbers = append(numbers, target*p.Sources+s) })
			return numbers
		},
		Values: p.Sources * p.Targets,
	}, nil
}

// Explicit lists the synapses: synapse i goes from Pre[i] to Post[i]. Its values
// are in the order of the list.
type Explicit struct {
	Pre  []int `param:"pre" doc:"source of each synapse"`
	Post []int `param:"post" doc:"target of each synapse"`
}

// Plan implements Rule.
func (r Explicit) Plan(p Pair) (Plan, error) {
	if len(r.Pre) != len(r.Post) {
		return Plan{}, fmt.Errorf("%d sources and %d targets listed; give one of each per synapse", len(r.Pre), len(r.Post))
	}
	for i := range r.Pre {
		if s, t := r.Pre[i], r.Post[i]; s < 0 || s >= p.Sources || t < 0 || t >= p.Targets {
			return Plan{}, fmt.Errorf("synapse %d goes from %d to %d; the populations have %d and %d neurons, counted from 0", i, s, t, p.Sources, p.Targets)
		}
	}
	order := groupByTarget(r.Post, p.Targets)
	return Plan{
		Expected: float64(len(r.Pre)),
		Sources: func(target int, sources []int32) []int32 {
			for _, i := range order.of(target) {
				sources = append(sources, int32(r.Pre[i]))
			}
			return sources
		},
		Numbers: func(target int, numbers []int) []int {
			for _, i := range order.of(target) {
				numbers = append(numbers, int(i))
			}
			return numbers
		},
		Values: len(r.Pre),
	}, nil
}

// groups lists items by the target they belong to, in rising order.
type groups struct {
	start []int
	items []int32
}

func (g groups) of(target int) []int32 { return g.items[g.start[target]:g.start[target+1]] }

// groupByTarget is a counting sort of the indices of targets.
func groupByTarget[T int | int32](targets []T, n int) groups {
	g := groups{start: make([]int, n+2), items: make([]int32, len(targets))}
	for _, t := range targets {
		g.start[t+2]++
	}
	for t := range n {
		g.start[t+2] += g.start[t+1]
	}
	for i, t := range targets {
		g.items[g.start[t+1]] = int32(i)
		g.start[t+1]++
	}
	g.start = g.start[:n+1]
	return g
}
