// Package synapse holds the linear filters that stand for the dynamics of a
// synapse: what arrives is convolved with the impulse response.
//
// A filter on a connection or probe is applied at the end of a step and seen in
// the next: every synapse, even one with a time constant of zero, delays by one
// step. [None] filters nothing and does not delay.
//
// A [Synapse] is discretised once, at build time, into a small state-space
// system ([System]) that the engine steps for every dimension of the signal. A
// program can supply its own synapse by implementing the interface.
package synapse

import "soma/internal/param"

// A Synapse is a linear filter.
type Synapse interface {
	// Discrete gives the filter for steps of dt seconds.
	Discrete(dt float64) (System, error)
}

// System is a discrete linear system with one input u and one output y:
//
//	x ← A x + B u
//	y = C x + D u
//
// With D = 0 the state is stepped first and the output is that of the new
// state; with D ≠ 0 the output is taken before the state is stepped. A system
// of order 0 passes D·u on.
//
// Or, in place of all these, Taps is the impulse response, from the present
// input on: y is the sum of Taps[k] times the input of k steps before.
type System struct {
	A [][]float64 // order × order
	B []float64   // order
	C []float64   // order
	D float64

	Taps []float64
}

// Order is the number of state variables.
func (s System) Order() int { return max(len(s.A), len(s.Taps)-1) }

// None is no filter and no delay: the connection acts within the step.
type None struct{}

// Discrete implements Synapse. The engine treats None on its own, without a
// system and without the delay of one step.
func (None) Discrete(float64) (System, error) { return System{D: 1}, nil }

// IsNone says whether a synapse passes its input on within the step.
func IsNone(s Synapse) bool {
	_, none := s.(None)
	return s == nil || none
}

// Default is the synapse of a connection that names none: a lowpass of 5 ms.
func Default() Synapse { return Lowpass{Tau: 0.005} }

// A Checker has constraints beyond the range of each of its parameters.
type Checker interface {
	Check() []param.Problem
}

// Check reports what is wrong with the parameters of a synapse.
func Check(s Synapse) []param.Problem {
	if c, ok := s.(Checker); ok {
		return c.Check()
	}
	return param.Check(s)
}

// TimeConstant is implemented by synapses whose shortest time constant should be
// well above the step.
type TimeConstant interface{ TimeConstant() float64 }
