package learn

import "soma/internal/param"

// Tsodyks is short-term plasticity: a spike finds the fraction x of the
// synapse's resources and uses the fraction u of them, so that x u w is sent.
// Between spikes h apart
//
//	x ← 1 + (x − x u − 1) e^(−h/τ_rec),   u ← U + u (1 − U) e^(−h/τ_fac)
//
// (M. Tsodyks, K. Pawelzik and H. Markram, Neural Comput. 10:821, 1998, eqs.
// 2.13–2.16; NEST's tsodyks2_synapse). The first spike finds x = 1 and u = U.
// With τ_fac = 0 there is no facilitation.
type Tsodyks struct {
	U      float64 `param:"U" default:"0.5" check:"0..1" doc:"use of resources by a spike after a long pause"`
	TauRec float64 `param:"tau_rec" unit:"s" default:"0.8" check:">0" doc:"time constant of the recovery of resources"`
	TauFac float64 `param:"tau_fac" unit:"s" check:">=0" doc:"time constant of facilitation; 0: none"`
}

// Spec implements Rule.
func (Tsodyks) Spec() Spec { return Spec{Name: "tsodyks", Synapses: true} }

// StartSource implements SourceRule.
func (r Tsodyks) StartSource(env Env) (Release, error) {
	r = param.Resolve(r)
	s := &tsodyks{U: r.U, recovery: NewDecay(r.TauRec, env.Dt)}
	if r.TauFac > 0 {
		s.facilitation = NewDecay(r.TauFac, env.Dt)
	}
	return s, nil
}

type tsodyks struct {
	U                      float64
	recovery, facilitation Decay // without facilitation, always 0
}

// Rest implements Release.
func (r *tsodyks) Rest() [2]float64 { return [2]float64{1, r.U} }

// Spike implements Release.
func (r *tsodyks) Spike(state *[2]float64, steps int64) float64 {
	x, u := state[0], state[1]
	if steps >= 0 {
		x = 1 + float64((x-float64(x*u)-1)*r.recovery.At(steps))
		u = r.U + float64(float64(u*(1-r.U))*r.facilitation.At(steps))
	}
	*state = [2]float64{x, u}
	return float64(x * u)
}
