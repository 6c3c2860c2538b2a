package learn

import (
	"soma/internal/elementary"
	"soma/internal/kernel"
	"soma/internal/param"
)

// STDPPowerLaw is spike-timing-dependent plasticity with potentiation by a power
// of the weight and depression proportional to it,
//
//	post: w ← w + λ w₀ (w/w₀)^μ K₊,
//	pre:  w ← w − α λ w K₋,    at least 0,
//
// as fitted to the data of Bi and Poo (A. Morrison, A. Aertsen and M. Diesmann,
// Neural Comput. 19:1437, 2007). There is no upper bound. NEST's name is
// stdp_pl_synapse_hom.
type STDPPowerLaw struct {
	TauPlus  float64 `param:"tau_plus" unit:"s" default:"0.02" check:">0" doc:"time constant of the trace of the source"`
	TauMinus float64 `param:"tau_minus" unit:"s" default:"0.02" check:">0" doc:"time constant of the trace of the target"`
	Lambda   float64 `param:"lambda_" default:"0.1" check:">=0" doc:"step size (NEST's lambda)"`
	Alpha    float64 `param:"alpha" default:"1" check:">=0" doc:"depression relative to potentiation"`
	Mu       float64 `param:"mu" default:"0.4" check:">=0" doc:"exponent of potentiation"`
	W0       float64 `param:"w_0" check:">=0" doc:"reference weight, in the unit of the receptor; default: 1 pA, nS or mV"`
	Delay    string  `param:"delay" doc:"where the delay is: \"dendritic\" (default) or \"axonal\""`
}

// Spec implements Rule.
func (STDPPowerLaw) Spec() Spec { return Spec{Name: "stdp_pl", Synapses: true} }

// Check implements Checker.
func (r STDPPowerLaw) Check() []param.Problem { return checkDelay(r.Delay) }

// Start implements SynapseRule.
func (r STDPPowerLaw) Start(env Env) (Plasticity, error) {
	r = param.Resolve(r)
	if r.W0 == 0 {
		r.W0 = env.Unit
	}
	if err := positive(env); err != nil {
		return nil, err
	}
	return &stdpPowerLaw{
		STDPPowerLaw: r, depression: r.Alpha * r.Lambda,
		potentiation: r.Lambda * elementary.Pow(r.W0, 1-r.Mu), power: kernel.NewPower(r.Mu),
	}, nil
}

type stdpPowerLaw struct {
	STDPPowerLaw
	depression   float64 // α λ
	potentiation float64 // λ w₀^(1−μ)
	power        *kernel.Power
}

// Traces implements Plasticity.
func (r *stdpPowerLaw) Traces() Traces {
	return Traces{Pre: []Trace{{Tau: r.TauPlus}}, Post: []Trace{{Tau: r.TauMinus}}, Axonal: r.Delay == axonal}
}

// OnPost implements Plasticity.
func (r *stdpPowerLaw) OnPost(e *Event) {
	e.Weight += float64(float64(r.potentiation*r.power.Of(e.Weight)) * e.Pre[0])
}

// OnPre implements Plasticity.
func (r *stdpPowerLaw) OnPre(e *Event) {
	w := e.Weight - float64(float64(r.depression*e.Weight)*e.Post[0])
	if w > 0 {
		e.Weight = w
	} else {
		e.Weight = 0
	}
}
