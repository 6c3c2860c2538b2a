package connect

import (
	"fmt"
	"math"

	"soma/internal/rng"
)

// A Value gives every synapse of a connection a number: its weight or delay.
type Value interface {
	// Check reports whether the value fits a plan.
	Check(plan Plan) error
	// Bounds returns the least and the greatest number that it gives.
	Bounds() (low, high float64)
	// Fill sets the numbers of the synapses onto one target.
	Fill(synapses Synapses, values []float64)
}

// Synapses are those onto one target, in the order of the plan.
type Synapses struct {
	Stream  rng.Stream // of this value of this connection
	Target  int
	Sources []int32
	Numbers []int // see Plan; nil where the plan has none
}

// Constant is one number for all synapses.
type Constant float64

// Check implements Value.
func (c Constant) Check(Plan) error { return finite("value", float64(c)) }

// Bounds implements Value.
func (c Constant) Bounds() (low, high float64) { return float64(c), float64(c) }

// Fill implements Value.
func (c Constant) Fill(_ Synapses, values []float64) {
	for i := range values {
		values[i] = float64(c)
	}
}

// Array is one number per synapse, in the order of Plan.Numbers.
type Array []float64

// Check implements Value.
func (a Array) Check(plan Plan) error {
	if plan.Numbers == nil {
		return fmt.Errorf("an array needs a rule with a known number of synapses per target; give a distribution, or list the synapses")
	}
	if len(a) != plan.Values {
		return fmt.Errorf("the array has %d values, the connection %d synapses; give one per synapse", len(a), plan.Values)
	}
	for i, x := range a {
		if err := finite(fmt.Sprintf("value %d", i), x); err != nil {
			return err
		}
	}
	return nil
}

// Bounds implements Value.
func (a Array) Bounds() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, x := range a {
		low, high = min(low, x), max(high, x)
	}
	return low, high
}

// Fill implements Value.
func (a Array) Fill(s Synapses, values []float64) {
	for i, number := range s.Numbers {
		values[i] = a[number]
	}
}

// A Quantile is a Value that is drawn independently for each synapse: a rising
// function of 32 random bits. Synapse k of target j takes word k of element j
// of the stream, see [Words].
type Quantile interface {
	Value
	At(word uint32) float64
}

func fillQuantile(at func(uint32) float64, s Synapses, values []float64) {
	d := newDraws(s.Stream, uint64(s.Target))
	for i := range values {
		values[i] = at(d.next())
	}
}

// midpoint maps 32 bits to the middle of one of 2³² equal parts of (0, 1).
func midpoint(word uint32) float64 { return float64((float64(word) + 0.5) * 0x1p-32) }

// Uniform is uniform between two numbers.
type Uniform struct {
	Low  float64 `param:"low" doc:"lower bound"`
	High float64 `param:"high" doc:"upper bound"`
}

// Check implements Value.
func (u Uniform) Check(Plan) error {
	if !(u.Low <= u.High) {
		return fmt.Errorf("low %g is above high %g; swap the two", u.Low, u.High)
	}
	return finite("width", u.High-u.Low)
}

// Bounds implements Value.
func (u Uniform) Bounds() (low, high float64) { return u.At(0), u.At(math.MaxUint32) }

// At implements Quantile.
func (u Uniform) At(word uint32) float64 {
	return u.Low + float64((u.High-u.Low)*midpoint(word))
}

// Fill implements Value.
func (u Uniform) Fill(s Synapses, values []float64) { fillQuantile(u.At, s, values) }

func finite(what string, x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return fmt.Errorf("the %s is %g; give a finite number", what, x)
	}
	return nil
}
