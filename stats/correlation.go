package stats

import (
	"math"
	"slices"
)

// Correlations are Pearson's coefficients of the spike counts of all pairs of
// neurons, in bins of the given width, s. Of more than n neurons that fire, n are
// drawn by the seed; the population and the seed define which. Pairs come in the
// order (0,1), (0,2), …, (1,2), … of the neurons by their ids. Neurons that fire
// as often in every bin have no coefficient and are left out.
//
// Independent neurons have coefficients around 0 with a standard deviation of
// 1/√bins. For binning and subsampling of large networks see van Albada et al.,
// Front. Neuroinform. 12:291 (2018).
func (s Spikes) Correlations(bin float64, n int, seed uint64) ([]float64, error) {
	m, err := s.countMoments(bin)
	if err != nil {
		return nil, err
	}
	chosen := s.choose(m, n, seed)
	joint := s.jointMoments(m.bins, chosen)
	pairs := make([]float64, 0, len(chosen)*max(len(chosen)-1, 0)/2)
	bins := int64(m.bins.n)
	// bins² times variance and covariance are whole numbers.
	spread := func(id int) float64 {
		return float64(bins)*float64(m.squares[id]) - float64(float64(m.sum[id])*float64(m.sum[id]))
	}
	for a, i := range chosen {
		for b := a + 1; b < len(chosen); b++ {
			j := chosen[b]
			both := float64(bins)*float64(joint[a*len(chosen)+b]) - float64(float64(m.sum[i])*float64(m.sum[j]))
			pairs = append(pairs, both/math.Sqrt(float64(spread(i)*spread(j))))
		}
	}
	return pairs, nil
}

// choose gives up to n neurons whose counts vary, in rising order.
func (s Spikes) choose(m moments, n int, seed uint64) []int {
	var varying []int
	for id, sum := range m.sum {
		if sum > 0 && m.squares[id]*int64(m.bins.n) > sum*sum {
			varying = append(varying, id)
		}
	}
	if len(varying) <= n {
		return varying
	}
	slices.SortFunc(varying, func(a, b int) int {
		x, y := scramble(seed, uint64(a)), scramble(seed, uint64(b))
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return a - b
	})
	varying = varying[:max(n, 0)]
	slices.Sort(varying)
	return varying
}

// scramble gives every element its place in a random order: the output function
// of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014).
func scramble(seed, i uint64) uint64 {
	z := seed + (i+1)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// jointMoments sums, over the bins, the products of the counts of each pair a < b
// of the chosen neurons; entry a·len+b. Spikes in order of time are summed bin by
// bin; any others are kept until all are there.
func (s Spikes) jointMoments(b bins, chosen []int) []int64 {
	place := make(map[int]int, len(chosen))
	for k, id := range chosen {
		place[id] = k
	}
	for most := openSpikes; ; most = math.MaxInt {
		j := joint{n: len(chosen), sums: make([]int64, len(chosen)*len(chosen)), most: most}
		s.each(func(id int, t float64) {
			if k, ok := place[id]; ok {
				if i, ok := b.at(t); ok {
					j.add(i, k)
				}
			}
		})
		if j.settle(b.n); !j.late {
			return j.sums
		}
	}
}

const (
	openSpikes = 1 << 16 // that are kept before bins are summed
	openBins   = 100     // that wait for spikes out of order, as exact times within a step
)

// joint sums products of the counts of n neurons. Only pairs that fire in the same
// bin cost anything.
type joint struct {
	n     int
	sums  []int64 // n × n
	open  []event // not summed yet
	most  int     // of them
	first int     // bin that is not summed yet
	last  int     // bin seen
	late  bool    // a spike came after its bin was summed
}

type event struct{ bin, neuron int }

func (j *joint) add(bin, neuron int) {
	j.last, j.late = max(j.last, bin), j.late || bin < j.first
	if j.open = append(j.open, event{bin, neuron}); len(j.open) >= j.most {
		j.settle(j.last - openBins)
		j.most = max(j.most, 2*len(j.open))
	}
}

// settle sums the bins before the given one.
func (j *joint) settle(before int) {
	slices.SortFunc(j.open, func(x, y event) int {
		if x.bin != y.bin {
			return x.bin - y.bin
		}
		return x.neuron - y.neuron
	})
	// The product of two counts is the number of pairs of their spikes.
	from := 0
	for to := 0; from < len(j.open) && j.open[from].bin < before; from = to {
		for ; to < len(j.open) && j.open[to].bin == j.open[from].bin; to++ {
			for _, earlier := range j.open[from:to] {
				j.sums[earlier.neuron*j.n+j.open[to].neuron]++
			}
		}
	}
	j.open = append(j.open[:0], j.open[from:]...)
	j.first = max(j.first, before)
}
