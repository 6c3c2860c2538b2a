package sparse

import (
	"math"

	"soma/internal/elementary"
)

// maxPoissonMean is the greatest mean number of Poisson spikes per neuron and
// step; counts have 16 bits.
const maxPoissonMean = 1 << 15

// tableMean is the greatest mean that one table draws; above it a count is the
// sum of several, which is exact: Poisson variables add up. It leaves 1.3e-10
// above the 31 that a table can give.
const tableMean = 8

// A poissonInput draws how many Poisson spikes reach each neuron in each step.
//
// Neuron n of the population takes one word of 32 bits for each summand. The upper
// half is word n mod 8 of block ⌊n/8⌋ of a cipher, with the summand and the step; the
// lower half is the same of the block with 2³¹ added to the summand. It makes a
// difference once in 2048 draws, and is only then drawn.
type poissonInput struct {
	weight   float64
	summands int // 0: no input
	table    aliasTable
	cipher   *counterCipher
}

func newPoissonInput(p Poisson, dt float64) poissonInput {
	mean := p.Rate * dt
	in := poissonInput{weight: p.Weight, summands: int(math.Ceil(mean / tableMean))}
	if in.summands > 0 {
		in.table = newAliasTable(poissonWeights(mean / float64(in.summands)))
		in.cipher = newCounterCipher(p.Stream)
	}
	return in
}

// counts draws the counts of the group that begins with neuron first.
func (in *poissonInput) counts(counts *[group]float64, first int, step uint64) {
	if in.summands == 0 {
		return // they are zero already
	}
	*counts = [group]float64{}
	for s := range uint32(in.summands) {
		for b := range group / 8 {
			in.addBlock(counts, b, uint32(first/8+b), s, step)
		}
	}
}

// addBlock adds what the b-th block of a group brings to eight neurons.
func (in *poissonInput) addBlock(counts *[group]float64, b int, block, summand uint32, step uint64) {
	upper := in.cipher.words(block, summand, step)
	var lower [8]uint16
	drawn := false
	for i, u := range upper {
		if !drawn && in.table.undecided(u) {
			lower = in.cipher.words(block, summand|1<<31, step)
			drawn = true
		}
		counts[8*b+i] += float64(in.table.draw(u, lower[i]))
	}
}

// poissonWeights returns how many of the 2³² words give each count. The
// cumulative probabilities are rounded to multiples of 2⁻³², so that each is off
// by less than that.
func poissonWeights(mean float64) (weights [32]uint64) {
	probability := elementary.Exp(-mean)
	cumulative, last := probability, uint64(0)
	for k := range weights {
		next := uint64(min(float64(cumulative*0x1p32)+0.5, 0x1p32))
		if k == len(weights)-1 {
			next = 1 << 32
		}
		weights[k], last = next-last, next
		probability = float64(probability*mean) / float64(k+1)
		cumulative += probability
	}
	return weights
}

// An aliasTable draws a number below 32 from a word of two halves by Walker's
// method (1977; doi:10.1145/355744.355749): the lowest 5 bits of the upper half
// choose a column; the number is that of the column if the other bits, and behind
// them the lower half, are below its threshold, and the column's alias otherwise.
// An entry is threshold·32 + alias.
type aliasTable [32]uint32

// draw is one lookup and one comparison, which is what makes it cheap in vectors.
func (t *aliasTable) draw(upper, lower uint16) uint32 {
	column := uint32(upper & 31)
	if entry := t[column]; uint32(upper>>5)<<16|uint32(lower) >= entry>>5 {
		return entry & 31
	}
	return column
}

// undecided reports whether the draw of a word depends on its lower half.
func (t *aliasTable) undecided(upper uint16) bool { return uint32(upper>>5) == t[upper&31]>>21 }

// halves are the entries in 16 bits: the upper 11 bits of the thresholds and the
// aliases, and the lower 16 bits of the thresholds.
func (t *aliasTable) halves() (upper, lower [32]uint16) {
	for column, entry := range t {
		upper[column] = uint16(entry>>21<<5 | entry&31)
		lower[column] = uint16(entry >> 5)
	}
	return upper, lower
}

// newAliasTable is the method of Vose (1991; doi:10.1109/32.92917) in integers:
// the weights, which add up to 2³², are met exactly.
func newAliasTable(weights [32]uint64) (t aliasTable) {
	const column = 1 << 27
	var small, large []int
	for i, w := range weights {
		if w < column {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		t[s] = uint32(weights[s])<<5 | uint32(l)
		if weights[l] -= column - weights[s]; weights[l] < column {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	for _, l := range large { // full columns, their own aliases
		t[l] = uint32(l)
	}
	return t
}
