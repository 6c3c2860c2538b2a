package rng

import (
	"sync"

	"soma/internal/elementary"
)

// Uniforms writes numbers uniform on [0, 1) for elements from first on. Element i
// has half i mod 2 of Block(i/2, draw), whatever the range.
func (s Stream) Uniforms(first, draw uint64, out []float64) {
	s.fill(first, draw, out, unit)
}

// Normals writes numbers of the standard normal distribution for elements from
// first on, from the same words as Uniforms.
func (s Stream) Normals(first, draw uint64, out []float64) {
	s.fill(first, draw, out, quantiles().at)
}

func (s Stream) fill(first, draw uint64, out []float64, number func(u uint64) float64) {
	for k := 0; k < len(out); {
		element := first + uint64(k)
		b := s.Block(element/2, draw)
		if element%2 == 0 {
			out[k] = number(uint64(b[0]) | uint64(b[1])<<32)
			if k++; k == len(out) {
				return
			}
		}
		out[k] = number(uint64(b[2]) | uint64(b[3])<<32)
		k++
	}
}

// quantile is the quantile of the standard normal distribution by cubic Hermite
// interpolation between points at equal steps of probability: to 1e-8. In the
// first and the last cells, where it bends too much, it is computed.
type quantile struct{ value, slope [cells + 1]float64 }

const (
	cells = 2048
	bent  = 40 // cells at either end that are computed
)

var quantiles = sync.OnceValue(func() *quantile {
	const density = 0.3989422804014326779 // at 0: 1/√(2π)
	q := &quantile{}
	for i := 1; i < cells; i++ {
		y := elementary.NormalQuantile(float64(i) / cells)
		q.value[i] = y
		q.slope[i] = 1 / float64(cells*float64(density*elementary.Exp(-float64(y*y)/2)))
	}
	return q
})

func (q *quantile) at(u uint64) float64 {
	cell := u >> 53
	if cell < bent || cell >= cells-bent {
		return elementary.NormalQuantile(open(u))
	}
	t := float64(float64(u<<11>>11) * 0x1p-53) // part of the cell
	a, b := q.value[cell], q.value[cell+1]
	line := b - a
	v := 1 - t
	left, right := q.slope[cell]-line, line-q.slope[cell+1]
	return float64(v*a) + float64(t*b) + float64(float64(t*v)*(float64(v*left)+float64(t*right)))
}
