package connect

import (
	"math"
	"slices"
	"testing"

	"soma/internal/rng"
)

// matrix counts the synapses of a rule: counts[target][source].
func matrix(t *testing.T, rule Rule, p Pair) [][]int {
	t.Helper()
	plan, err := rule.Plan(p)
	if err != nil {
		t.Fatalf("%T: %v", rule, err)
	}
	counts := make([][]int, p.Targets)
	for target := p.Targets - 1; target >= 0; target-- { // any order
		counts[target] = make([]int, p.Sources)
		sources := plan.Sources(target, []int32{7})[1:]
		for _, s := range sources {
			counts[target][s]++
		}
		if plan.Numbers != nil && len(plan.Numbers(target, nil)) != len(sources) {
			t.Errorf("%T: target %d has %d sources and %d numbers", rule, target, len(sources), len(plan.Numbers(target, nil)))
		}
		if !slices.Equal(sources, plan.Sources(target, nil)) {
			t.Errorf("%T: target %d draws other sources the second time", rule, target)
		}
	}
	return counts
}

func total(counts [][]int) (n int) {
	for _, row := range counts {
		for _, c := range row {
			n += c
		}
	}
	return n
}

func pair(sources, targets int, overlap bool) Pair {
	return Pair{Sources: sources, Targets: targets, Overlap: overlap, Stream: rng.New(1, "rule", "pairs")}
}

// deviation is Pearson's statistic of counts with one expectation, less its mean
// and in its standard deviations. variance is that of a count, over its mean.
func deviation(counts []float64, mean, variance float64) float64 {
	sum := 0.0
	for _, c := range counts {
		sum += (c - mean) * (c - mean) / (mean * variance)
	}
	n := float64(len(counts))
	return (sum - n) / math.Sqrt(2*n)
}

// What the drawn rules promise: synapses, pairs, degrees.
func TestDrawnRules(t *testing.T) {
	const sources, targets = 150, 120
	for _, c := range []struct {
		name      string
		rule      Rule
		overlap   bool
		in, out   int  // exact degree; 0: random
		distinct  bool // no multapses
		autapses  bool
		synapses  int     // exact number; 0: random
		perPair   float64 // mean
		dispersal float64 // variance of the synapses of a pair over their mean
	}{
		{"indegree", FixedIndegree{K: 600}, true, 600, 0, false, true, 600 * targets, 600.0 / sources, 1 - 1.0/sources},
		{"indegree without autapses", FixedIndegree{K: 600, NoAutapses: true}, true, 600, 0, false, false, 600 * targets, 600.0 / (sources - 1), 1},
		{"indegree without multapses", FixedIndegree{K: 50, NoMultapses: true}, true, 50, 0, true, true, 50 * targets, 1.0 / 3, 2.0 / 3},
		{"indegree without both", FixedIndegree{K: 149, NoAutapses: true, NoMultapses: true}, true, 149, 0, true, false, 149 * targets, 0, 0},
		{"outdegree", FixedOutdegree{K: 600}, true, 0, 600, false, true, 600 * sources, 600.0 / targets, 1 - 1.0/targets},
		{"outdegree without both", FixedOutdegree{K: 40, NoAutapses: true, NoMultapses: true}, true, 0, 40, true, false, 40 * sources, 40.0 / (targets - 1), 1 - 40.0/(targets-1)},
		{"total", FixedTotal{N: 70000}, true, 0, 0, false, true, 70000, 70000.0 / (sources * targets), 1},
		{"total without autapses", FixedTotal{N: 70000, NoAutapses: true}, true, 0, 0, false, false, 70000, 70000.0 / ((sources - 1) * targets), 1},
		{"total between two populations", FixedTotal{N: 70000, NoAutapses: true}, false, 0, 0, false, true, 70000, 70000.0 / (sources * targets), 1},
		{"total without multapses", FixedTotal{N: 7000, NoMultapses: true}, true, 0, 0, true, true, 7000, 7.0 / 18, 11.0 / 18},
		{"total of most pairs", FixedTotal{N: 13000, NoMultapses: true}, false, 0, 0, true, true, 13000, 13.0 / 18, 5.0 / 18},
		{"total without both", FixedTotal{N: 11920, NoMultapses: true, NoAutapses: true}, true, 0, 0, true, false, 11920, 2.0 / 3, 1.0 / 3},
		{"all that there are", FixedTotal{N: 149 * targets, NoMultapses: true, NoAutapses: true}, true, 149, 0, true, false, 149 * targets, 0, 0},
		{"bernoulli", Bernoulli{P: 0.3}, true, 0, 0, true, true, 0, 0.3, 0.7},
		{"bernoulli without autapses", Bernoulli{P: 0.01, NoAutapses: true}, true, 0, 0, true, false, 0, 0.01, 0.99},
	} {
		counts := matrix(t, c.rule, pair(sources, targets, c.overlap))
		if n := total(counts); c.synapses > 0 && n != c.synapses {
			t.Errorf("%s: %d synapses, want %d", c.name, n, c.synapses)
		}
		outdegree := make([]int, sources)
		var pairs []float64
		for target, row := range counts {
			indegree := 0
			for source, n := range row {
				indegree += n
				outdegree[source] += n
				if source == target && !c.autapses {
					if n > 0 {
						t.Fatalf("%s: autapse of %d", c.name, target)
					}
					continue
				}
				if n > 1 && c.distinct {
					t.Fatalf("%s: %d synapses from %d to %d", c.name, n, source, target)
				}
				pairs = append(pairs, float64(n))
			}
			if c.in > 0 && indegree != c.in {
				t.Errorf("%s: target %d has indegree %d, want %d", c.name, target, indegree, c.in)
			}
		}
		for source, n := range outdegree {
			if c.out > 0 && n != c.out {
				t.Errorf("%s: source %d has outdegree %d, want %d", c.name, source, n, c.out)
			}
		}
		if c.perPair == 0 {
			continue
		}
		if z := deviation(pairs, c.perPair, c.dispersal); math.Abs(z) > 4*max(1, math.Sqrt(1/c.perPair)) {
			t.Errorf("%s: the pairs' synapses deviate by %.1f", c.name, z)
		}
	}
}

