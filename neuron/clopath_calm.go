package neuron

import (
	"soma/internal/elementary"
	"soma/internal/equation"
)

// calmEquations carry neurons of aeif_psc_delta_clopath over a step in which nothing is
// fast: V is not far above the threshold, or stays where it is after a spike. V and w
// follow Runge and Kutta's classical method, but the leak exactly (Lawson, 1967), z and
// V_th exactly, and the filtered voltages exactly for a cubic through V and its slope
// at both ends. In steps of up to 1/64 of the time constants the error is up to 1e-10
// mV.
//
// They are no derivatives: what a variable changes by is divided by dt, for Euler's
// method, which multiplies by it. The variables are in the order of the states. A neuron
// for which this is not accurate becomes odd, and nothing is done.
const calmEquations = `
	clamped = clamp_time > 0*second : 1
	moves = not clamped and held_time <= 0*second : 1
	v = V_m - E_L : volt
	above = V_th - V_th_rest : volt
	z_half = z_decay_half*z : amp
	z_end = z_decay*z : amp
	th_half = V_th_rest + th_decay_half*above : volt
	th_end = V_th_rest + th_decay*above : volt

	drive = I + I_e : amp
	v1 = (drive - w + z)/C_m + upswing*exp((V_m - V_th)/Delta_T) : volt/second
	w1 = (a*v - w)/tau_w : amp/second
	va = leak_half*(v + dt/2*v1) : volt
	wa = w + dt/2*w1 : amp
	v2 = (drive - wa + z_half)/C_m + upswing*exp((va + E_L - th_half)/Delta_T) : volt/second
	w2 = (a*va - wa)/tau_w : amp/second
	vb = leak_half*v + dt/2*v2 : volt
	wb = w + dt/2*w2 : amp
	v3 = (drive - wb + z_half)/C_m + upswing*exp((vb + E_L - th_half)/Delta_T) : volt/second
	w3 = (a*vb - wb)/tau_w : amp/second
	vc = leak*v + dt*leak_half*v3 : volt
	wc = w + dt*w3 : amp
	up = upswing*exp((vc + E_L - th_end)/Delta_T) : volt/second
	v4 = (drive - wc + z_end)/C_m + up : volt/second
	w4 = (a*vc - wc)/tau_w : amp/second
	v_end = leak*(v + dt/6*v1) + dt/3*leak_half*(v2 + v3) + dt/6*v4 : volt

	before = where(moves, dt*(v1 - v*leak_rate), 0*volt) : volt
	after = where(moves, dt*(v4 - v_end*leak_rate), 0*volt) : volt
	fast = (max(abs(before), abs(after)) + dt*up)/Delta_T : 1
	limit = min(V_th, th_end) + 4*Delta_T - E_L : volt
	calm = v <= limit and v_end <= limit and dt*up*fast**5 <= slight : 1
	leaves = odd > 0 or usable < 1 or (moves and not calm) : 1

	start = where(clamped, V_clamp, V_m) : volt
	end = where(moves, v_end + E_L, start) : volt
	plus = plus_decay*u_bar_plus + ((plus_from*start + plus_to*end) + (plus_out*before + plus_in*after)) : volt
	minus = minus_decay*u_bar_minus + ((minus_from*start + minus_to*end) + (minus_out*before + minus_in*after)) : volt
	out = dt/tau_minus*(start - u_bar_minus) : volt
	in = dt/tau_minus*(end - minus) : volt
	bar = bar_decay*u_bar_bar + ((bar_from*u_bar_minus + bar_to*minus) + (bar_out*out + bar_in*in)) : volt
	adapts = where(clamped, 0*amp, w_fade*(a*v - w)) : amp

	dV_m/dt = where(leaves or not moves, 0*volt, end - V_m)/dt : volt
	dw/dt = where(leaves, 0*amp, where(moves, dt/6*(w1 + 2*w2 + 2*w3 + w4), adapts))/dt : amp
	dz/dt = where(leaves, 0*amp, z_end - z)/dt : amp
	dV_th/dt = where(leaves, 0*volt, th_end - V_th)/dt : volt
	du_bar_plus/dt = where(leaves, 0*volt, plus - u_bar_plus)/dt : volt
	du_bar_minus/dt = where(leaves, 0*volt, minus - u_bar_minus)/dt : volt
	du_bar_bar/dt = where(leaves, 0*volt, bar - u_bar_bar)/dt : volt
	dodd/dt = where(leaves, 1 - odd, 0)/dt : 1`

// calmSource has two rows of the stepper's.
var calmSource = equation.Source{
	Text: calmEquations, Method: "euler",
	Given: []equation.Given{{Name: "clamp_time", Varies: true}, {Name: "held_time", Varies: true}},
}

const (
	// calmParts is how many parts a step has where the whole is too long.
	calmParts = 8
	// calmSteps is how many steps a time constant must have.
	calmSteps = 64
	// calmError (V) is about a thousand times what may be missed of a step's upswing,
	// which changes by a factor e while V moves by Δ_T, where it moves by a part of it.
	calmError = 1e-10
)

// calm gives the parameters of the equations.
func (m AeifPscDeltaClopath) calm(dt float64) []equation.Given {
	usable := 0.0
	if min(m.CM/m.GL, m.TauW, m.TauZ, m.TauVTh, m.TauUBarPlus, m.TauUBarMinus, m.TauUBarBar) >= calmSteps*dt {
		usable = 1
	}
	rate := m.GL / m.CM
	list := given("usable", usable, "slight", calmError,
		"C_m", m.CM, "E_L", m.EL, "I_e", m.IE, "Delta_T", m.DeltaT, "V_th_rest", m.VThRest, "V_clamp", m.VClamp,
		"upswing", float64(m.GL*m.DeltaT)/m.CM, "a", m.A, "tau_w", m.TauW, "tau_minus", m.TauUBarMinus, "leak_rate", rate,
		"leak", elementary.Exp(-float64(dt*rate)), "leak_half", elementary.Exp(-float64(dt*rate)/2),
		"z_decay", elementary.Exp(-dt/m.TauZ), "z_decay_half", elementary.Exp(-dt/2/m.TauZ),
		"th_decay", elementary.Exp(-dt/m.TauVTh), "th_decay_half", elementary.Exp(-dt/2/m.TauVTh),
		"w_fade", -elementary.Expm1(-dt/m.TauW))
	list = append(list, newCubicFilter(m.TauUBarPlus, dt).given("plus")...)
	list = append(list, newCubicFilter(m.TauUBarMinus, dt).given("minus")...)
	return append(list, newCubicFilter(m.TauUBarBar, dt).given("bar")...)
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

func (f cubicFilter) given(name string) []equation.Given {
	return given(name+"_decay", f.decay, name+"_from", f.from, name+"_to", f.to, name+"_out", f.fromSlope, name+"_in", f.toSlope)
}
