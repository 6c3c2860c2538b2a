package kernel

import (
	"soma/internal/elementary"
	"soma/internal/rng"
)

// Normals draws numbers of the standard normal distribution from a stream.
type Normals struct {
	stream rng.Stream
	keys   [20]uint64
}

// NewNormals prepares for a stream.
func NewNormals(stream rng.Stream) *Normals {
	return &Normals{stream, stream.RoundKeys()}
}

// Fill sets dst[i] to the number at (first + i, draw): the quantile at the
// midpoint of one of 2⁵² equal parts of (0, 1).
func (n *Normals) Fill(level Level, dst []float64, first, draw uint64) {
	done := 0
	if level.usable() > Portable {
		done = normalsVector(level.usable(), n, dst, first, draw)
	}
	for i := done; i < len(dst); i++ {
		dst[i] = n.At(first+uint64(i), draw)
	}
}

// At is a single number.
func (n *Normals) At(element, draw uint64) float64 {
	u := n.stream.Uint64(element, draw)
	return elementary.NormalQuantile(float64((float64(u>>12) + 0.5) * 0x1p-52))
}

// NormalQuantiles sets dst[i] to elementary.NormalQuantile(src[i]), for numbers
// between 0 and 1, ends excluded. The slices are as long as each other, and may be
// the same.
func NormalQuantiles(level Level, dst, src []float64) {
	src = src[:len(dst)]
	done := 0
	if level.usable() > Portable {
		done = quantileVector(level.usable(), dst, src)
	}
	for i := done; i < len(dst); i++ {
		dst[i] = elementary.NormalQuantile(src[i])
	}
}
