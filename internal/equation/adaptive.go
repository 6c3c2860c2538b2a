package equation

import "soma/internal/kernel"

// The method of J. R. Dormand and P. J. Prince (J. Comput. Appl. Math. 6:19, 1980)
// of order 5, with an error estimate of order 4. The last stage is the solution.
var (
	dormandPrince = [][]float64{
		{},
		{1. / 5},
		{3. / 40, 9. / 40},
		{44. / 45, -56. / 15, 32. / 9},
		{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
		{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
		{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
	}
	dormandPrinceTimes = []float64{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1}
	dormandPrinceError = []float64{71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40}
)

const (
	// tolerance is the error of one substep relative to each variable, its change
	// and its small values.
	tolerance = 1e-9
	// shortest is the part of a step below which a substep is taken whatever its
	// error.
	shortest = 1e-5
	// maxAttempts bounds the work of one neuron in one step; what takes more has
	// no solution.
	maxAttempts = 10_000
)

// adaptive is one attempt at a substep, for every neuron with a size of its own.
// Neurons that are through with the step stand still, so that how many attempts
// a block of neurons makes changes nothing. The mask is who is not through. Every
// attempt evaluates the equations seven times.
func (s *system) adaptive() []output {
	rates := s.stopped()
	start, row := s.variables(), s.m.rows[substepName]
	stored, done := s.leaf(leafRow, row), s.leaf(leafLocal, 0)
	dt, zero := s.constant(s.dt), s.constant(0)

	left := s.sub(dt, done)
	size := s.choose(s.apply(kernel.Less, zero, stored), stored, dt)
	last := s.apply(kernel.AtMost, left, size)
	h := s.choose(last, left, s.parted(left, size))
	k, next := s.stages(rates, h, done)
	err, bound := s.substepError(k, next, h)
	rejected := s.apply(kernel.Less, bound, err) // not where it is no number
	rejected = s.mul(rejected, s.apply(kernel.Less, s.constant(shortest*s.dt), h))

	var list []output
	for i, y := range start {
		list = append(list, output{target{leafRow, i}, s.choose(rejected, y, next[i])})
	}
	through := s.choose(last, dt, s.add(done, h))
	through = s.choose(rejected, done, through)
	grown := s.choose(s.apply(kernel.Less, zero, left), s.mul(h, s.growth(err, bound)), stored)
	return append(list,
		output{target{leafRow, row}, grown},
		output{target{leafLocal, 0}, through},
		output{target{leafMask, 0}, s.apply(kernel.Less, through, dt)})
}

// parted is the next substep where more than one is left: half of the rest if
// that will do, so that none is a sliver.
func (s *system) parted(left, size ref) ref {
	half := s.mul(left, s.constant(0.5))
	return s.apply(kernel.Min, half, size)
}

// stages gives the derivatives at the stages and the variables at the last.
func (s *system) stages(rates []ref, h, done ref) (k [][]ref, at []ref) {
	for stage, weights := range dormandPrince {
		at = append([]ref(nil), s.variables()...)
		if stage > 0 {
			for i := range at {
				at[i] = s.add(at[i], s.mul(h, s.combined(k, weights, i)))
			}
		}
		with := map[ref]ref{}
		for i, v := range s.variables() {
			with[v] = at[i]
		}
		with[s.start.time] = s.add(s.start.time, s.add(done, s.mul(h, s.constant(dormandPrinceTimes[stage]))))
		replace := s.replacer(with)
		values := make([]ref, s.n)
		for i, r := range rates {
			values[i] = replace(r)
		}
		k = append(k, values)
	}
	return k, at
}

func (s *system) combined(k [][]ref, weights []float64, i int) ref {
	sum := s.constant(0)
	for stage, w := range weights {
		sum = s.add(sum, s.mul(k[stage][i], s.constant(w)))
	}
	return sum
}

// small are values that are next to nothing, by dimension; errors far below
// them do not count, so that a variable at rest needs no care.
var small = map[Dim]float64{
	none: 1e-3, volt: 1e-3, ampere: 1e-12, siemens: 1e-10,
	second.times(-1): 1, volt.plus(second, -1): 1, ampere.plus(second, -1): 1e-9, siemens.plus(second, -1): 1e-7,
}

// substepError is the error of the variable for which it is largest beside what
// it may be, and that bound. Divisions take long: quotients are compared by
// products.
func (s *system) substepError(k [][]ref, next []ref, h ref) (err, bound ref) {
	for i, y := range s.variables() {
		e := s.apply(kernel.Abs, s.mul(h, s.combined(k, dormandPrinceError, i)))
		size := s.apply(kernel.Max, s.apply(kernel.Abs, y), s.apply(kernel.Abs, next[i]))
		scale := s.add(size, s.apply(kernel.Abs, s.mul(h, k[0][i])))
		floor := max(tolerance*small[s.m.Variables[i].Dim], 1e-300)
		b := s.add(s.mul(scale, s.constant(tolerance)), s.constant(floor))
		if i == 0 {
			err, bound = e, b
			continue
		}
		worse := s.apply(kernel.Less, s.mul(err, b), s.mul(e, bound))
		err, bound = s.choose(worse, e, err), s.choose(worse, b, bound)
	}
	return err, bound
}

// growth is how much longer the next substep may be: 0.8 times the fourth root of
// the bound over the error.
func (s *system) growth(err, bound ref) ref {
	ratio := s.div(s.mul(bound, s.constant(0.8*0.8*0.8*0.8)), err)
	root := s.apply(kernel.Sqrt, s.apply(kernel.Sqrt, ratio))
	return s.apply(kernel.Min, s.apply(kernel.Max, root, s.constant(0.2)), s.constant(5))
}
