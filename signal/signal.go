// Package signal holds the sources that a node can play: constants, functions
// of time, tables.
//
// A [Signal] is a description; Start makes the running source, which the
// engine calls once per step with the time at the end of that step. A program
// can supply its own by implementing the interface.
package signal

import (
	"fmt"
	"math"
	"sort"

	"soma/internal/rng"
)

// A Signal is a source of Size values over time.
type Signal interface {
	// Size is the number of values.
	Size() int
	// Start makes a source that runs from t = 0. The source writes its values
	// at time t (seconds) to out; it is called with rising t.
	Start(env Env) (func(t float64, out []float64), error)
}

// Env is what a running source may use.
type Env struct {
	Dt     float64    // length of a step, s
	Stream rng.Stream // random numbers of this node
}

// Constant holds its values for ever.
type Constant []float64

// Size implements Signal.
func (c Constant) Size() int { return len(c) }

// Start implements Signal.
func (c Constant) Start(Env) (func(float64, []float64), error) {
	return func(_ float64, out []float64) { copy(out, c) }, nil
}

// Func is a function of time with one value.
type Func func(t float64) float64

// Size implements Signal.
func (Func) Size() int { return 1 }

// Start implements Signal.
func (f Func) Start(Env) (func(float64, []float64), error) {
	return func(t float64, out []float64) { out[0] = f(t) }, nil
}

// Vector is a function of time with N values.
type Vector struct {
	N int
	F func(t float64, out []float64)
}

// Size implements Signal.
func (v Vector) Size() int { return v.N }

// Start implements Signal.
func (v Vector) Start(Env) (func(float64, []float64), error) { return v.F, nil }

// Piecewise holds each value from its time on until the next: Values[i] from
// Times[i]. Before the first time it is 0.
type Piecewise struct {
	Times  []float64   // s, rising
	Values [][]float64 // one row per time, of one length
}

// Size implements Signal.
func (p Piecewise) Size() int {
	if len(p.Values) == 0 {
		return 0
	}
	return len(p.Values[0])
}

// Start implements Signal.
func (p Piecewise) Start(env Env) (func(float64, []float64), error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	// A step belongs to a piece when its end does, to within rounding.
	slack := 1e-6 * env.Dt
	return func(t float64, out []float64) {
		i := sort.SearchFloat64s(p.Times, math.Nextafter(t+slack, math.Inf(1)))
		if i == 0 {
			clear(out)
			return
		}
		copy(out, p.Values[i-1])
	}, nil
}

func (p Piecewise) check() error {
	if len(p.Times) == 0 || len(p.Times) != len(p.Values) {
		return fmt.Errorf("%d times for %d values; give one value per time", len(p.Times), len(p.Values))
	}
	for i := range p.Times {
		if i > 0 && !(p.Times[i] > p.Times[i-1]) {
			return fmt.Errorf("time %g s does not come after %g s; give rising times", p.Times[i], p.Times[i-1])
		}
		if len(p.Values[i]) != p.Size() {
			return fmt.Errorf("the value at %g s has %d numbers, the first has %d; give values of one length", p.Times[i], len(p.Values[i]), p.Size())
		}
	}
	return nil
}
