package learn

import (
	"math"

	"soma/internal/param"
)

// VogelsSprekeler is plasticity of inhibitory synapses, which lets inhibition
// balance excitation and the targets fire at the rate α/(2τ),
//
//	post: |w| ← |w| + η x_pre,
//	pre:  |w| ← |w| + η x_post, then |w| ← |w| − η α,
//
// between 0 and |Wmax|, with the traces of both neurons, time constant τ
// (T. P. Vogels, H. Sprekeler, F. Zenke, C. Clopath and W. Gerstner, Science
// 334:1569, 2011). The step goes with the weights' sign.
type VogelsSprekeler struct {
	Wmax  float64 `param:"Wmax" doc:"largest weight, in the unit of the receptor, with the sign of the weights; default: 1 pA, nS or mV"`
	Tau   float64 `param:"tau" unit:"s" default:"0.02" check:">0" doc:"time constant of the traces"`
	Eta   float64 `param:"eta" check:">=0" doc:"step size, in the unit of the receptor; default: 1e-3 pA, nS or mV"`
	Alpha float64 `param:"alpha" default:"0.12" check:">=0" doc:"depression: twice the rate to aim at, times tau"`
	Delay string  `param:"delay" doc:"where the delay is: \"dendritic\" (default) or \"axonal\""`
}

// Spec implements Rule.
func (VogelsSprekeler) Spec() Spec { return Spec{Name: "vogels_sprekeler", Synapses: true} }

// Check implements Checker.
func (r VogelsSprekeler) Check() []param.Problem { return checkDelay(r.Delay) }

// Start implements SynapseRule.
func (r VogelsSprekeler) Start(env Env) (Plasticity, error) {
	if r.Eta == 0 {
		r.Eta = 1e-3 * math.Abs(env.Unit)
	}
	r = param.Resolve(r)
	var err error
	r.Wmax, err = bound(r.Wmax, 1, env)
	return &vogelsSprekeler{r, r.Alpha * r.Eta}, err
}

type vogelsSprekeler struct {
	VogelsSprekeler
	depression float64 // α η
}

// Traces implements Plasticity.
func (r *vogelsSprekeler) Traces() Traces {
	return Traces{Pre: []Trace{{Tau: r.Tau}}, Post: []Trace{{Tau: r.Tau}}, Axonal: r.Delay == axonal}
}

// OnPost implements Plasticity.
func (r *vogelsSprekeler) OnPost(e *Event) { e.Weight = r.grown(e.Weight, e.Pre[0]) }

// OnPre implements Plasticity.
func (r *vogelsSprekeler) OnPre(e *Event) { e.Weight = r.shrunk(e.Weight, e.Post[0]) }

// shrunk is the weight after a spike of the source.
func (r *vogelsSprekeler) shrunk(w, trace float64) float64 {
	return math.Copysign(max(math.Abs(r.grown(w, trace))-r.depression, 0), r.Wmax)
}

// grown is the weight after potentiation by a trace.
func (r *vogelsSprekeler) grown(w, trace float64) float64 {
	return math.Copysign(min(math.Abs(w)+float64(r.Eta*trace), math.Abs(r.Wmax)), r.Wmax)
}
