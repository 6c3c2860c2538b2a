package equation

import (
	"soma/internal/kernel"
	"soma/internal/tableau"
)

// embedded is a Runge–Kutta method with an estimate of its error.
type embedded struct {
	stages [][]tableau.Term // the last is the solution
	errors []tableau.Term
	// rougher is an estimate of lower order that makes the other one smaller; nil:
	// none.
	rougher []tableau.Term
	// tolerance is the error of one substep relative to each variable, its change
	// and its small values, which are a multiple of those below; a number without a
	// dimension has its own.
	tolerance, small, number float64
	roots                    int // how many square roots of the error the step follows
}

var embeddeds = map[string]embedded{
	"rk45": {stages: tableau.Fifth[:], errors: tableau.FifthError, tolerance: 1e-9, small: 1, number: 1e-3, roots: 2},
	"rk8":  {stages: tableau.Eighth[:], errors: tableau.EighthError5, rougher: tableau.EighthError3, tolerance: 2e-11, small: 10, number: 1, roots: 3},
}

const (
	// shortest is the part of a step below which a substep is taken whatever its
	// error.
	shortest = 1e-5
	// maxAttempts bounds the work of one neuron in one step; what takes more has
	// no solution.
	maxAttempts = 10_000
)

// adaptive is one attempt at a substep, for every neuron with a size of its own.
// Neurons that are through with the step stand still, so that how many attempts
// a block of neurons makes changes nothing. The mask is who is not through.
func (s *system) adaptive() []output {
	m := embeddeds[s.m.Method]
	rates := s.stopped()
	start, row := s.variables(), s.m.rows[substepName]
	stored, done := s.leaf(leafRow, row), s.leaf(leafLocal, 0)
	dt, zero := s.constant(s.dt), s.constant(0)

	left := s.sub(dt, done)
	size := s.choose(s.apply(kernel.Less, zero, stored), stored, dt)
	last := s.apply(kernel.AtMost, left, size)
	h := s.choose(last, left, s.parted(left, size))
	k, next := s.stages(&m, rates, h, done)
	err, bound := s.substepError(&m, k, next, h)
	rejected := s.apply(kernel.Less, bound, err) // not where it is no number
	rejected = s.mul(rejected, s.apply(kernel.Less, s.constant(shortest*s.dt), h))

	var list []output
	for i, y := range start {
		list = append(list, output{target{leafRow, i}, s.choose(rejected, y, next[i])})
	}
	through := s.choose(s.over(last, next), dt, s.add(done, h))
	through = s.choose(rejected, done, through)
	grown := s.choose(s.apply(kernel.Less, zero, left), s.mul(h, s.growth(&m, err, bound)), stored)
	return append(list,
		output{target{leafRow, row}, grown},
		output{target{leafLocal, 0}, through},
		output{target{leafMask, 0}, s.apply(kernel.Less, through, dt)})
}

// over is where a substep is the last of the step.
func (s *system) over(last ref, next []ref) ref {
	if s.m.until == nil {
		return last
	}
	return s.apply(kernel.Max, last, s.truth(s.lower(s.m.until, s.end(next))))
}

// parted is the next substep where more than one is left: half of the rest if
// that will do, so that none is a sliver.
func (s *system) parted(left, size ref) ref {
	half := s.mul(left, s.constant(0.5))
	return s.apply(kernel.Min, half, size)
}

// stages gives the derivatives at the stages and the variables at the last. The
// derivative there is left out where no estimate needs it.
func (s *system) stages(m *embedded, rates []ref, h, done ref) (k [][]ref, at []ref) {
	times := tableau.Times(m.stages)
	for stage, terms := range m.stages {
		at = append([]ref(nil), s.variables()...)
		if stage > 0 {
			for i := range at {
				at[i] = s.add(at[i], s.mul(h, s.combined(k, terms, i)))
			}
		}
		with := map[ref]ref{}
		for i, v := range s.variables() {
			with[v] = at[i]
		}
		with[s.start.time] = s.add(s.start.time, s.add(done, s.mul(h, s.constant(times[stage]))))
		replace := s.replacer(with)
		values := make([]ref, s.n)
		for i, r := range rates {
			values[i] = replace(r)
		}
		k = append(k, values)
	}
	return k, at
}

func (s *system) combined(k [][]ref, terms []tableau.Term, i int) ref {
	sum := s.constant(0)
	for _, t := range terms {
		sum = s.add(sum, s.mul(k[t.Stage][i], s.constant(t.Weight)))
	}
	return sum
}

// small are values that are next to nothing, by dimension; errors far below
// them do not count, so that a variable at rest needs no care.
var small = map[Dim]float64{
	volt: 1e-3, ampere: 1e-12, siemens: 1e-10,
	second.times(-1): 1, volt.plus(second, -1): 1, ampere.plus(second, -1): 1e-9, siemens.plus(second, -1): 1e-7,
}

// floor is the error that a variable near 0 may have.
func (m *embedded) floor(d Dim) float64 {
	if d == none {
		return m.tolerance * m.number
	}
	return max(m.tolerance*m.small*small[d], 1e-300)
}

// substepError is the error of the variable for which it is largest beside what
// it may be, and that bound.
func (s *system) substepError(m *embedded, k [][]ref, next []ref, h ref) (err, bound ref) {
	bounds := make([]ref, s.n)
	for i, y := range s.variables() {
		size := s.apply(kernel.Max, s.apply(kernel.Abs, y), s.apply(kernel.Abs, next[i]))
		scale := s.add(size, s.apply(kernel.Abs, s.mul(h, k[0][i])))
		bounds[i] = s.add(s.mul(scale, s.constant(m.tolerance)), s.constant(m.floor(s.m.Variables[i].Dim)))
	}
	err, bound = s.worst(m.errors, k, bounds, h)
	if m.rougher == nil {
		return err, bound
	}
	// E. Hairer, S. P. Nørsett and G. Wanner, Solving Ordinary Differential Equations
	// I, 1993, section II.10: e·e/√(e² + 0.01 r²), of errors beside their bounds.
	rough, beside := s.worst(m.rougher, k, bounds, h)
	fine := s.apply(kernel.Max, s.div(err, bound), s.constant(1e-30))
	rough = s.mul(s.div(rough, beside), s.constant(0.1))
	root := s.apply(kernel.Sqrt, s.add(s.mul(fine, fine), s.mul(rough, rough)))
	return s.div(s.mul(fine, fine), root), s.constant(1)
}

// worst is the error that is largest beside its bound. Divisions take long:
// quotients are compared by products.
func (s *system) worst(terms []tableau.Term, k [][]ref, bounds []ref, h ref) (err, bound ref) {
	for i, b := range bounds {
		e := s.apply(kernel.Abs, s.mul(h, s.combined(k, terms, i)))
		if i == 0 {
			err, bound = e, b
			continue
		}
		worse := s.apply(kernel.Less, s.mul(err, b), s.mul(e, bound))
		err, bound = s.choose(worse, e, err), s.choose(worse, b, bound)
	}
	return err, bound
}

// growth is how much longer the next substep may be: 0.8 times a root of the bound
// over the error.
func (s *system) growth(m *embedded, err, bound ref) ref {
	scale := 0.8
	for range m.roots {
		scale *= scale
	}
	root := s.div(s.mul(bound, s.constant(scale)), err)
	for range m.roots {
		root = s.apply(kernel.Sqrt, root)
	}
	return s.apply(kernel.Min, s.apply(kernel.Max, root, s.constant(0.2)), s.constant(5))
}
