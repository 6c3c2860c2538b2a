package learn

import (
	"fmt"

	"soma/internal/param"
)

// Clopath is plasticity that depends on the voltage u of the target,
//
//	pre:      w ← w − A_LTD (ū₋ − θ₋)₊,                        at least Wmin,
//	always:   dw/dt = A_LTP x̄ (u − θ₊)₊ (ū₊ − θ₋)₊,           at most Wmax,
//	τ_x dx̄/dt = −x̄,   x̄ ← x̄ + 1/τ_x at every spike of the source
//
// (C. Clopath, L. Büsing, E. Vasilaki and W. Gerstner, Nat. Neurosci. 13:344,
// 2010, eqs. 1–4; NEST's clopath_synapse). The filtered voltages
//
//	τ₊ dū₊/dt = u − ū₊,   τ₋ dū₋/dt = u − ū₋,   τ̄ dū̄/dt = ū₋ − ū̄
//
// are taken DelayUBars ago, so that a spike does not see itself. With
// URefSquared, depression grows with the mean depolarisation: A_LTD is
// multiplied by ū̄²/u_ref².
//
// Potentiation is counted step by step. The rule takes u_bar_plus, u_bar_minus and
// u_bar_bar from the target where it has such state variables
// (aeif_psc_delta_clopath, or equations that define them), and filters the voltage
// itself otherwise, as if it ran in straight lines between steps. A neuron whose
// spikes are only resets is never above θ₊: what learns needs spikes with a shape.
type Clopath struct {
	Wmin         float64 `param:"Wmin" check:">=0" doc:"least weight, in the unit of the receptor"`
	Wmax         float64 `param:"Wmax" doc:"largest weight, in the unit of the receptor; default: 100 pA, nS or mV"`
	TauX         float64 `param:"tau_x" unit:"s" default:"0.015" check:">0" doc:"time constant of the trace of the source"`
	ALTD         float64 `param:"A_LTD" check:">=0" doc:"depression, in the unit of the receptor per V; default: 14e-5 pA, nS or mV per mV"`
	ALTP         float64 `param:"A_LTP" check:">=0" doc:"potentiation, in the unit of the receptor per V²; default: 8e-5 pA, nS or mV per mV²"`
	ThetaMinus   float64 `param:"theta_minus" unit:"V" default:"-0.0706" doc:"what the filtered voltages must exceed"`
	ThetaPlus    float64 `param:"theta_plus" unit:"V" default:"-0.0453" doc:"what the voltage must exceed for potentiation"`
	TauUBarPlus  float64 `param:"tau_u_bar_plus" unit:"s" check:">=0" doc:"time constant of u_bar_plus; default: 7 ms, or the target's own"`
	TauUBarMinus float64 `param:"tau_u_bar_minus" unit:"s" check:">=0" doc:"time constant of u_bar_minus; default: 10 ms, or the target's own"`
	TauUBarBar   float64 `param:"tau_u_bar_bar" unit:"s" check:">=0" doc:"time constant of u_bar_bar; default: 500 ms, or the target's own"`
	DelayUBars   float64 `param:"delay_u_bars" unit:"s" default:"0.005" check:">=0" doc:"how long ago u_bar_plus and u_bar_minus are taken"`
	URefSquared  float64 `param:"u_ref_squared" check:">=0" doc:"reference for the mean depolarisation, V²; 0 (default): depression does not depend on it"`
	Delay        string  `param:"delay" doc:"where the delay is: \"dendritic\" (default) or \"axonal\""`
}

// Spec implements Rule.
func (Clopath) Spec() Spec { return Spec{Name: "clopath", Synapses: true} }

// Check implements Checker.
func (r Clopath) Check() []param.Problem { return checkDelay(r.Delay) }

// Start implements SynapseRule.
func (r Clopath) Start(env Env) (Plasticity, error) {
	if err := positive(env); err != nil {
		return nil, err
	}
	const perMV = 1e3
	unless(&r.ALTD, 14e-5*perMV*env.Unit)
	unless(&r.ALTP, 8e-5*perMV*perMV*env.Unit)
	unless(&r.Wmax, 100*env.Unit)
	unless(&r.TauUBarPlus, 0.007)
	unless(&r.TauUBarMinus, 0.01)
	unless(&r.TauUBarBar, 0.5)
	r = param.Resolve(r)
	if r.Wmin > r.Wmax {
		return nil, fmt.Errorf("the bounds are %g and %g: Wmin is above Wmax", r.Wmin, r.Wmax)
	}
	c := &clopath{Clopath: r, growth: r.ALTP * env.Dt / r.TauX}
	if r.URefSquared > 0 {
		c.perBar = r.ALTD / r.URefSquared
	}
	return c, nil
}

// unless gives a field its default where it was not given.
func unless(given *float64, otherwise float64) {
	if *given == 0 {
		*given = otherwise
	}
}

type clopath struct {
	Clopath
	growth float64 // A_LTP dt/τ_x: the trace of the source counts spikes
	perBar float64 // A_LTD/u_ref², where depression depends on ū̄
}

// Traces implements Plasticity.
func (r *clopath) Traces() Traces {
	return Traces{Pre: []Trace{{Tau: r.TauX}}, Axonal: r.Delay == axonal}
}

// Filters implements Sensing.
func (r *clopath) Filters() VoltageFilters {
	return VoltageFilters{Plus: r.TauUBarPlus, Minus: r.TauUBarMinus, Bar: r.TauUBarBar, Delay: r.DelayUBars}
}

// Sense implements Sensing.
func (r *clopath) Sense(v Voltages) (lasting, momentary float64) {
	if v.Now > r.ThetaPlus && v.Plus > r.ThetaMinus {
		lasting = float64(r.growth*(v.Now-r.ThetaPlus)) * (v.Plus - r.ThetaMinus)
	}
	if v.Minus > r.ThetaMinus {
		factor := r.ALTD
		if r.perBar > 0 {
			factor = float64(r.perBar*v.Bar) * v.Bar
		}
		momentary = float64(factor * (v.Minus - r.ThetaMinus))
	}
	return lasting, momentary
}

// OnVoltage implements Sensing.
func (r *clopath) OnVoltage(e *Event, lasting float64) {
	e.Weight = min(e.Weight+float64(lasting*e.Pre[0]), r.Wmax)
}

// OnPost implements Plasticity: the voltage says it all.
func (r *clopath) OnPost(*Event) {}

// OnPre implements Plasticity.
func (r *clopath) OnPre(e *Event) { e.Weight = max(e.Weight-e.Voltage, r.Wmin) }
