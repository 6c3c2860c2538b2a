package neuron

import "soma/internal/elementary"

// The propagators of a membrane dV/dt = −V/τ_m + I/C over a step are integrals
// over exponentials. Written with φ₁ and φ₂ of arguments that are not positive
// they neither overflow nor lose digits where the time constants come close to
// each other, or meet.

// phi1 returns φ₁(x) = ∫₀¹ e^(xu) du = (e^x − 1)/x.
func phi1(x float64) float64 {
	if x == 0 {
		return 1
	}
	return elementary.Expm1(x) / x
}

// phi2 returns φ₂(x) = ∫₀¹ (1 − u) e^(xu) du = (φ₁(x) − 1)/x; near 0 it is the
// series Σ x^k/(k + 2)!.
func phi2(x float64) float64 {
	if x < -1 || x > 1 {
		return (phi1(x) - 1) / x
	}
	sum := 0.0
	for k := 20.0; k > 2; k-- {
		sum = float64(x*(1+sum)) / k
	}
	return 0.5 * (1 + sum)
}

// propagators returns what a current of 1 that decays with tauS over a step h
// leaves on a membrane of capacitance 1:
//
//	exponential = ∫₀ʰ e^(−(h−s)/τ_m) e^(−s/τ_s) ds,
//	alpha       = ∫₀ʰ e^(−(h−s)/τ_m) s e^(−s/τ_s) ds.
func propagators(tauM, tauS, h float64) (exponential, alpha float64) {
	x := h/tauM - h/tauS
	if x <= 0 {
		scale := float64(h * elementary.Exp(-h/tauM))
		return scale * phi1(x), float64(scale*h) * (phi1(x) - phi2(x))
	}
	scale := float64(h * elementary.Exp(-h/tauS))
	return scale * phi1(-x), float64(scale*h) * phi2(-x)
}

// psc holds the propagators of one post-synaptic current over a step.
type psc struct {
	decay float64 // of the current and its slope
	rise  float64 // of alpha currents: slope → current
	kick  float64 // weight → slope
	onto  float64 // current → voltage
	slope float64 // slope → voltage
}

// newPsc prepares a post-synaptic current of time constant tau onto a membrane.
func newPsc(tauM, capacitance, tau, dt float64) psc {
	decay := elementary.Exp(-dt / tau)
	exponential, alpha := propagators(tauM, tau, dt)
	return psc{
		decay: decay, rise: float64(dt * decay), kick: euler / tau,
		onto: exponential / capacitance, slope: alpha / capacitance,
	}
}

// euler makes the weight the peak of an alpha function t/τ·e^(1 − t/τ).
const euler = 2.71828182845904523536

// membrane holds the propagators of a passive membrane over a step:
// ΔV = leak·(V − E_L) + drive·I.
type membrane struct {
	leak  float64 // e^(−h/τ_m) − 1
	drive float64 // constant current → voltage, ohm
}

func newMembrane(tauM, capacitance, dt float64) membrane {
	leak := elementary.Expm1(-dt / tauM)
	return membrane{leak: leak, drive: -float64(leak*tauM) / capacitance}
}