// Degrees that are random have the right distribution: mean and variance.
func TestRandomDegrees(t *testing.T) {
	const sources, targets = 200, 2000
	for _, c := range []struct {
		name           string
		rule           Rule
		mean, variance float64
	}{
		{"bernoulli", Bernoulli{P: 0.2}, 40, 32},
		{"total", FixedTotal{N: 100000}, 50, 50 * (1 - 1.0/targets)},
		{"total without multapses", FixedTotal{N: 100000, NoMultapses: true}, 50, 50 * (1 - 1.0/targets) * 0.75},
		{"total of most pairs", FixedTotal{N: 300000, NoMultapses: true}, 150, 50 * (1 - 1.0/targets) * 0.75},
		{"outdegree", FixedOutdegree{K: 500}, 50, 50 * (1 - 1.0/targets)},
		{"outdegree without multapses", FixedOutdegree{K: 500, NoMultapses: true}, 50, 37.5},
	} {
		sum, squares := 0.0, 0.0
		for _, row := range matrix(t, c.rule, pair(sources, targets, false)) {
			d := -c.mean
			for _, n := range row {
				d += float64(n)
			}
			sum += d
			squares += d * d
		}
		if z := sum / math.Sqrt(targets*c.variance); math.Abs(z) > 4 {
			t.Errorf("%s: the mean indegree is off by %.1f standard errors", c.name, z)
		}
		if z := (squares/c.variance - targets) / math.Sqrt(2*targets); math.Abs(z) > 4 {
			t.Errorf("%s: the variance of the indegree is off by %.1f standard errors", c.name, z)
		}
	}
}

