package learn

import (
	"soma/internal/kernel"
	"soma/internal/param"
)

// STDP is spike-timing-dependent plasticity by pairs of spikes. At a spike of
// the target, and of the source,
//
//	post: w/Wmax ← w/Wmax + λ (1 − w/Wmax)^μ₊ K₊,    at most 1,
//	pre:  w/Wmax ← w/Wmax − α λ (w/Wmax)^μ₋ K₋,      at least 0,
//
// where K₊ and K₋ are the traces of the source's and the target's spikes, with
// time constants τ₊ and τ₋ (R. Gütig, R. Aharonov, S. Rotter and H. Sompolinsky,
// J. Neurosci. 23:3697, 2003). μ₊ = μ₋ = 0 is additive (S. Song, K. D. Miller and
// L. F. Abbott, Nat. Neurosci. 3:919, 2000), μ₊ = μ₋ = 1 multiplicative
// (J. Rubin, D. D. Lee and H. Sompolinsky, Phys. Rev. Lett. 86:364, 2001), and
// μ₊ = 0, μ₋ = 1 the rule of M. C. W. van Rossum, G. Q. Bi and G. G. Turrigiano,
// J. Neurosci. 20:8812, 2000.
//
// Pairing says which pairs count (A. Morrison, M. Diesmann and W. Gerstner,
// Biol. Cybern. 98:459, 2008, fig. 7): all, or those of each spike with the
// nearest before it of the other neuron (nearest_symmetric), or of each source
// spike with the nearest target spikes before and after it
// (nearest_presynaptic), or only immediate neighbours (nearest_reduced).
type STDP struct {
	Wmax     float64 `param:"Wmax" doc:"largest weight, in the unit of the receptor, with the sign of the weights; default: 100 pA, nS or mV"`
	TauPlus  float64 `param:"tau_plus" unit:"s" default:"0.02" check:">0" doc:"time constant of the trace of the source"`
	TauMinus float64 `param:"tau_minus" unit:"s" default:"0.02" check:">0" doc:"time constant of the trace of the target"`
	Lambda   float64 `param:"lambda_" default:"0.01" check:">=0" doc:"step size (NEST's lambda)"`
	Alpha    float64 `param:"alpha" default:"1" check:">=0" doc:"depression relative to potentiation"`
	MuPlus   float64 `param:"mu_plus" default:"1" check:">=0" doc:"how potentiation depends on the weight: 0 not at all, 1 linearly"`
	MuMinus  float64 `param:"mu_minus" default:"1" check:">=0" doc:"how depression depends on the weight"`
	Pairing  string  `param:"pairing" doc:"\"all_to_all\" (default), \"nearest_symmetric\", \"nearest_presynaptic\" or \"nearest_reduced\""`
	Delay    string  `param:"delay" doc:"where the delay is: \"dendritic\" (default) or \"axonal\""`
}

// Spec implements Rule.
func (STDP) Spec() Spec { return Spec{Name: "stdp", Synapses: true} }

// Check implements Checker.
func (r STDP) Check() []param.Problem {
	return append(checkDelay(r.Delay), checkChoice("pairing", r.Pairing, pairings)...)
}

var pairings = []string{"all_to_all", "nearest_symmetric", "nearest_presynaptic", "nearest_reduced"}

// Start implements SynapseRule.
func (r STDP) Start(env Env) (Plasticity, error) {
	r = param.Resolve(r)
	var err error
	if r.Wmax, err = bound(r.Wmax, 100, env); err != nil {
		return nil, err
	}
	all := stdp{
		STDP: r, depression: r.Alpha * r.Lambda,
		plus: kernel.NewPower(r.MuPlus), minus: kernel.NewPower(r.MuMinus),
	}
	switch r.Pairing {
	case "nearest_symmetric":
		return &nearestSymmetric{all}, nil
	case "nearest_presynaptic":
		return &nearestPresynaptic{all}, nil
	case "nearest_reduced":
		return &nearestReduced{all}, nil
	}
	return &all, nil
}

