package neuron

import (
	"math"

	"soma/internal/tableau"
)

// equations are a system dy/dt = f(y).
type equations interface {
	derive(y, dydt []float64)
}

// rungeKutta solves equations by Dormand and Prince's embedded method of order 8.
// It belongs to one goroutine and keeps nothing of a neuron between steps: the
// size of the next substep is for the caller to store.
type rungeKutta struct {
	f      equations
	scale  []float64     // magnitudes below which an error counts as absolute
	care   float64       // the tolerance, relative to solverTolerance
	k      [13][]float64 // derivatives at the stages
	next   []float64     // the solution after the last substep
	sum    []float64     // scratch; this and k have room for whole lanes
	size   float64       // of the next substep, s; 0: not known
	budget int           // substeps left in this step
}

// lanes is how many variables are summed up together.
const lanes = 4

const (
	// solverTolerance is the error of one substep relative to each variable.
	solverTolerance = 1e-11
	// maxSubsteps bounds the work of one neuron in one step. An exponential
	// upswing takes a few hundred substeps; what takes more has no solution.
	maxSubsteps = 100_000
)

func newRungeKutta(f equations, scale ...float64) *rungeKutta {
	n := len(scale)
	room := (n + lanes - 1) / lanes * lanes
	r := &rungeKutta{f: f, scale: scale, care: 1, next: make([]float64, n), sum: make([]float64, room)}
	for i := range r.k {
		r.k[i] = make([]float64, room)
	}
	return r
}

// begin starts a neuron's step at y, with the substep size that the last one
// left.
func (r *rungeKutta) begin(y []float64, size float64) {
	r.size, r.budget = size, maxSubsteps
	r.restart(y)
}

// restart must follow every change to y or to the equations.
func (r *rungeKutta) restart(y []float64) { r.f.derive(y, r.k[0]) }

// advance carries y over a span of time.
func (r *rungeKutta) advance(y []float64, span float64) {
	for span > 0 {
		span -= r.substep(y, span)
		r.accept(y)
	}
}

// substep tries smaller and smaller substeps from y until the error is within
// the tolerance; it leaves the solution in next and returns how far it went, at
// most limit. A span is cut into equal substeps, so that none is a sliver.
func (r *rungeKutta) substep(y []float64, limit float64) float64 {
	size := r.size
	if !(size > 0) {
		size = limit
	}
	for r.budget--; r.budget > 0; r.budget-- {
		h := limit
		if size < limit {
			h = limit / math.Ceil(limit/size)
		}
		err := r.try(y, h)
		switch {
		case err > 1 && h > 0:
			size = h * max(0.2, 0.9*errorFactor(err))
		case err < 0.3:
			r.size = h * min(4, 0.9*errorFactor(err))
			return h
		default: // also when the solution is not a number
			r.size = h
			return h
		}
	}
	r.try(y, limit)
	return limit
}

// errorFactor is how much a substep may grow to bring the error to 1.
func errorFactor(err float64) float64 {
	return 1 / math.Sqrt(math.Sqrt(math.Sqrt(err)))
}

// accept moves y to the end of the last substep.
func (r *rungeKutta) accept(y []float64) {
	copy(y, r.next)
	r.k[0], r.k[12] = r.k[12], r.k[0]
}

// try makes a substep h from y, leaves the solution in next and its derivative
// in the last stage, and returns the error relative to the tolerance.
func (r *rungeKutta) try(y []float64, h float64) float64 {
	for stage := 1; stage < len(r.k); stage++ {
		r.combine(tableau.Eighth[stage])
		for i, start := range y {
			r.next[i] = start + float64(h*r.sum[i])
		}
		r.f.derive(r.next, r.k[stage])
	}
	fifth, third := r.error(tableau.EighthError5, h), r.error(tableau.EighthError3, h)
	if fifth == 0 {
		return 0
	}
	return fifth * (fifth / math.Sqrt(float64(fifth*fifth)+float64(0.01*float64(third*third))))
}

// error returns the largest error of a variable by one of the estimates,
// relative to the tolerance.
func (r *rungeKutta) error(estimate []tableau.Term, h float64) float64 {
	r.combine(estimate)
	worst := 0.0
	for i, y := range r.next {
		bound := solverTolerance * r.care * (r.scale[i] + math.Abs(y))
		if ratio := math.Abs(h*r.sum[i]) / bound; !(ratio <= worst) {
			worst = ratio
		}
	}
	return worst
}

// combine sums up derivatives.
func (r *rungeKutta) combine(terms []tableau.Term) {
	for i := 0; i < len(r.sum); i += lanes {
		var a, b, c, d float64
		for _, t := range terms {
			k := (*[lanes]float64)(r.k[t.Stage][i:])
			a += float64(t.Weight * k[0])
			b += float64(t.Weight * k[1])
			c += float64(t.Weight * k[2])
			d += float64(t.Weight * k[3])
		}
		sum := (*[lanes]float64)(r.sum[i:])
		sum[0], sum[1], sum[2], sum[3] = a, b, c, d
	}
}

// crossing finds where variable 0 passes a level between y and the solution of
// the last substep, which was h long. It leaves the solution there in next and
// returns how far it lies from y. Newton's method, kept in a bracket.
func (r *rungeKutta) crossing(y []float64, h, level float64) float64 {
	low, high := 0.0, h
	for range 60 {
		above := r.next[0] - level
		if math.Abs(above) <= 1e-15 {
			break
		}
		if above > 0 {
			high = h
		} else {
			low = h
		}
		guess := h - above/r.k[12][0]
		if !(guess > low && guess < high) {
			guess = 0.5 * (low + high)
		}
		done := math.Abs(guess-h) <= 1e-14*h
		h = guess
		r.try(y, h)
		if done {
			break
		}
	}
	return h
}
