package learn

import "soma/synapse"

// RLS is recursive least squares: it lowers an error as PES does, with a step
// for each direction of the activities a that depends on how often it has
// occurred. P starts as κ·dt/n times the identity;
//
//	ΔW = −e (P a)ᵀ/(1 + aᵀP a),   ΔP = −(P a)(P a)ᵀ/(1 + aᵀP a)
//
// (D. Sussillo and L. F. Abbott, Neuron 63:544, 2009). It costs n² operations a
// step.
type RLS struct {
	LearningRate float64         `param:"learning_rate" default:"1e-3" check:">=0" doc:"κ"`
	PreSynapse   synapse.Synapse `param:"pre_synapse" default:"5*ms" doc:"filters the activities"`
}

// Spec implements Rule.
func (RLS) Spec() Spec { return Spec{Name: "rls", Input: ErrorOfTarget} }

// Pre is PreSynapse, or its default.
func (r RLS) Pre() synapse.Synapse { return or(r.PreSynapse, synapse.Lowpass{Tau: 0.005}) }
