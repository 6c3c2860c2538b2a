package rng

import (
	"math/bits"

	"soma/internal/elementary"
)

// A Source reads the random numbers of one element in order: its i-th 64 bits
// are the halves of Block(element, 0), Block(element, 1), … in turn. It is for
// one goroutine.
type Source struct {
	stream  Stream
	element uint64
	draw    uint64 // of the next block
	spare   uint64 // second half of the last block
	half    bool   // spare is not yet used
}

// Source returns a reader at the first draw of an element.
func (s Stream) Source(element uint64) *Source {
	return &Source{stream: s, element: element}
}

// Uint64 returns the next 64 bits.
func (s *Source) Uint64() uint64 {
	if s.half {
		s.half = false
		return s.spare
	}
	b := s.stream.Block(s.element, s.draw)
	s.draw++
	s.spare = uint64(b[2]) | uint64(b[3])<<32
	s.half = true
	return uint64(b[0]) | uint64(b[1])<<32
}

// Float64 returns a number uniform on [0, 1), a multiple of 2⁻⁵³.
func (s *Source) Float64() float64 { return unit(s.Uint64()) }

// Normal returns a number of the standard normal distribution: the quantile at
// a point uniform on the open interval (0, 1). One draw gives one number.
func (s *Source) Normal() float64 {
	return elementary.NormalQuantile(open(s.Uint64()))
}

// open maps the upper 52 bits of u to the midpoints of 2⁵² equal parts of
// (0, 1): never 0, never 1, and symmetric about ½.
func open(u uint64) float64 { return float64((float64(u>>12) + 0.5) * 0x1p-52) }

// Exp returns a number of the exponential distribution of mean 1.
func (s *Source) Exp() float64 { return -elementary.Log(open(s.Uint64())) }

// IntN returns an integer uniform on [0, n), without bias (Lemire 2019,
// Fast random integer generation in an interval; doi:10.1145/3230636). It
// reads further draws in the rare case that the first is rejected. For n < 1
// there is no such integer, and it returns 0.
func (s *Source) IntN(n int) int {
	if n < 1 {
		return 0
	}
	size := uint64(n)
	hi, lo := bits.Mul64(s.Uint64(), size)
	if lo < size {
		for reject := -size % size; lo < reject; {
			hi, lo = bits.Mul64(s.Uint64(), size)
		}
	}
	return int(hi)
}
