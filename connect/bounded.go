package connect

import "soma/internal/elementary"

// The quantile of a bounded normal distribution is cut into pieces, each of
// 2²⁰ words. The pieces in the tails of the whole distribution are evaluated;
// the others are cubics that meet the quantile at their ends and thirds.
const (
	pieces    = 1 << 12
	pieceBits = 20
	tail      = 1.0 / 64
)

// A cubic is c₀ + t·(c₁ + t·(c₂ + t·c₃)) for t from 0 to 1.
type cubic [4]float64

// bounded is a Normal with what follows from its parameters worked out.
type bounded struct {
	Normal
	low, high    float64
	first, width float64 // probabilities: below low, between the two
	cubics       [pieces]cubic
	smooth       [pieces]bool // cubics are valid
}

// Bounded implements the Normal's method.
func (b *bounded) Bounded() Quantile { return b }

// At implements Quantile.
func (b *bounded) At(word uint32) float64 {
	piece := word >> pieceBits
	if !b.smooth[piece] {
		return b.evaluate((float64(word) + 0.5) * 0x1p-32)
	}
	c := &b.cubics[piece]
	t := (float64(word&(1<<pieceBits-1)) + 0.5) * (1.0 / (1 << pieceBits))
	x := c[2] + float64(t*c[3])
	x = c[1] + float64(t*x)
	return c[0] + float64(t*x)
}

// Bounds implements Value.
func (b *bounded) Bounds() (low, high float64) { return b.At(0), b.At(1<<32 - 1) }

// Fill implements Value.
func (b *bounded) Fill(s Synapses, values []float64) {
	d := newDraws(s.Stream, uint64(s.Target))
	for i := range values {
		values[i] = b.At(d.next())
	}
}

// evaluate returns the quantile at a probability of the bounded distribution.
func (b *bounded) evaluate(u float64) float64 {
	p := b.first + float64(b.width*u)
	return min(max(b.Mean+float64(b.Std*elementary.NormalQuantile(p)), b.low), b.high)
}

func (b *bounded) interpolate() {
	for i := range b.cubics {
		from, to := float64(i)/pieces, float64(i+1)/pieces
		if b.first+float64(b.width*from) < tail || b.first+float64(b.width*to) > 1-tail {
			continue
		}
		b.smooth[i] = true
		third := (to - from) / 3
		b.cubics[i] = newCubic(b.evaluate(from), b.evaluate(from+third), b.evaluate(to-third), b.evaluate(to))
	}
}

// newCubic passes through four values at t = 0, 1/3, 2/3, 1.
func newCubic(y0, y1, y2, y3 float64) cubic {
	return cubic{
		y0,
		float64(-5.5*y0) + float64(9*y1) - float64(4.5*y2) + y3,
		float64(9*y0) - float64(22.5*y1) + float64(18*y2) - float64(4.5*y3),
		float64(-4.5*y0) + float64(13.5*y1) - float64(13.5*y2) + float64(4.5*y3),
	}
}
