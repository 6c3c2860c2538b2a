package neuron

import (
	"fmt"
	"math"
	"sort"

	"soma/internal/param"
)

// A Piece is a value that a generator takes on after a number of steps.
type Piece struct {
	After int64
	Value float64
}

// pieces are a course over time; before the first the value is 0.
type pieces []Piece

// index is the piece of a step, or -1.
func (p pieces) index(step int64) int {
	return sort.Search(len(p), func(i int) bool { return p[i].After >= step }) - 1
}

// at is the value during a step.
func (p pieces) at(step int64) float64 {
	if i := p.index(step); i >= 0 {
		return p[i].Value
	}
	return 0
}

// toSteps rounds a time to the end of a step, halves up.
func toSteps(t, dt float64) int64 { return int64(math.Floor(t/dt + 0.5)) }

// newPieces are values from given times on, and 0 outside of start to stop.
func newPieces(times, values []float64, w window, dt float64) pieces {
	first, last := w.steps(dt)
	list := pieces{{After: first}}
	for i, t := range times {
		after := toSteps(t, dt)
		switch {
		case after <= first:
			list[0].Value = values[i]
		case after < last:
			list = append(list, Piece{after, values[i]})
		}
	}
	if last < math.MaxInt64 {
		list = append(list, Piece{After: last})
	}
	return list
}

// window is when a generator is on: after start up to stop, 0 being never.
type window struct{ start, stop float64 }

func (w window) steps(dt float64) (first, last int64) {
	if w.stop == 0 {
		return toSteps(w.start, dt), math.MaxInt64
	}
	return toSteps(w.start, dt), toSteps(w.stop, dt)
}

// open says whether a step lies within.
func (w window) open(step int64, dt float64) bool {
	first, last := w.steps(dt)
	return step > first && step <= last
}

func (w window) check() []param.Problem {
	if w.stop == 0 || w.stop >= w.start {
		return nil
	}
	return []param.Problem{{
		Field:   "stop",
		Problem: param.Quantity(w.stop, "s") + " comes before the start at " + param.Quantity(w.start, "s"),
		Remedy:  "give a later time, or 0 for never",
	}}
}

// checkCourse wants rising times with a finite value, not below low, for each.
func checkCourse(what string, times, values []float64, low float64) []param.Problem {
	if len(times) != len(values) {
		return []param.Problem{{
			Field: what + "_values", Problem: fmt.Sprintf("%d values for %d times", len(values), len(times)), Remedy: "give one for each",
		}}
	}
	for i, t := range times {
		if !(t >= 0) || math.IsInf(t, 0) {
			return []param.Problem{{Field: what + "_times", Problem: fmt.Sprintf("time %d is %g s", i, t), Remedy: "give times from 0 on"}}
		}
		if i > 0 && !(t > times[i-1]) {
			return []param.Problem{{Field: what + "_times", Problem: fmt.Sprintf("time %d, %g s, does not come after the one it follows, %g s", i, t, times[i-1]), Remedy: "give rising times"}}
		}
		if x := values[i]; !(x >= low) || math.IsInf(x, 0) {
			remedy := "give finite numbers"
			if low == 0 {
				remedy = "give finite numbers, 0 or above"
			}
			return []param.Problem{{Field: what + "_values", Problem: fmt.Sprintf("value %d is %g", i, x), Remedy: remedy}}
		}
	}
	return nil
}

// unbounded is the lower bound of any finite value.
const unbounded = -math.MaxFloat64
