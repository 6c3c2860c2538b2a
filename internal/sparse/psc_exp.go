package sparse

import (
	"fmt"

	"soma/internal/elementary"
	"soma/internal/kernel"
)

// IafPscExp is the leaky integrate-and-fire neuron with exponentially decaying
// synaptic currents (Tsodyks, Uziel & Markram 2000; doi:10.1523/JNEUROSCI.20-01-j0003.2000):
//
//	C dV/dt = -C (V - E_L)/τ_m + I_ex + I_in + I_e,   τ dI/dt = -I
//
// Weights are in ampere. In a step V and the currents advance exactly, then what
// arrives is added to the currents, then V ≥ V_th makes a spike, after which V
// is held at V_reset for TRef/dt steps.
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

func (m IafPscExp) kernel(dt float64, input poissonInput, level kernel.Level) stepKernel {
	k := &expKernel{
		propagators: m.membrane().propagators(dt),
		ex:          m.membrane().currentOnto(dt, m.TauEx), exDecay: elementary.Exp(-dt / m.TauEx),
		in: m.membrane().currentOnto(dt, m.TauIn), inDecay: elementary.Exp(-dt / m.TauIn),
		poissonInput: input,
	}
	return k.at(level, m.OneCurrent)
}

type expKernel struct {
	propagators
	ex, in           float64 // current onto V
	exDecay, inDecay float64
	poissonInput
}

// step is the definition of the assembly with two currents.
func (k *expKernel) step(c *cells, step uint64, spikes []uint32) []uint32 {
	var counts [group]float64
	before := len(spikes)
	for i := range c.v {
		if i%group == 0 {
			k.counts(&counts, c.first+i, step)
		}
		iEx, iIn := c.iEx[i], c.iIn[i]
		v := float64(k.decay*c.v[i]) + float64(k.ex*iEx) + float64(k.in*iIn) + k.drive
		if c.refractory[i] > 0 {
			c.refractory[i]--
			v = c.v[i]
		}
		c.iEx[i] = float64(k.exDecay*iEx) + c.rowEx[i] + float64(k.weight*counts[i%group])
		c.iIn[i] = float64(k.inDecay*iIn) + c.rowIn[i]
		c.rowEx[i], c.rowIn[i] = 0, 0
		if v >= k.vTh {
			v = k.reset
			c.refractory[i] = k.refractory
			spikes = append(spikes, uint32(c.first+i))
		}
		c.v[i] = v
	}
	return c.trim(spikes, before)
}

// oneCurrent is an expKernel for OneCurrent.
type oneCurrent struct{ *expKernel }

// step is the definition of the assembly with one current.
func (k oneCurrent) step(c *cells, step uint64, spikes []uint32) []uint32 {
	var counts [group]float64
	before := len(spikes)
	for i := range c.v {
		if i%group == 0 {
			k.counts(&counts, c.first+i, step)
		}
		v := float64(k.decay*c.v[i]) + float64(k.ex*c.iEx[i]) + k.drive
		if c.refractory[i] > 0 {
			c.refractory[i]--
			v = c.v[i]
		}
		c.iEx[i] = float64(k.exDecay*c.iEx[i]) + c.rowEx[i] + float64(k.weight*counts[i%group])
		c.rowEx[i] = 0
		if v >= k.vTh {
			v = k.reset
			c.refractory[i] = k.refractory
			spikes = append(spikes, uint32(c.first+i))
		}
		c.v[i] = v
	}
	return c.trim(spikes, before)
}
