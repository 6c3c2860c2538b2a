package solve

import (
	"math"
	"slices"

	"soma/internal/kernel"
	"soma/internal/param"
)

// NNLS is least squares with weights that are not negative, as those of
// excitatory neurons. The method is the active set of C. Lawson and R. Hanson,
// Solving Least Squares Problems, 1974, chapter 23, on the normal equations (R.
// Bro and S. De Jong, J. Chemometrics 11:393, 1997).
type NNLS struct {
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Separable implements Separable.
func (NNLS) Separable() {}

// Solve implements Solver.
func (s NNLS) Solve(p Problem) ([]float64, error) { return s.solve(p.Sums()) }

func (NNLS) solve(p *Sums) ([]float64, error) { return nonNegative(p, unregularised) }

// NNLSL2 is NNLS with the regularisation of LstsqL2: it minimises ‖A·d − y‖² +
// m σ²·Σd² over weights that are not negative.
type NNLSL2 struct {
	Reg float64 `param:"reg" default:"0.1" check:">=0" doc:"noise of the neurons, relative to the highest activity"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Separable implements Separable.
func (NNLSL2) Separable() {}

// Solve implements Solver.
func (s NNLSL2) Solve(p Problem) ([]float64, error) { return s.solve(p.Sums()) }

func (s NNLSL2) solve(p *Sums) ([]float64, error) {
	return nonNegative(p, func(q *Sums) []float64 {
		sigma := float64(param.Resolve(s).Reg * q.highest())
		return slices.Repeat([]float64{float64(float64(q.Points) * float64(sigma*sigma))}, len(q.active))
	})
}

// NNLSL2nz is NNLS with the regularisation of LstsqL2nz.
type NNLSL2nz struct {
	Reg float64 `param:"reg" default:"0.1" check:">=0" doc:"noise of the neurons, relative to the highest activity"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Separable implements Separable.
func (NNLSL2nz) Separable() {}

// Solve implements Solver.
func (s NNLSL2nz) Solve(p Problem) ([]float64, error) { return s.solve(p.Sums()) }

func (s NNLSL2nz) solve(p *Sums) ([]float64, error) {
	return nonNegative(p, func(q *Sums) []float64 { return q.byUse(float64(param.Resolve(s).Reg * q.largest())) })
}

func unregularised(q *Sums) []float64 { return make([]float64, len(q.active)) }

// nonNegative solves with a regularisation of each neuron.
func nonNegative(q *Sums, regularisation func(*Sums) []float64) ([]float64, error) {
	if err := q.silent(); err != nil {
		return nil, err
	}
	g, c := q.normal()
	n := len(q.active)
	for i, r := range regularisation(q) {
		g[i*n+i] += r
	}
	d := make([]float64, n*q.Outputs)
	column := make([]float64, n)
	for k := range q.Outputs {
		for i := range n {
			column[i] = c[i*q.Outputs+k]
		}
		for i, x := range activeSet(g, column, n) {
			d[i*q.Outputs+k] = x
		}
	}
	return q.spread(d), nil
}

// activeSet minimises xᵀGx/2 − cᵀx over x ≥ 0. The passive variables are those
// that are free; the others are 0.
func activeSet(g, c []float64, n int) []float64 {
	x := make([]float64, n)
	var passive []int
	tolerance := 0.0 // what the sums of c − G·x are exact to
	for _, x := range c {
		tolerance = max(tolerance, 1e-11*math.Abs(x))
	}
	rises := slices.Clone(c) // c − G·x
	barred := make([]bool, n)
	for range 3 * n {
		next := -1
		for i, r := range rises {
			if !barred[i] && !slices.Contains(passive, i) && r > tolerance && (next < 0 || r > rises[next]) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		at, _ := slices.BinarySearch(passive, next)
		passive = slices.Insert(passive, at, next)
		s, ok := freeSolution(g, c, n, passive)
		if !ok || s[at] <= 0 {
			// It depends on the others: leave it out for good.
			passive = slices.Delete(passive, at, at+1)
			barred[next] = true
			continue
		}
		passive = retreat(g, c, n, x, passive, s)
		copy(rises, c)
		for _, i := range passive {
			kernel.Axpy(kernel.Best(), rises, -x[i], g[i*n:(i+1)*n])
		}
	}
	return x
}

// retreat goes from x towards the free solution s until a variable would become
// negative, fixes that at 0, and so on; x is then the last free solution.
func retreat(g, c []float64, n int, x []float64, passive []int, s []float64) []int {
	for {
		step := 2.0
		for k, i := range passive {
			if s[k] <= 0 {
				step = min(step, x[i]/(x[i]-s[k]))
			}
		}
		if step > 1 {
			break
		}
		var left []int
		for k, i := range passive {
			x[i] += float64(step * (s[k] - x[i]))
			if s[k] <= 0 && x[i] <= 1e-15*(x[i]-s[k]) {
				x[i] = 0
				continue
			}
			left = append(left, i)
		}
		if len(left) == len(passive) { // rounding: fix the one that is furthest
			worst := 0
			for k := range passive {
				if s[k] < s[worst] {
					worst = k
				}
			}
			x[passive[worst]] = 0
			left = slices.Delete(left, worst, worst+1)
		}
		passive = left
		var ok bool
		if s, ok = freeSolution(g, c, n, passive); !ok {
			return passive
		}
	}
	for k, i := range passive {
		x[i] = s[k]
	}
	return passive
}

// freeSolution solves G·x = c for the passive variables; false when they depend
// on each other.
func freeSolution(g, c []float64, n int, passive []int) ([]float64, bool) {
	m := len(passive)
	l, s := kernel.NewLower(m), make([]float64, m)
	for a, i := range passive {
		for b, j := range passive[:a+1] {
			l.Set(a, b, g[i*n+j])
		}
		s[a] = c[i]
	}
	level := kernel.Best()
	if !l.Factor(level, 1) {
		return nil, false
	}
	l.Solve(level, 1, s, 1)
	return s, true
}
