package stats

import (
	"iter"
	"math"
	"slices"
)

// ranked gives those of the finite samples that would have the given places if they
// were sorted. It holds no sample but reads them four times, and finds sixteen bits
// of the numbers sought in each: it counts the samples that begin like one of them by
// the bits that follow.
func ranked(samples iter.Seq[float64], places ...int) []float64 {
	const digit = 16
	begin, left := make([]uint64, len(places)), slices.Clone(places)
	counts := make([][1 << digit]int, len(places))
	for shift := 64 - digit; shift >= 0; shift -= digit {
		clear(counts)
		for v := range samples {
			if !finite(v) {
				continue
			}
			word := ordered(v) >> shift
			for k, high := range begin {
				if word>>digit == high {
					counts[k][word&(1<<digit-1)]++
				}
			}
		}
		for k := range begin {
			next := 0
			for ; next < 1<<digit-1 && left[k] >= counts[k][next]; next++ {
				left[k] -= counts[k][next]
			}
			begin[k] = begin[k]<<digit | uint64(next)
		}
	}
	found := make([]float64, len(places))
	for k, word := range begin {
		found[k] = unordered(word)
	}
	return found
}

const signBit = 1 << 63

// ordered maps numbers to words of the same order: −0 comes before 0.
func ordered(v float64) uint64 {
	bits := math.Float64bits(v)
	if bits&signBit != 0 {
		return ^bits
	}
	return bits | signBit
}

// unordered is the reverse of ordered.
func unordered(word uint64) float64 {
	if word&signBit != 0 {
		return math.Float64frombits(word &^ signBit)
	}
	return math.Float64frombits(^word)
}
