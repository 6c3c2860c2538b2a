package sparse

import (
	"fmt"

	"soma/internal/elementary"
)

// IafPscAlpha is the leaky integrate-and-fire neuron with alpha-shaped synaptic
// currents (Rotter & Diesmann 1999; doi:10.1007/s004220050570):
//
//	C dV/dt = -C (V - E_L)/τ_m + I_ex + I_in + I_e,   τ dI/dt = τ D - I,   τ dD/dt = -D
//
// An arriving weight, in ampere, is the peak of its current: D grows by it, times
// e/τ. The order within a step is that of IafPscExp. What is kept is D·τ/e, so that
// weights are added to it as they are.
type IafPscAlpha struct {
	C      float64 // F
	TauM   float64 // s
	TauEx  float64 // s
	TauIn  float64 // s
	EL     float64 // V
	VTh    float64 // V
	VReset float64 // V
	TRef   float64 // s
	Ie     float64 // A, constant
}

func (m IafPscAlpha) membrane() membrane {
	return membrane{m.C, m.TauM, m.EL, m.VTh, m.VReset, m.TRef, m.Ie}
}

func (m IafPscAlpha) check(dt float64) error {
	if !(m.TauEx > 0 && m.TauIn > 0) {
		return fmt.Errorf("TauEx %g s and TauIn %g s; give positive time constants", m.TauEx, m.TauIn)
	}
	return m.membrane().check(dt)
}

func (m IafPscAlpha) rest() float64  { return m.EL }
func (m IafPscAlpha) receptors() int { return 2 }
func (m IafPscAlpha) waits() bool    { return m.update().waits() }

func (m IafPscAlpha) update() update { return alpha }

func (m IafPscAlpha) constants(dt float64) constants {
	c := m.membrane().constants(dt)
	c.ex, c.exDecay, c.exAlpha = m.current(dt, m.TauEx)
	c.in, c.inDecay, c.inAlpha = m.current(dt, m.TauIn)
	return c
}

// alphaConstants advance an alpha current over a step, besides what they share
// with an exponential one.
type alphaConstants struct {
	slope float64 // D·τ/e onto V
	rise  float64 // D·τ/e onto I
}

// current is the constants of a synaptic current: onto V, its decay, and the others.
func (m IafPscAlpha) current(dt, tau float64) (onto, decay float64, c alphaConstants) {
	decay = elementary.Exp(-dt / tau)
	return m.membrane().currentOnto(dt, tau), decay,
		alphaConstants{slope: kick(tau) * m.membrane().slopeOnto(dt, tau), rise: kick(tau) * (dt * decay)}
}

// kick is what a weight of 1 A adds to D, in A/s.
func kick(tau float64) float64 { return 2.71828182845904523536 / tau }

// slopeOnto is the factor from D to V after one step,
// h²/C·e^(−h/τ)·φ₂(x) with x = h/τ − h/τm and φ₂(x) = (e^x − 1 − x)/x².
func (m membrane) slopeOnto(dt, tau float64) float64 {
	x := dt/tau - dt/m.TauM
	return float64(dt*dt) / m.C * elementary.Exp(-dt/tau) * phi2(x)
}

// phi2 is (e^x − 1 − x)/x², near 0 by its series.
func phi2(x float64) float64 {
	if x < -1 || x > 1 {
		return (elementary.Expm1(x) - x) / float64(x*x)
	}
	sum := 0.0
	for k := 20.0; k > 2; k-- {
		sum = float64(x*(1+sum)) / k
	}
	return 0.5 * (1 + sum)
}

type alphaLoop struct{ loop }

// step is the definition of the assembly.
func (k *alphaLoop) step(c *cells, step uint64, spikes []uint32) []uint32 {
	var counts [group]float64
	before := len(spikes)
	for i := range c.v {
		if i%group == 0 {
			k.counts(&counts, c.first+i, step)
		}
		p := k.of(i)
		iEx, iIn, dEx, dIn := c.iEx[i], c.iIn[i], c.dEx[i], c.dIn[i]
		v := float64(p.decay*c.v[i]) + float64(p.ex*iEx) + float64(p.exAlpha.slope*dEx) +
			float64(p.in*iIn) + float64(p.inAlpha.slope*dIn) + p.drive
		if c.refractory[i] > 0 {
			c.refractory[i]--
			v = c.v[i]
		}
		c.iEx[i] = float64(p.exDecay*iEx) + float64(p.exAlpha.rise*dEx)
		c.iIn[i] = float64(p.inDecay*iIn) + float64(p.inAlpha.rise*dIn)
		c.dEx[i] = k.driven(float64(p.exDecay*dEx), counts[i%group])
		c.dIn[i] = float64(p.inDecay * dIn)
		if v >= p.vTh {
			v = p.reset
			c.refractory[i] = uint16(p.refractory)
			spikes = append(spikes, uint32(c.first+i))
		}
		c.v[i] = v
	}
	return c.trim(spikes, before)
}