func TestGivenRules(t *testing.T) {
	for _, c := range []struct {
		name string
		rule Rule
		pair Pair
		want [][]int
	}{
		{"one to one", OneToOne{}, pair(2, 2, true), [][]int{{1, 0}, {0, 1}}},
		{"all to all", AllToAll{}, pair(3, 2, true), [][]int{{1, 1, 1}, {1, 1, 1}}},
		{"all to all without autapses", AllToAll{NoAutapses: true}, pair(3, 2, true), [][]int{{0, 1, 1}, {1, 0, 1}}},
		{"two populations have no autapses", AllToAll{NoAutapses: true}, pair(2, 1, false), [][]int{{1, 1}}},
		{"parts of one population", AllToAll{NoAutapses: true}, Pair{Sources: 2, Targets: 3, Overlap: true, Shift: 1}, [][]int{{1, 1}, {0, 1}, {1, 0}}},
		{"explicit", Explicit{Pre: []int{1, 0, 1}, Post: []int{1, 1, 1}}, pair(2, 2, false), [][]int{{0, 0}, {1, 2}}},
		{"bernoulli 0", Bernoulli{}, pair(2, 1, false), [][]int{{0, 0}}},
		{"bernoulli 1", Bernoulli{P: 1}, pair(2, 1, false), [][]int{{1, 1}}},
		{"no targets", FixedIndegree{K: 1}, pair(1, 0, false), [][]int{}},
		{"no synapses", FixedOutdegree{}, pair(1, 1, false), [][]int{{0}}},
	} {
		got := matrix(t, c.rule, c.pair)
		if !slices.EqualFunc(got, c.want, slices.Equal) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// With draws without replacement every subset is equally likely: 10 of them.
func TestSubsetsAreEquallyLikely(t *testing.T) {
	const n = 20000
	plan, err := FixedIndegree{K: 3, NoMultapses: true}.Plan(pair(5, n, false))
	if err != nil {
		t.Fatal(err)
	}
	subsets := map[int]float64{}
	for target := range n {
		set := 0
		for _, s := range plan.Sources(target, nil) {
			set |= 1 << s
		}
		subsets[set]++
	}
	var counts []float64
	for _, c := range subsets {
		counts = append(counts, c)
	}
	if z := deviation(counts, n/10, 0.9); len(counts) != 10 || math.Abs(z) > 4 {
		t.Errorf("%d subsets, deviation %.1f", len(counts), z)
	}
}

// Every set of N pairs is equally likely: 20 sets of 3 of 6 pairs, 15 of 4 of
// those that are no autapses.
func TestSetsOfPairsAreEquallyLikely(t *testing.T) {
	for _, c := range []struct {
		rule FixedTotal
		pair Pair
		sets int
	}{
		{FixedTotal{N: 3, NoMultapses: true}, pair(2, 3, false), 20},
		{FixedTotal{N: 4, NoMultapses: true}, pair(3, 2, false), 15},
		{FixedTotal{N: 2, NoMultapses: true, NoAutapses: true}, pair(3, 3, true), 15},
		{FixedTotal{N: 4, NoMultapses: true, NoAutapses: true}, Pair{Sources: 2, Targets: 4, Overlap: true, Shift: 1}, 15},
	} {
		const n = 6000
		sets := map[int]float64{}
		for seed := range n {
			c.pair.Stream = rng.New(uint64(seed), "sets", "pairs")
			set := 0
			for target, row := range matrix(t, c.rule, c.pair) {
				for source, k := range row {
					set |= k << (target*c.pair.Sources + source)
				}
			}
			sets[set]++
		}
		var counts []float64
		for _, k := range sets {
			counts = append(counts, k)
		}
		m := float64(c.sets)
		if z := deviation(counts, n/m, 1-1/m); len(counts) != c.sets || math.Abs(z) > 4 {
			t.Errorf("%+v: %d sets, want %d; deviation %.1f", c.rule, len(counts), c.sets, z)
		}
	}
}

func TestRuleErrors(t *testing.T) {
	for _, c := range []struct {
		rule             Rule
		sources, targets int
	}{
		{OneToOne{}, 2, 3},
		{Explicit{Pre: []int{0}}, 1, 1},
		{Explicit{Pre: []int{2}, Post: []int{0}}, 2, 1},
		{Explicit{Pre: []int{0}, Post: []int{-1}}, 2, 1},
		{FixedIndegree{K: -1}, 2, 2},
		{FixedIndegree{K: 1}, 0, 2},
		{FixedIndegree{K: 3, NoMultapses: true}, 2, 2},
		{FixedIndegree{K: 2, NoMultapses: true, NoAutapses: true}, 2, 2},
		{FixedOutdegree{K: 1, NoAutapses: true}, 1, 1},
		{FixedTotal{N: 1}, 1, 0},
		{FixedTotal{N: -1}, 1, 1},
		{FixedTotal{N: 5, NoMultapses: true}, 2, 2},
		{FixedTotal{N: 3, NoMultapses: true, NoAutapses: true}, 2, 2},
		{FixedTotal{N: 1, NoMultapses: true}, 0, 2},
		{Bernoulli{P: 1.5}, 1, 1},
		{Bernoulli{P: math.NaN()}, 1, 1},
	} {
		if _, err := c.rule.Plan(pair(c.sources, c.targets, true)); err == nil {
			t.Errorf("%+v on %d × %d: no error", c.rule, c.sources, c.targets)
		}
	}
}
