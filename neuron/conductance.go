package neuron

import (
	"math"

	"soma/internal/elementary"
	"soma/internal/kernel"
)

// gaussLegendre are the nodes and weights of Gauss and Legendre's rule of order
// 10 on [0, 1]: ½ and ½ ± sqrt(5 ± 2·sqrt(10/7))/6; 64/225 and
// (322 ± 13·sqrt(70))/1800.
var gaussLegendre = [kernel.Nodes]struct{ at, weight float64 }{
	{0.046910077030668004, 0.11846344252809454},
	{0.23076534494715845, 0.23931433524968324},
	{0.5, 0.28444444444444444},
	{0.7692346550528415, 0.23931433524968324},
	{0.953089922969332, 0.11846344252809454},
}

// expEighth is e^(−1/8), about which the kernel expands its exponential.
const expEighth = 0.88249690258459540286

// newConductances prepares the step of a membrane with conductances. Substeps
// are at most two thirds of a time constant of the synapses, and a tenth of the
// membrane's.
func newConductances(m IafCondExp, g synapses, env Env) *kernel.Conductances {
	n := max(1, math.Ceil(1.5*env.Dt/min(g.tauEx, g.tauIn)), math.Ceil(10*env.Dt/(m.CM/m.GL)))
	h := env.Dt / n
	p := kernel.ConductanceParams{
		Alpha: g.alpha, Substeps: int(n),
		Dt: env.Dt, DtByC: env.Dt / m.CM, GL: m.GL, EL: m.EL, EEx: m.EEx, EIn: m.EIn, IE: m.IE, Threshold: m.VTh,
		Substep: h,
		ExDecay: elementary.Exp(-env.Dt / g.tauEx), InDecay: elementary.Exp(-env.Dt / g.tauIn),
		ExWithin: elementary.Exp(-h / g.tauEx), InWithin: elementary.Exp(-h / g.tauIn),
		ExKick: euler / g.tauEx, InKick: euler / g.tauIn,
	}
	for i, q := range gaussLegendre {
		s := float64(q.at * h)
		p.Node[i] = kernel.ConductanceNode{
			Weight: float64(q.weight*h) / m.CM * expEighth,
			Leak:   float64(m.GL*(h-s)) / m.CM,
			Ex:     newCourse(s, h, g.tauEx, m.CM),
			In:     newCourse(s, h, g.tauIn, m.CM),
		}
	}
	return kernel.NewConductances(env.Level, p)
}

// newCourse describes a conductance of time constant tau at the time s of a
// substep that ends at h.
func newCourse(s, h, tau, capacitance float64) kernel.ConductanceCourse {
	at, rest := elementary.Exp(-s/tau), h-s
	x := -rest / tau
	whole, late := float64(rest*phi1(x)), float64(float64(rest*rest)*(phi1(x)-phi2(x)))
	return kernel.ConductanceCourse{
		At: at, Rest: float64(at*whole) / capacitance,
		SlopeAt: float64(s * at), SlopeRest: float64(at*(float64(s*whole)+late)) / capacitance,
	}
}
