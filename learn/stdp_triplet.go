package learn

import (
	"math"

	"soma/internal/param"
)

// STDPTriplet is spike-timing-dependent plasticity by triplets of spikes,
//
//	post: w ← w + r₁ (A₂⁺ + A₃⁺ o₂),    at most Wmax,
//	pre:  w ← w − o₁ (A₂⁻ + A₃⁻ r₂),    at least 0,
//
// with a fast and a slow trace of the source (r₁, τ₊; r₂, τ_x) and of the target
// (o₁, τ₋; o₂, τ_y), each as it was just before the spike (J.-P. Pfister and
// W. Gerstner, J. Neurosci. 26:9673, 2006, eqs. 3 and 4; the defaults are those of
// the full model for visual cortex, times 1 pA, nS or mV). Weights may be
// negative; they grow away from 0.
type STDPTriplet struct {
	Wmax            float64 `param:"Wmax" doc:"largest weight, in the unit of the receptor, with the sign of the weights; default: 100 pA, nS or mV"`
	TauPlus         float64 `param:"tau_plus" unit:"s" default:"0.0168" check:">0" doc:"time constant of the fast trace of the source"`
	TauPlusTriplet  float64 `param:"tau_plus_triplet" unit:"s" default:"0.101" check:">0" doc:"time constant of the slow trace of the source"`
	TauMinus        float64 `param:"tau_minus" unit:"s" default:"0.0337" check:">0" doc:"time constant of the fast trace of the target"`
	TauMinusTriplet float64 `param:"tau_minus_triplet" unit:"s" default:"0.125" check:">0" doc:"time constant of the slow trace of the target"`
	Aplus           float64 `param:"Aplus" check:">=0" doc:"potentiation by pairs, in the unit of the receptor; default: 5e-10 pA, nS or mV"`
	AplusTriplet    float64 `param:"Aplus_triplet" check:">=0" doc:"potentiation by triplets; default: 6.2e-3 pA, nS or mV"`
	Aminus          float64 `param:"Aminus" check:">=0" doc:"depression by pairs; default: 7e-3 pA, nS or mV"`
	AminusTriplet   float64 `param:"Aminus_triplet" check:">=0" doc:"depression by triplets; default: 2.3e-4 pA, nS or mV"`
	Delay           string  `param:"delay" doc:"where the delay is: \"dendritic\" (default) or \"axonal\""`
}

// Spec implements Rule.
func (STDPTriplet) Spec() Spec { return Spec{Name: "stdp_triplet", Synapses: true} }

// Check implements Checker.
func (r STDPTriplet) Check() []param.Problem { return checkDelay(r.Delay) }

// Start implements SynapseRule.
func (r STDPTriplet) Start(env Env) (Plasticity, error) {
	// What is 0 here was not given, or was given as 0 and is then param.Zero.
	unit := math.Abs(env.Unit)
	unless(&r.Aplus, 5e-10*unit)
	unless(&r.AplusTriplet, 6.2e-3*unit)
	unless(&r.Aminus, 7e-3*unit)
	unless(&r.AminusTriplet, 2.3e-4*unit)
	r = param.Resolve(r)
	var err error
	r.Wmax, err = bound(r.Wmax, 100, env)
	return &stdpTriplet{r, math.Copysign(1, r.Wmax)}, err
}

type stdpTriplet struct {
	STDPTriplet
	sign float64
}

// Traces implements Plasticity.
func (r *stdpTriplet) Traces() Traces {
	return Traces{
		Pre:    []Trace{{Tau: r.TauPlus}, {Tau: r.TauPlusTriplet}},
		Post:   []Trace{{Tau: r.TauMinus}, {Tau: r.TauMinusTriplet}},
		Axonal: r.Delay == axonal,
	}
}

// OnPost implements Plasticity.
func (r *stdpTriplet) OnPost(e *Event) { e.Weight = r.potentiated(e.Weight, e.Pre[0], e.Post[1]) }

// OnPre implements Plasticity.
func (r *stdpTriplet) OnPre(e *Event) { e.Weight = r.depressed(e.Weight, e.Post[0], e.Pre[1]) }

// potentiated is the weight after a spike of the target, given the fast trace of
// the source and the slow one of the target.
func (r *stdpTriplet) potentiated(w, pre, slow float64) float64 {
	w = math.Abs(w) + float64(pre*(r.Aplus+float64(r.AplusTriplet*slow)))
	return float64(r.sign * min(w, math.Abs(r.Wmax)))
}

// depressed is the weight after a spike of the source, given the fast trace of
// the target and the slow one of the source.
func (r *stdpTriplet) depressed(w, post, slow float64) float64 {
	w = math.Abs(w) - float64(post*(r.Aminus+float64(r.AminusTriplet*slow)))
	return float64(r.sign * max(w, 0))
}
