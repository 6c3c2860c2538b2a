package synapse

import "soma/internal/elementary"

// negligible is the time constant, in steps, below which a filter is taken as
// no filter: it would pass more than 1 − 1e-14 of its input at once.
const negligible = 0.03

// Lowpass is the first-order lowpass, the exponential synapse: the impulse
// response is exp(−t/τ)/τ. For an input held over the step it is exact:
//
//	y ← e^(−dt/τ) y + (1 − e^(−dt/τ)) u
//
// A Tau of 0 passes the input on, one step later.
type Lowpass struct {
	Tau float64 `param:"tau" unit:"s" check:">=0" doc:"time constant"`
}

// Discrete implements Synapse.
func (l Lowpass) Discrete(dt float64) (System, error) {
	if l.Tau <= negligible*dt {
		return System{D: 1}, nil
	}
	a := elementary.Exp(-dt / l.Tau)
	return System{A: [][]float64{{a}}, B: []float64{1 - a}, C: []float64{1}}, nil
}

// TimeConstant implements TimeConstant.
func (l Lowpass) TimeConstant() float64 { return l.Tau }

// Alpha is the second-order lowpass with two equal time constants, the alpha
// synapse: the impulse response is t exp(−t/τ)/τ². It is exact for an input
// held over the step.
//
// A Tau of 0 passes the input on, one step later.
type Alpha struct {
	Tau float64 `param:"tau" unit:"s" check:">=0" doc:"time constant; the response peaks after it"`
}

// Discrete implements Synapse. With h = dt/τ and e = exp(−h) the two cascaded
// lowpasses x₁' = (u − x₁)/τ, x₂' = (x₁ − x₂)/τ have the exact step
//
//	x₁ ← e x₁ + (1 − e) u
//	x₂ ← e x₂ + h e x₁ + (1 − e − h e) u
func (a Alpha) Discrete(dt float64) (System, error) {
	if a.Tau <= negligible*dt {
		return System{D: 1}, nil
	}
	h := dt / a.Tau
	e := elementary.Exp(-h)
	fall := -elementary.Expm1(-h) // 1 − e without cancellation
	he := float64(h * e)
	return System{
		A: [][]float64{{e, 0}, {he, e}},
		B: []float64{fall, alphaGain(h, fall, he)},
		C: []float64{0, 1},
	}, nil
}

// alphaGain is 1 − e^−h − h e^−h; for small h by its series, where the terms
// would cancel.
func alphaGain(h, fall, he float64) float64 {
	if h > 0.1 {
		return fall - he
	}
	// Σ_{k≥2} (−1)^k (k−1)/k! h^k
	sum, term := 0.0, h
	for k := 2; k < 16; k++ {
		term = float64(-term*h) / float64(k)
		sum -= float64(float64(k-1) * term)
	}
	return sum
}

// TimeConstant implements TimeConstant.
func (a Alpha) TimeConstant() float64 { return a.Tau }
