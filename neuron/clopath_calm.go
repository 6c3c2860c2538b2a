package neuron

import (
	"math"

	"soma/internal/elementary"
)

// calm advances a neuron of aeif_psc_delta_clopath through a step in which V is
// not far above the threshold, and nothing is fast: V and w by Runge and Kutta's
// classical method, but the leak exactly (Lawson, 1967), z and V_th exactly, and the filtered voltages exactly for a cubic
// through V and its slope at both ends. In steps of up to 1/64 of the time constants
// the error is up to 1e-10 mV, at a tenth of what the adaptive method takes.
type calm struct {
	usable           bool
	zHalf, z         float64 // decays over half a step, and a step
	thHalf, th       float64
	leakHalf, leak   float64
	plus, minus, bar cubicFilter
}

const (
	// calmSteps is how many steps a time constant must have.
	calmSteps = 64
	// calmError (V) is about a thousand times what may be missed of a step's upswing,
	// which changes by a factor e while V moves by Δ_T, where it moves by a part of it.
	calmError = 1e-10
)

func newCalm(m AeifPscDeltaClopath, dt float64) calm {
	shortest := min(m.CM/m.GL, m.TauW, m.TauZ, m.TauVTh, m.TauUBarPlus, m.TauUBarMinus, m.TauUBarBar)
	return calm{
		usable: shortest >= calmSteps*dt,
		zHalf:  elementary.Exp(-dt / 2 / m.TauZ), z: elementary.Exp(-dt / m.TauZ),
		leakHalf: elementary.Exp(-dt / 2 / (m.CM / m.GL)), leak: elementary.Exp(-dt / (m.CM / m.GL)),
		thHalf: elementary.Exp(-dt / 2 / m.TauVTh), th: elementary.Exp(-dt / m.TauVTh),
		plus: newCubicFilter(m.TauUBarPlus, dt), minus: newCubicFilter(m.TauUBarMinus, dt), bar: newCubicFilter(m.TauUBarBar, dt),
	}
}

// calmStep advances the neuron at hand through a step; false, and nothing done, where
// that is not accurate.
func (s *clopathStepper) calmStep() bool {
	c, y, h := &s.calm, s.y, s.clock.dt
	v, w, above := y[0]-s.EL, y[1], y[3]-s.VThRest
	th := s.VThRest + float64(c.th*above)
	limit := min(y[3], th) + s.DeltaT - s.EL
	if !c.usable || !(v <= limit) {
		return false
	}
	zHalf, z := float64(c.zHalf*y[2]), float64(c.z*y[2])
	thHalf := s.VThRest + float64(c.thHalf*above)
	v1, w1, _ := s.slopes(v, w, y[2], y[3])
	v2, w2, _ := s.slopes(float64(c.leakHalf*(v+float64(h/2*v1))), w+float64(h/2*w1), zHalf, thHalf)
	v3, w3, _ := s.slopes(float64(c.leakHalf*v)+float64(h/2*v2), w+float64(h/2*w2), zHalf, thHalf)
	v4, w4, upswing := s.slopes(float64(c.leak*v)+float64(float64(h*c.leakHalf)*v3), w+float64(h*w3), z, th)
	end := float64(c.leak*(v+float64(h/6*v1))) + float64(float64(h/3*c.leakHalf)*(v2+v3)) + float64(h/6*v4)
	tau := s.CM / s.GL
	before, after := float64(h*(v1-v/tau)), float64(h*(v4-end/tau))
	up := float64(h * upswing)
	fast := (max(math.Abs(before), math.Abs(after)) + up) / s.DeltaT
	square := float64(fast * fast)
	if !(end <= limit && float64(up*square)*square*fast <= calmError) {
		return false
	}
	v, end = v+s.EL, end+s.EL
	minus := c.minus.step(y[5], v, before, end, after)
	change := float64(h / s.TauUBarMinus)
	y[6] = c.bar.step(y[6], y[5], float64(change*(v-y[5])), minus, float64(change*(end-minus)))
	y[4] = c.plus.step(y[4], v, before, end, after)
	y[0], y[1] = end, w+float64(h/6*(w1+float64(2*w2)+float64(2*w3)+w4))
	y[2], y[3], y[5] = z, th, minus
	return true
}

// slopes are what moves V, which counts from E_L, but for the leak; dw/dt; and what of
// the first the upswing is.
func (s *clopathStepper) slopes(v, w, z, th float64) (dv, dw, upswing float64) {
	upswing = float64(s.GL*s.DeltaT) / s.CM * elementary.Exp((v-(th-s.EL))/s.DeltaT)
	return (s.current-w+z)/s.CM + upswing, (float64(s.A*v) - w) / s.TauW, upswing
}

// A cubicFilter is a lowpass filter of an input that runs along a cubic within a
// step, given by its values and its changes per step at both ends.
type cubicFilter struct{ decay, from, fromSlope, to, toSlope float64 }

// newCubicFilter integrates x e^(−x(1−θ)), x = dt/τ, times Hermite's cubics by Gauss
// and Legendre's rule with five nodes.
func newCubicFilter(tau, dt float64) cubicFilter {
	const inner, outer = 0.5384693101056831, 0.9061798459386640
	x := dt / tau
	f := cubicFilter{decay: elementary.Exp(-x)}
	for i, node := range [5]float64{-outer, -inner, 0, inner, outer} {
		t := float64(0.5*node) + 0.5
		weight := [5]float64{0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665, 0.2369268850561891}[i]
		g := float64(0.5*weight) * x * elementary.Exp(-float64(x*(1-t)))
		square, left := float64(t*t), 1-t
		f.from += float64(g * (1 + float64(2*t)) * left * left)
		f.fromSlope += float64(g * t * left * left)
		f.to += float64(g * square * (3 - float64(2*t)))
		f.toSlope -= float64(g * square * left)
	}
	return f
}

func (f *cubicFilter) step(filtered, from, fromSlope, to, toSlope float64) float64 {
	return float64(f.decay*filtered) +
		((float64(f.from*from) + float64(f.to*to)) + (float64(f.fromSlope*fromSlope) + float64(f.toSlope*toSlope)))
}
