package connect

import "soma/internal/rng"

// buffered is how many words are drawn at a time.
const buffered = 64

// draws reads the random words of one element of a stream in order; see Words.
type draws struct {
	key     uint64
	element uint64
	block   uint64
	used    int
	words   [buffered]uint32
}

func newDraws(stream rng.Stream, element uint64) draws {
	return draws{key: wordKey(stream), element: element, used: buffered}
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
	fillWords(d.words[:], d.key, d.element, d.block)
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
