package learn

import "soma/synapse"

// BCM is the rule of Bienenstock, Cooper and Munro (J. Neurosci. 2:32, 1982),
// between neurons: with the filtered activities a of the sources and b of the
// targets, and a threshold θ for each target, which is its activity filtered
// slowly,
//
//	ΔW = κ·dt · b (b − θ) aᵀ
type BCM struct {
	LearningRate float64         `param:"learning_rate" default:"1e-9" check:">=0" doc:"κ"`
	PreSynapse   synapse.Synapse `param:"pre_synapse" default:"5*ms" doc:"filters the activities of the sources"`
	PostSynapse  synapse.Synapse `param:"post_synapse" doc:"filters those of the targets; default: as pre_synapse"`
	ThetaSynapse synapse.Synapse `param:"theta_synapse" default:"1*second" doc:"filters the activities of the targets to the threshold"`
}

// Spec implements Rule.
func (BCM) Spec() Spec { return Spec{Name: "bcm"} }

// Pre is PreSynapse, or its default.
func (r BCM) Pre() synapse.Synapse { return or(r.PreSynapse, synapse.Lowpass{Tau: 0.005}) }

// Post is PostSynapse, or its default.
func (r BCM) Post() synapse.Synapse { return or(r.PostSynapse, r.Pre()) }

// Theta is ThetaSynapse, or its default.
func (r BCM) Theta() synapse.Synapse { return or(r.ThetaSynapse, synapse.Lowpass{Tau: 1}) }
