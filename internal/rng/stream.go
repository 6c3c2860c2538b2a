// Package rng gives every object of a model its own random numbers.
//
// The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, Parallel
// random numbers: as easy as 1, 2, 3; doi:10.1145/2063384.2063405): a number is
// a function of a key and a counter, so that there is no state to advance and
// no order of drawing to keep. The key is made of the seed, the name path of
// the object and the purpose of the numbers; the counter is the element (a
// neuron, a synapse) and the draw (mostly the step). Adding an object therefore
// never changes the numbers of another, and any goroutine may draw any number
// at any time.
//
// [Stream] is random access; [Source] reads the draws of one element in order.
package rng

import (
	"crypto/sha256"
	"encoding/binary"
)

// A Stream is the random numbers of one purpose of one object. It is a value:
// copy it freely, share it between goroutines. The zero Stream is valid, and
// is the stream of key zero.
type Stream struct {
	key [2]uint32
}

// New returns the stream of seed, path and purpose. Its key is the first eight
// bytes of the SHA-256 of seed (8 bytes), the length of path (8 bytes), path
// and purpose, integers in little-endian order.
func New(seed uint64, path, purpose string) Stream {
	text := make([]byte, 0, 16+len(path)+len(purpose))
	text = binary.LittleEndian.AppendUint64(text, seed)
	text = binary.LittleEndian.AppendUint64(text, uint64(len(path)))
	text = append(text, path...)
	text = append(text, purpose...)
	sum := sha256.Sum256(text)
	return Stream{key: [2]uint32{
		binary.LittleEndian.Uint32(sum[0:4]),
		binary.LittleEndian.Uint32(sum[4:8]),
	}}
}

// RoundKeys are the keys of the rounds of the generator, both halves in turn, for
// whoever draws many numbers at a time.
func (s Stream) RoundKeys() (keys [2 * rounds]uint64) {
	k0, k1 := s.key[0], s.key[1]
	for r := range rounds {
		keys[2*r], keys[2*r+1] = uint64(k0), uint64(k1)
		k0 += weyl0
		k1 += weyl1
	}
	return keys
}

// Block returns the 128 random bits at (element, draw).
func (s Stream) Block(element, draw uint64) [4]uint32 {
	return philox([4]uint32{
		uint32(element), uint32(element >> 32),
		uint32(draw), uint32(draw >> 32),
	}, s.key)
}

// Uint64 returns the first 64 bits of Block(element, draw).
func (s Stream) Uint64(element, draw uint64) uint64 {
	b := s.Block(element, draw)
	return uint64(b[0]) | uint64(b[1])<<32
}

// Float64 returns a number uniform on [0, 1), a multiple of 2⁻⁵³.
func (s Stream) Float64(element, draw uint64) float64 {
	return unit(s.Uint64(element, draw))
}

// Fork returns the n-th of 2⁶³ further streams: for purposes that each need a
// whole stream, such as the steps of a signal.
func (s Stream) Fork(n uint64) Stream {
	b := s.Block(n, 1<<63)
	return Stream{key: [2]uint32{b[0], b[1]}}
}

// unit maps the upper 53 bits of u to [0, 1).
func unit(u uint64) float64 { return float64(float64(u>>11) * 0x1p-53) }
