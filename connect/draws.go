package connect

import "soma/internal/rng"

// buffered is how many words are drawn at a time.
const buffered = 64

// draws reads the random 32-bit words of one element of a stream in order: the
// four words of Block(element, 0), then those of Block(element, 1), …
type draws struct {
	stream  rng.Stream
	element uint64
	block   uint64
	used    int
	words   [buffered]uint32
}

// start goes to the first word of an element.
func (d *draws) start(stream rng.Stream, element uint64) {
	d.stream, d.element, d.block, d.used = stream, element, 0, buffered
}

func newDraws(stream rng.Stream, element uint64) (d draws) {
	d.start(stream, element)
	return d
}

func (d *draws) next() uint32 {
	if d.used == buffered {
		d.refill()
	}
	w := d.words[d.used]
	d.used++
	return w
}

func (d *draws) refill() {
	fillWords(d.stream, d.element, d.block, d.words[:])
	d.block += buffered / 4
	d.used = 0
}

// below returns an integer uniform on [0, n) without bias (Lemire 2019,
// doi:10.1145/3230636), for 0 < n < 2³².
func (d *draws) below(n uint32) uint32 {
	m := uint64(d.next()) * uint64(n)
	if uint32(m) < n {
		m = d.unbiased(m, n)
	}
	return uint32(m >> 32)
}

// unbiased draws again while m is in the part of the range that would make some
// numbers more likely than others.
func (d *draws) unbiased(m uint64, n uint32) uint64 {
	for reject := -n % n; uint32(m) < reject; {
		m = uint64(d.next()) * uint64(n)
	}
	return m
}

// open returns a number uniform on (0, 1): the midpoints of 2⁵² equal parts.
func (d *draws) open() float64 {
	hi, lo := uint64(d.next()), uint64(d.next())
	return float64((float64((hi<<32|lo)>>12) + 0.5) * 0x1p-52)
}

// fillWords sets dst to the words of an element from a block on.
func fillWords(stream rng.Stream, element, block uint64, dst []uint32) {
	for len(dst) >= 4 {
		b := stream.Block(element, block)
		dst[0], dst[1], dst[2], dst[3] = b[0], b[1], b[2], b[3]
		dst = dst[4:]
		block++
	}
	if len(dst) > 0 {
		b := stream.Block(element, block)
		copy(dst, b[:])
	}
}
