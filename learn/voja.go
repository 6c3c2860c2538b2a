package learn

import "soma/synapse"

// Voja moves the encoders E of the ensemble at the end of a connection towards
// the ensemble's input x, the more the more active a neuron is: with filtered
// activities b, s = gain/radius and a learning signal L,
//
//	ΔE = κ·dt·L · (s b xᵀ − b E)
//
// (A. R. Voelker, E. Crawford and C. Eliasmith, Unconventional Computation and
// Natural Computation, 2014).
type Voja struct {
	LearningRate float64         `param:"learning_rate" default:"1e-2" check:">=0" doc:"κ"`
	PostSynapse  synapse.Synapse `param:"post_synapse" default:"5*ms" doc:"filters the activities"`
}

// Spec implements Rule.
func (Voja) Spec() Spec { return Spec{Name: "voja", Input: OneValue} }

// Post is PostSynapse, or its default.
func (r Voja) Post() synapse.Synapse { return or(r.PostSynapse, synapse.Lowpass{Tau: 0.005}) }