type stdp struct {
	STDP
	depression  float64 // α λ
	plus, minus *kernel.Power
}

func (r *stdp) traces(nearest bool, own int) Traces {
	return Traces{
		Pre:  []Trace{{r.TauPlus, nearest}},
		Post: []Trace{{r.TauMinus, nearest}},
		Own:  own, Axonal: r.Delay == axonal,
	}
}

// fresh is for the rules that look at it.
func (r *stdp) fresh(t Traces) Traces { t.Fresh = true; return t }

// Traces implements Plasticity.
func (r *stdp) Traces() Traces { return r.traces(false, 0) }

// OnPost implements Plasticity.
func (r *stdp) OnPost(e *Event) { e.Weight = r.potentiated(e.Weight, e.Pre[0]) }

// OnPre implements Plasticity.
func (r *stdp) OnPre(e *Event) { e.Weight = r.depressed(e.Weight, e.Post[0]) }

// potentiated is the weight after a spike of the target.
func (r *stdp) potentiated(w, k float64) float64 { return r.grown(w, r.plus.Of(1-w/r.Wmax), k) }

// grown is the weight after a spike of the target, given (1 − w/Wmax)^μ₊.
func (r *stdp) grown(w, power, k float64) float64 {
	x := w/r.Wmax + float64(float64(r.Lambda*power)*k)
	if x < 1 {
		return float64(x * r.Wmax)
	}
	return r.Wmax
}

// depressed is the weight after a spike of the source.
func (r *stdp) depressed(w, k float64) float64 { return r.shrunk(w, r.minus.Of(w/r.Wmax), k) }

// shrunk is the weight after a spike of the source, given (w/Wmax)^μ₋.
func (r *stdp) shrunk(w, power, k float64) float64 {
	x := w/r.Wmax - float64(float64(r.depression*power)*k)
	if x > 0 {
		return float64(x * r.Wmax)
	}
	return 0
}

// nearestSymmetric counts the last spike of the other neuron only.
type nearestSymmetric struct{ stdp }

// Traces implements Plasticity.
func (r *nearestSymmetric) Traces() Traces { return r.traces(true, 0) }

// nearestReduced counts pairs without any other spike between them.
type nearestReduced struct{ stdp }

// Traces implements Plasticity.
func (r *nearestReduced) Traces() Traces { return r.fresh(r.traces(true, 0)) }

// OnPost implements Plasticity.
func (r *nearestReduced) OnPost(e *Event) {
	if e.Fresh {
		r.stdp.OnPost(e)
	}
}

// OnPre implements Plasticity.
func (r *nearestReduced) OnPre(e *Event) {
	if !e.Fresh {
		r.stdp.OnPre(e)
	}
}

// nearestPresynaptic pairs each spike of the source with the nearest of the
// target before and after it. Its own variable is the trace of the spikes of the
// source since the target fired, as it was just after the last of them.
type nearestPresynaptic struct{ stdp }

// Traces implements Plasticity.
func (r *nearestPresynaptic) Traces() Traces { return r.fresh(r.traces(true, 1)) }

// OnPost implements Plasticity.
func (r *nearestPresynaptic) OnPost(e *Event) {
	if e.Fresh {
		e.Weight = r.potentiated(e.Weight, float64(e.Own[0]*e.Pre[0]))
	}
}

// OnPre implements Plasticity.
func (r *nearestPresynaptic) OnPre(e *Event) {
	r.stdp.OnPre(e)
	e.Own[0] = r.traced(e.Own[0], e.Pre[0], e.Fresh)
}

// traced is the synapse's own variable after a spike of the source.
func (r *nearestPresynaptic) traced(own, decay float64, fresh bool) float64 {
	if fresh {
		return 1 + float64(own*decay)
	}
	return 1
}
