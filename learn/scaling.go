package learn

import (
	"fmt"
	"math"

	"soma/internal/elementary"
	"soma/internal/param"
)

// Scaling is homeostasis: all synapses of a neuron grow by the same factor while it
// fires less than it should, and shrink while it fires more,
//
//	dw/dt = β w (r_target − a),   |w| between Wmin and |Wmax|,
//	τ da/dt = −a,   a ← a + 1/τ at every spike of the target
//
// (M. C. W. van Rossum, G. Q. Bi and G. G. Turrigiano, J. Neurosci. 20:8812, 2000,
// eq. 3 without its integral term; G. G. Turrigiano, K. R. Leslie, N. S. Desai,
// L. C. Rutherford and S. B. Nelson, Nature 391:892, 1998). The measured rate a is 0
// at first. It is integrated exactly from spike to spike: over a time Δ after one
// the weight grows by the factor exp(β (r_target Δ − a τ (1 − e^(−Δ/τ)))), with a as
// it was just after the spike.
//
// It can stand beside a rule of spikes, which makes synapses differ while this one
// keeps the rate. The time constant must be short enough for what drives the rates
// away: seconds where that is plasticity (F. Zenke, G. Hennequin and W. Gerstner,
// PLoS Comput. Biol. 9:e1003330, 2013). Inhibitory synapses take a negative β.
type Scaling struct {
	Rate  float64 `param:"rate" unit:"Hz" default:"5" check:">=0" doc:"the rate to aim at"`
	Tau   float64 `param:"tau" unit:"s" default:"100" check:">0" doc:"time constant with which the rate is measured"`
	Beta  float64 `param:"beta" default:"4e-5" doc:"speed: relative change of the weights per second, for each hertz that the rate is off; negative for inhibition"`
	Wmin  float64 `param:"Wmin" check:">=0" doc:"least size of a weight, in the unit of the receptor"`
	Wmax  float64 `param:"Wmax" doc:"largest weight, in the unit of the receptor, with the sign of the weights; default: 100 pA, nS or mV"`
	Delay string  `param:"delay" doc:"where the delay is: \"dendritic\" (default) or \"axonal\""`
}

// Spec implements Rule.
func (Scaling) Spec() Spec { return Spec{Name: "scaling", Synapses: true} }

// Check implements Checker.
func (r Scaling) Check() []param.Problem { return checkDelay(r.Delay) }

// Start implements SynapseRule.
func (r Scaling) Start(env Env) (Plasticity, error) {
	r = param.Resolve(r)
	var err error
	if r.Wmax, err = bound(r.Wmax, 100, env); err != nil {
		return nil, err
	}
	if r.Wmin > math.Abs(r.Wmax) {
		return nil, fmt.Errorf("the bounds are %g and %g: Wmin is above Wmax", r.Wmin, math.Abs(r.Wmax))
	}
	return &scaling{Scaling: r, dt: env.Dt, decay: NewDecay(r.Tau, env.Dt)}, nil
}

type scaling struct {
	Scaling
	dt    float64
	decay Decay
}

// Traces implements Plasticity: a is the trace of the target, divided by τ.
func (r *scaling) Traces() Traces {
	return Traces{Post: []Trace{{Tau: r.Tau}}, Axonal: r.Delay == axonal}
}

// OnPost implements Plasticity.
func (r *scaling) OnPost(*Event) {}

// OnPre implements Plasticity.
func (r *scaling) OnPre(*Event) {}

// Pass implements Flowing. While a is above the target the weight goes one way, and
// then the other, so that bounds are tested at the turn as well.
func (r *scaling) Pass(e *Event, steps int64) {
	size, trace := math.Abs(e.Weight), e.Post[0]
	span, decay := float64(float64(steps)*r.dt), r.decay.At(steps)
	growth := r.growth(span, trace, decay)
	atTarget := float64(r.Rate * r.Tau) // the trace at which the weight turns
	turns := trace > atTarget && float64(trace*decay) < atTarget
	// What is lost until the turn is at most β times the trace.
	if turns && (r.Beta < 0 || float64(size*(1-float64(r.Beta*trace))) < r.Wmin) {
		turn := r.growth(float64(r.Tau*elementary.Log(trace/atTarget)), trace, atTarget/trace)
		size = r.bounded(size, turn)
		growth -= turn
	}
	e.Weight = math.Copysign(r.bounded(size, growth), r.Wmax)
}

// growth is the logarithm of the factor by which weights grow over a span.
func (r *scaling) growth(span, trace, decay float64) float64 {
	return float64(r.Beta * (float64(r.Rate*span) - float64(trace*(1-decay))))
}

func (r *scaling) bounded(size, growth float64) float64 {
	return min(max(float64(size*elementary.Exp(growth)), r.Wmin), math.Abs(r.Wmax))
}
