package learn

import "soma/synapse"

// PES is the prescribed error sensitivity rule: it lowers an error e that is
// given from outside: what is, minus what should be. With the filtered activities a of the n neurons at the
// start of the connection, each step changes the weights by
//
//	ΔW = −κ·dt/n · e aᵀ
//
// Into neurons, e is the error of what their ensemble represents, and encoded as
// the ensemble's input is (D. MacNeil and C. Eliasmith, PLoS ONE 6:e22885, 2011).
type PES struct {
	LearningRate float64         `param:"learning_rate" default:"1e-4" check:">=0" doc:"κ"`
	PreSynapse   synapse.Synapse `param:"pre_synapse" default:"5*ms" doc:"filters the activities"`
}

// Spec implements Rule.
func (PES) Spec() Spec { return Spec{Name: "pes", Input: ErrorOfTarget} }

// Pre is PreSynapse, or its default.
func (r PES) Pre() synapse.Synapse { return or(r.PreSynapse, synapse.Lowpass{Tau: 0.005}) }
