package solve

import (
	"math"

	"soma/internal/kernel"
	"soma/internal/param"
)

// LstsqL1 is least squares that prefers few weights (the elastic net: H. Zou and
// T. Hastie, J. R. Stat. Soc. B 67:301, 2005). For every output it minimises
//
//	‖A·d − y‖²/(2m) + a·Σ|d| + b/2·Σd²,
//
// a = L1·max A, b = L2·(max A)², m the number of points, by going through the
// weights one by one, again and again.
type LstsqL1 struct {
	L1      float64 `param:"l1" default:"1e-4" check:">=0" doc:"price of the size of the weights, relative to the highest activity"`
	L2      float64 `param:"l2" default:"1e-6" check:">=0" doc:"price of their squares, relative to the square of the highest activity"`
	MaxIter float64 `param:"max_iter" default:"1000" check:">0" doc:"most rounds over all weights"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Separable implements Separable.
func (LstsqL1) Separable() {}

// Solve implements Solver.
func (s LstsqL1) Solve(p Problem) ([]float64, error) { return s.solve(p.Sums()) }

func (s LstsqL1) solve(q *Sums) ([]float64, error) {
	s = param.Resolve(s)
	if err := q.silent(); err != nil {
		return nil, err
	}
	highest := q.highest()
	g, c := q.normal()
	n, m := len(q.active), float64(q.Points)
	for i := range g {
		g[i] /= m
	}
	for i := range c {
		c[i] /= m
	}
	a, b := float64(s.L1*highest), float64(s.L2*float64(highest*highest))
	d := make([]float64, n*q.Outputs)
	for k := range q.Outputs {
		descend(g, c, d, n, k, q.Outputs, a, b, int(s.MaxIter))
	}
	return q.spread(d), nil
}

// descend finds output k of d. It keeps the gradient of the squares, G·d − c.
func descend(g, c, d []float64, n, k, outputs int, a, b float64, rounds int) {
	level, gradient := kernel.Best(), make([]float64, n)
	for i := range n {
		gradient[i] = -c[i*outputs+k]
	}
	for range rounds {
		change, size := 0.0, 0.0
		for i := range n {
			slope, old := g[i*n+i], d[i*outputs+k]
			best := old
			if slope+b > 0 {
				// Where the derivative without the price is −pull, d moves towards 0 by it.
				pull := float64(slope*old) - gradient[i]
				best = math.Copysign(max(0, math.Abs(pull)-a), pull) / (slope + b)
			}
			if step := best - old; step != 0 {
				d[i*outputs+k] = best
				kernel.Axpy(level, gradient, step, g[i*n:(i+1)*n])
				change = max(change, math.Abs(step))
			}
			size = max(size, math.Abs(best))
		}
		if change <= 1e-9*size {
			return
		}
	}
}
