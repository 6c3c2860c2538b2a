package sparse

import (
	"fmt"

	"soma/internal/elementary"
	"soma/internal/kernel"
)

// A Model is IafPscExp, IafPscAlpha, IafPscDelta or Stepped.
type Model interface {
	check(dt float64) error
	// receptors is the number of input rows that the model reads.
	receptors() int
	rest() float64
	// waits says whether neurons take what arrives in a step before they fire.
	// The others fire first, and what arrives is added to their currents.
	waits() bool
}

// An advanced model is one that the package advances itself.
type advanced interface {
	Model
	update() update
	constants(dt float64) constants
}

// An update is one way to advance neurons.
type update int

const (
	twoCurrents update = iota
	oneCurrent
	delta
	alpha
	updates
)

// waits is that of the models with this update.
func (u update) waits() bool { return u == delta }

// A loop is an update without assembly: it is the definition of that.
type loop struct {
	constants
	own []constants // of each neuron; nil: all are alike
	poissonInput
}

// driven adds Poisson spikes to what they reach.
func (l *loop) driven(x, count float64) float64 {
	if l.summands == 0 {
		return x
	}
	return x + float64(l.weight*count)
}

// of is the constants of neuron i.
func (l *loop) of(i int) *constants {
	if l.own == nil {
		return &l.constants
	}
	return &l.own[i]
}

// kernel advances the neurons of a share.
func (p Population) kernel(dt float64, s share, level kernel.Level) stepKernel {
	input := newPoissonInput(p.Poisson, dt)
	m, ok := p.Model.(advanced)
	if !ok {
		return p.Model.(Stepped).kernel(dt, input)
	}
	return newKernel(m.update(), loop{m.constants(dt), p.own(s, dt), input}, level)
}

// portable is the update without assembly.
func (u update) portable(l loop) stepKernel {
	switch u {
	case oneCurrent:
		return &oneCurrentLoop{l}
	case delta:
		return &deltaLoop{l}
	case alpha:
		return &alphaLoop{l}
	}
	return &twoCurrentsLoop{l}
}

// A stepKernel advances neurons by one step.
type stepKernel interface {
	// step appends the neurons that spiked, as indices in the population, to
	// spikes, which has room for all of them and a group more.
	step(c *cells, step uint64, spikes []uint32) []uint32
}

// cells is the state of the neurons of one population in one partition, padded
// to whole groups. Potentials are relative to the resting potential.
type cells struct {
	first, n int // in the population
	v        []float64
	iEx, iIn []float64 // synaptic currents, of IafPscExp and IafPscAlpha
	dEx, dIn []float64 // their slopes times τ/e, of IafPscAlpha
	// rows is what synapses add to, by receptor. Where neurons wait for it, it is
	// what arrives in this step, and the step sets it to zero; it is the currents of
	// IafPscExp and the slopes of IafPscAlpha.
	rows       [][]float64
	refractory []uint16 // steps left
}

// trim drops the spikes of padding, which can only be at the end; the first
// spikes are of other populations.
func (c *cells) trim(spikes []uint32, first int) []uint32 {
	for len(spikes) > first && int(spikes[len(spikes)-1]) >= c.first+c.n {
		spikes = spikes[:len(spikes)-1]
	}
	return spikes
}

// maxRefractory is the longest refractory period, in steps.
const maxRefractory = 1<<16 - 1

// membrane is what the two models have in common.
type membrane struct {
	C, TauM, EL, VTh, VReset, TRef, Ie float64
}

func (m membrane) check(dt float64) error {
	switch {
	case !(m.C > 0):
		return fmt.Errorf("the capacitance C is %g F; give a positive one", m.C)
	case !(m.TauM > 0):
		return fmt.Errorf("TauM is %g s; give a positive time constant", m.TauM)
	case !(m.VReset < m.VTh):
		return fmt.Errorf("VReset %g V is not below VTh %g V", m.VReset, m.VTh)
	case !(m.TRef >= 0) || m.TRef/dt > maxRefractory:
		return fmt.Errorf("TRef is %g s; give 0 to %g s", m.TRef, maxRefractory*dt)
	}
	return nil
}

// constants are those of the exact solution over one step (Rotter & Diesmann 1999,
// Exact digital simulation of time-invariant linear systems;
// doi:10.1007/s004220050570), but for those of the currents.
func (m membrane) constants(dt float64) constants {
	response := float64(-m.TauM/m.C) * elementary.Expm1(-dt/m.TauM)
	return constants{
		decay: elementary.Exp(-dt / m.TauM),
		drive: response * m.Ie,
		vTh:   m.VTh - m.EL, reset: m.VReset - m.EL,
		refractory: uint64(m.TRef/dt + 0.5),
	}
}

// currentOnto is the factor from an exponentially decaying current to V after
// one step, h/C·exp(-h/τ)·expm1(x)/x with x = h/τ - h/τm, which has no
// singularity where the time constants are equal.
func (m membrane) currentOnto(dt, tau float64) float64 {
	scale := dt / m.C * elementary.Exp(-dt/tau)
	x := dt/tau - dt/m.TauM
	if x == 0 {
		return scale
	}
	return scale * (elementary.Expm1(x) / x)
}
