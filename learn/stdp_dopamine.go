package learn

import (
	"fmt"
	"math"

	"soma/internal/param"
)

// STDPDopamine is spike-timing-dependent plasticity that a third population
// gates. Pairs of spikes change an eligibility c, and the weight follows it as
// far as the concentration n of dopamine differs from a baseline b:
//
//	dw/dt = c (n − b),   between Wmin and Wmax,
//	dc/dt = −c/τ_c,   post: c ← c + A₊ K₊,   pre: c ← c − A₋ K₋,
//	dn/dt = −n/τ_n,   n ← n + 1/τ_n at every spike of the population
//
// (E. M. Izhikevich, Cereb. Cortex 17:2443, 2007; W. Potjans, A. Morrison and
// M. Diesmann, Front. Comput. Neurosci. 4:141, 2010; NEST's
// stdp_dopamine_synapse). It is integrated exactly from spike to spike. The
// population is connected to the connection's learning input; without one, n is
// 0.
type STDPDopamine struct {
	Wmin     float64 `param:"Wmin" doc:"least weight, in the unit of the receptor"`
	Wmax     float64 `param:"Wmax" doc:"largest weight, in the unit of the receptor; default: 200 pA, nS or mV"`
	TauPlus  float64 `param:"tau_plus" unit:"s" default:"0.02" check:">0" doc:"time constant of the trace of the source"`
	TauMinus float64 `param:"tau_minus" unit:"s" default:"0.02" check:">0" doc:"time constant of the trace of the target"`
	TauC     float64 `param:"tau_c" unit:"s" default:"1" check:">0" doc:"time constant of the eligibility"`
	TauN     float64 `param:"tau_n" unit:"s" default:"0.2" check:">0" doc:"time constant of dopamine"`
	B        float64 `param:"b" unit:"Hz" check:">=0" doc:"baseline of dopamine, in spikes per second of the population"`
	Aplus    float64 `param:"A_plus" check:">=0" doc:"eligibility by a target spike after a source spike, in the unit of the receptor; default: 1 pA, nS or mV"`
	Aminus   float64 `param:"A_minus" check:">=0" doc:"loss of eligibility by a source spike after a target spike; default: 1.5 pA, nS or mV"`
	Delay    string  `param:"delay" doc:"where the delay is: \"dendritic\" (default) or \"axonal\""`
}

// Spec implements Rule.
func (STDPDopamine) Spec() Spec { return Spec{Name: "stdp_dopamine", Synapses: true, Input: Spikes} }

// Check implements Checker.
func (r STDPDopamine) Check() []param.Problem { return checkDelay(r.Delay) }

// Start implements SynapseRule.
func (r STDPDopamine) Start(env Env) (Plasticity, error) {
	unit := math.Abs(env.Unit)
	unless(&r.Aplus, unit)
	unless(&r.Aminus, 1.5*unit)
	unless(&r.Wmax, 200*unit)
	r = param.Resolve(r)
	if r.Wmin > r.Wmax {
		return nil, fmt.Errorf("the bounds are %g and %g: Wmin is above Wmax", r.Wmin, r.Wmax)
	}
	both := float64(r.TauC*r.TauN) / (r.TauC + r.TauN)
	return &stdpDopamine{
		STDPDopamine: r, tau: both,
		eligibility: NewDecay(r.TauC, env.Dt), product: NewDecay(both, env.Dt),
	}, nil
}

type stdpDopamine struct {
	STDPDopamine
	tau         float64 // with which c n decays
	eligibility Decay
	product     Decay
}

// Traces implements Plasticity. The synapse's own variable is c.
func (r *stdpDopamine) Traces() Traces {
	return Traces{Pre: []Trace{{Tau: r.TauPlus}}, Post: []Trace{{Tau: r.TauMinus}}, Own: 1, Axonal: r.Delay == axonal}
}

// Modulator implements Modulated: n is the trace, divided by τ_n.
func (r *stdpDopamine) Modulator() Trace { return Trace{Tau: r.TauN} }

// OnPost implements Plasticity.
func (r *stdpDopamine) OnPost(e *Event) { e.Own[0] += float64(r.Aplus * e.Pre[0]) }

// OnPre implements Plasticity.
func (r *stdpDopamine) OnPre(e *Event) { e.Own[0] -= float64(r.Aminus * e.Post[0]) }

// Pass implements Modulated.
func (r *stdpDopamine) Pass(e *Event, steps int64) {
	decay := r.eligibility.At(steps)
	n := e.Modulator / r.TauN
	area := float64(float64(n*r.tau)*(1-r.product.At(steps))) - float64(float64(r.B*r.TauC)*(1-decay))
	w := e.Weight + float64(e.Own[0]*area)
	e.Weight = min(max(w, r.Wmin), r.Wmax)
	e.Own[0] = float64(e.Own[0] * decay)
}
