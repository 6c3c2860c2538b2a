// Package signal holds the sources that a node can play: constants, functions
// of time, values at points in time, waveforms, noise. [External] is one that the
// program sets between steps.
//
// Those that can have any number of values are [Sizable]: their Dims is 1 when it
// is 0. What is random in them is drawn from the stream of the node, and every
// value and step has numbers of its own.
//
// A [Signal] is a description; Start makes the running source, which the
// engine calls once per step with the time at the end of that step. A program
// can supply its own by implementing the interface.
package signal

import (
	"math"

	"soma/internal/param"
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

// A Sizable signal can have any number of values, each on its own.
type Sizable interface {
	Signal
	// Sized is the signal with n values.
	Sized(n int) Signal
}

// A Checker has parameters that can be wrong.
type Checker interface {
	Check() []param.Problem
}

// A DtChecker knows for which steps it makes sense.
type DtChecker interface {
	CheckDt(dt float64) []param.Problem
}

// Check reports what is wrong with the parameters of a signal, for steps of dt.
func Check(s Signal, dt float64) []param.Problem {
	var problems []param.Problem
	if c, ok := s.(Checker); ok {
		problems = c.Check()
	}
	if c, ok := s.(DtChecker); ok && problems == nil && dt > 0 {
		problems = c.CheckDt(dt)
	}
	return problems
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

// stepOf is the number of the step that ends at t.
func (e Env) stepOf(t float64) int64 { return int64(math.Floor(t/e.Dt + 0.5)) }

// slack is how much a time may be off by rounding and still be the same.
func (e Env) slack() float64 { return 1e-6 * e.Dt }
