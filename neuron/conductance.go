package neuron

import (
	"math"

	"soma/internal/elementary"
	"soma/internal/kernel"
)

// newConductances prepares the step of membranes with conductances, one for all
// neurons or one for each.
func newConductances(neurons []iafCondNeuron, alpha bool, env Env) *kernel.Conductances {
	p := kernel.ConductanceParams{Alpha: alpha, Dt: env.Dt}
	for i := range neurons {
		m := &neurons[i]
		p.Membranes = append(p.Membranes, kernel.ConductanceMembrane{
			Substeps: m.substeps(env.Dt),
			ByC:      1 / m.CM, Leak: m.GL / m.CM, EL: m.EL, EEx: m.EEx, EIn: m.EIn, IE: m.IE, Threshold: m.VTh,
		})
	}
	p.Ex = courses(neurons, func(m *iafCondNeuron) float64 { return m.TauSynEx }, env.Dt)
	p.In = courses(neurons, func(m *iafCondNeuron) float64 { return m.TauSynIn }, env.Dt)
	p.Membranes = oneForAll(p.Membranes)
	return kernel.NewConductances(env.Level, p)
}

// substeps are at most two thirds of a time constant of the synapses, and a tenth of
// the membrane's.
func (m *IafCondExp) substeps(dt float64) int {
	return int(max(1, math.Ceil(1.5*dt/min(m.TauSynEx, m.TauSynIn)), math.Ceil(10*dt/(m.CM/m.GL))))
}

// oneForAll is a list, or its first member where all are the same.
func oneForAll[T comparable](list []T) []T {
	for _, x := range list {
		if x != list[0] {
			return list
		}
	}
	return list[:1:1]
}

// courses describes the conductances of a time constant of the neurons.
func courses(neurons []iafCondNeuron, tau func(*iafCondNeuron) float64, dt float64) []kernel.ConductanceCourse {
	type shape struct {
		tau      float64
		substeps int
	}
	var shapes []shape
	for i := range neurons {
		shapes = append(shapes, shape{tau(&neurons[i]), neurons[i].substeps(dt)})
	}
	var list []kernel.ConductanceCourse
	for _, s := range oneForAll(shapes) {
		list = append(list, newCourse(s.tau, dt, s.substeps))
	}
	return list
}

// newCourse describes a conductance of time constant tau.
func newCourse(tau, dt float64, substeps int) kernel.ConductanceCourse {
	h := dt / float64(substeps)
	c := kernel.ConductanceCourse{Decay: elementary.Exp(-dt / tau), Within: elementary.Exp(-h / tau), Kick: euler / tau}
	for i, node := range kernel.ConductanceNodes(h) {
		at, x := elementary.Exp(-node.At/tau), -node.Left/tau
		whole, late := float64(node.Left*phi1(x)), float64(float64(node.Left*node.Left)*(phi1(x)-phi2(x)))
		c.At[i], c.Rest[i] = at, float64(at*whole)
		c.SlopeRest[i] = float64(at * (float64(node.At*whole) + late))
	}
	return c
}
