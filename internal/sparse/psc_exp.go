package sparse

import (
	"fmt"

	"soma/internal/elementary"
)

// IafPscExp is the leaky integrate-and-fire neuron with exponentially decaying
// synaptic currents (Tsodyks, Uziel & Markram 2000; doi:10.1523/JNEUROSCI.20-01-j0003.2000):
//
//	C dV/dt = -C (V - E_L)/τ_m + I_ex + I_in + I_e,   τ dI/dt = -I
//
// Weights are in ampere. In a step V and the currents advance exactly, V ≥ V_th
// makes a spike, after which V is held at V_reset for TRef/dt steps, and what
// arrives is added to the currents.
type IafPscExp struct {
	C      float64 // F
	TauM   float64 // s
	TauEx  float64 // s
	TauIn  float64 // s
	EL     float64 // V
	VTh    float64 // V
	VReset float64 // V
	TRef   float64 // s
	Ie     float64 // A, constant
	// OneCurrent keeps I_ex + I_in as one variable, which is what V depends on
	// when both decay alike. It saves two fifths of the state.
	OneCurrent bool
}

func (m IafPscExp) membrane() membrane {
	return membrane{m.C, m.TauM, m.EL, m.VTh, m.VReset, m.TRef, m.Ie}
}

func (m IafPscExp) check(dt float64) error {
	if !(m.TauEx > 0 && m.TauIn > 0) {
		return fmt.Errorf("TauEx %g s and TauIn %g s; give positive time constants", m.TauEx, m.TauIn)
	}
	if m.OneCurrent && m.TauEx != m.TauIn {
		return fmt.Errorf("OneCurrent with TauEx %g s and TauIn %g s; they must be equal", m.TauEx, m.TauIn)
	}
	return m.membrane().check(dt)
}

func (m IafPscExp) rest() float64 { return m.EL }

func (m IafPscExp) receptors() int {
	if m.OneCurrent {
		return 1
	}
	return 2
}

func (m IafPscExp) waits() bool { return m.update().waits() }

func (m IafPscExp) update() update {
	if m.OneCurrent {
		return oneCurrent
	}
	return twoCurrents
}

func (m IafPscExp) constants(dt float64) constants {
	c := m.membrane().constants(dt)
	c.ex, c.exDecay = m.membrane().currentOnto(dt, m.TauEx), elementary.Exp(-dt/m.TauEx)
	c.in, c.inDecay = m.membrane().currentOnto(dt, m.TauIn), elementary.Exp(-dt/m.TauIn)
	return c
}

type twoCurrentsLoop struct{ loop }

// step is the definition of the assembly with two currents.
func (k *twoCurrentsLoop) step(c *cells, step uint64, spikes []uint32) []uint32 {
	var counts [group]float64
	before := len(spikes)
	for i := range c.v {
		if i%group == 0 {
			k.counts(&counts, c.first+i, step)
		}
		p := k.of(i)
		iEx, iIn := c.iEx[i], c.iIn[i]
		v := float64(p.decay*c.v[i]) + float64(p.ex*iEx) + float64(p.in*iIn) + p.drive
		if c.refractory[i] > 0 {
			c.refractory[i]--
			v = c.v[i]
		}
		c.iEx[i] = k.driven(float64(p.exDecay*iEx), counts[i%group])
		c.iIn[i] = float64(p.inDecay * iIn)
		if v >= p.vTh {
			v = p.reset
			c.refractory[i] = uint16(p.refractory)
			spikes = append(spikes, uint32(c.first+i))
		}
		c.v[i] = v
	}
	return c.trim(spikes, before)
}

type oneCurrentLoop struct{ loop }

// step is the definition of the assembly with one current.
func (k *oneCurrentLoop) step(c *cells, step uint64, spikes []uint32) []uint32 {
	var counts [group]float64
	before := len(spikes)
	for i := range c.v {
		if i%group == 0 {
			k.counts(&counts, c.first+i, step)
		}
		p := k.of(i)
		v := float64(p.decay*c.v[i]) + float64(p.ex*c.iEx[i]) + p.drive
		if c.refractory[i] > 0 {
			c.refractory[i]--
			v = c.v[i]
		}
		c.iEx[i] = k.driven(float64(p.exDecay*c.iEx[i]), counts[i%group])
		if v >= p.vTh {
			v = p.reset
			c.refractory[i] = uint16(p.refractory)
			spikes = append(spikes, uint32(c.first+i))
		}
		c.v[i] = v
	}
	return c.trim(spikes, before)
}
