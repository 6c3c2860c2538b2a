package learn

import "soma/synapse"

// Oja is Hebb's rule with forgetting, between neurons: with the filtered
// activities a of the sources and b of the targets,
//
//	ΔW = κ·dt · (b aᵀ − β b² W)
//
// (E. Oja, J. Math. Biol. 15:267, 1982).
type Oja struct {
	LearningRate float64         `param:"learning_rate" default:"1e-6" check:">=0" doc:"κ"`
	Beta         float64         `param:"beta" default:"1" check:">=0" doc:"how much is forgotten"`
	PreSynapse   synapse.Synapse `param:"pre_synapse" default:"5*ms" doc:"filters the activities of the sources"`
	PostSynapse  synapse.Synapse `param:"post_synapse" doc:"filters those of the targets; default: as pre_synapse"`
}

// Spec implements Rule.
func (Oja) Spec() Spec { return Spec{Name: "oja"} }

// Pre is PreSynapse, or its default.
func (r Oja) Pre() synapse.Synapse { return or(r.PreSynapse, synapse.Lowpass{Tau: 0.005}) }

// Post is PostSynapse, or its default.
func (r Oja) Post() synapse.Synapse { return or(r.PostSynapse, r.Pre()) }
