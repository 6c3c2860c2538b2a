package dist

import (
	"math"

	"soma/internal/elementary"
	"soma/internal/kernel"
	"soma/internal/param"
)

// ScatteredHypersphere spreads points evenly over the unit ball, or over its
// surface: more even than independent draws, so that fewer evaluation points
// cover the ball. It is the default for encoders and evaluation points.
//
// The points are a Kronecker lattice with the generalised golden ratio (M.
// Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018),
// shifted by a random vector, and carried to the ball by the inverse normal
// distribution function. In one dimension the surface is −1 and +1, each drawn
// for every second point.
type ScatteredHypersphere struct {
	Surface bool    `param:"surface" doc:"spread over the surface only"`
	MinMag  float64 `param:"min_magnitude" check:"0..1" doc:"smallest length of a point inside the ball"`
}

// Check implements Checked.
func (h ScatteredHypersphere) Check() []param.Problem { return param.Check(h) }

// Draw implements Distribution.
func (h ScatteredHypersphere) Draw(stream Stream, n, d int) ([]float64, error) {
	lattice := newLattice(stream, d+1)
	out, last := make([]float64, n*d), make([]float64, n)
	u := make([]float64, d+1)
	for i := range n {
		lattice.point(i, u)
		copy(out[i*d:(i+1)*d], u)
		last[i] = u[d]
	}
	kernel.NormalQuantiles(kernel.Best(), out, out)
	for i, x := range last {
		length := 1.0
		if !h.Surface {
			length = radius(x, h.MinMag, d)
		}
		setLength(out[i*d:(i+1)*d], length)
	}
	return out, nil
}

// lattice is the additive sequence shift + i·step, modulo 1, in every dimension.
type lattice struct{ shift, step []float64 }

func newLattice(stream Stream, d int) lattice {
	l := lattice{make([]float64, d), make([]float64, d)}
	ratio := goldenRatio(d)
	src := stream.Source(0)
	step := 1.0
	for j := range d {
		step /= ratio
		l.shift[j], l.step[j] = src.Float64(), step
	}
	return l
}

// point writes point i, every value strictly between 0 and 1.
func (l lattice) point(i int, u []float64) {
	for j := range u {
		x := l.shift[j] + float64(float64(i+1)*l.step[j])
		u[j] = max(x-math.Floor(x), 1e-12)
	}
}

// goldenRatio solves x^(d+1) = x + 1 by fixed-point iteration; d = 1 gives the
// golden ratio.
func goldenRatio(d int) float64 {
	x := 1.5
	for range 60 {
		next := elementary.Pow(1+x, 1/float64(d+1))
		if next == x {
			break
		}
		x = next
	}
	return x
}
