package sparse

import "fmt"

// group is the granularity of partitions: every population is cut at multiples
// of it, and each cut is padded to a multiple of it, so that the vector kernels
// see whole groups and the Poisson counter of a neuron does not depend on the
// partition.
const group = 64

// A share is the neurons of one population that belong to one partition.
type share struct {
	first, n int // in the population
	local    int // of the first one in the partition; a multiple of group
}

func (s share) padded() int { return (s.n + group - 1) / group * group }

// A layout says who owns which neuron: shares[partition][population]. Each
// population is divided evenly, in order.
type layout struct {
	shares [][]share
	size   []int // padded number of neurons of each partition
}

func newLayout(populations []Population, partitions int) (layout, error) {
	l := layout{shares: make([][]share, partitions), size: make([]int, partitions)}
	for p := range partitions {
		l.shares[p] = make([]share, len(populations))
		for i, population := range populations {
			groups := (population.N + group - 1) / group
			first, end := groups*p/partitions*group, groups*(p+1)/partitions*group
			s := share{first: min(first, population.N), local: l.size[p]}
			s.n = min(end, population.N) - s.first
			l.shares[p][i] = s
			l.size[p] += s.padded()
		}
		if l.size[p] > maxTargets {
			return l, fmt.Errorf("a partition would have %d neurons, at most %d can be told apart; use more than %d partitions", l.size[p], maxTargets, partitions)
		}
	}
	return l, nil
}

// defaultPartitions is the smallest multiple of threads for which every
// partition is small enough.
func defaultPartitions(populations []Population, threads int) int {
	for n := threads; ; n += threads {
		if _, err := newLayout(populations, n); err == nil {
			return n
		}
	}
}
