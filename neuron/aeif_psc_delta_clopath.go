package neuron

import (
	"soma/dist"
	"soma/internal/param"
)

// AeifPscDeltaClopath is the adaptive exponential integrate-and-fire neuron with
// a spike of a given shape, a depolarising current after it and a threshold that
// adapts, for plasticity that looks at the voltage (learn.Clopath),
//
//	C_m dV/dt = −g_L (V − E_L) + g_L Δ_T e^((V − V_th)/Δ_T) − w + z + I + I_e,
//	τ_w dw/dt = a (V − E_L) − w,    τ_z dz/dt = −z,
//	τ_Vth dV_th/dt = V_th_rest − V_th,    V ← V + weight when a spike arrives
//
// (C. Clopath, L. Büsing, E. Vasilaki and W. Gerstner, Nat. Neurosci. 13:344,
// 2010, eqs. 5–8). Where V reaches V_peak, w ← w + b, z ← I_sp, V_th ← V_th_max,
// and V stays at V_clamp for the rest of the step and t_clamp, in which w rests.
// Then V ← V_reset, where it is held for t_ref. What arrives meanwhile is lost.
// The neuron also filters its voltage,
//
//	τ₊ dū₊/dt = V − ū₊,   τ₋ dū₋/dt = V − ū₋,   τ̄ dū̄/dt = ū₋ − ū̄.
//
// V_peak is reached within a step, at a time that is solved for; the spike is
// reported at the end of its step, and t_clamp and t_ref are rounded to steps. The
// equations are solved to about 1e-8 mV, with an adaptive method near spikes.
type AeifPscDeltaClopath struct {
	VPeak        float64 `param:"V_peak" unit:"V" default:"0.033" doc:"where a spike is detected"`
	VReset       float64 `param:"V_reset" unit:"V" default:"-0.06" doc:"voltage after a spike"`
	TRef         float64 `param:"t_ref" unit:"s" check:">=0" doc:"refractory period, after the spike's tip"`
	GL           float64 `param:"g_L" unit:"S" default:"30e-9" check:">0" doc:"leak conductance"`
	CM           float64 `param:"C_m" unit:"F" default:"281e-12" check:">0" doc:"membrane capacitance"`
	EL           float64 `param:"E_L" unit:"V" default:"-0.0706" doc:"leak reversal potential, and the voltage at the start"`
	DeltaT       float64 `param:"Delta_T" unit:"V" default:"0.002" check:">0" doc:"slope factor"`
	TauW         float64 `param:"tau_w" unit:"s" default:"0.144" check:">0" doc:"time constant of the adaptation"`
	A            float64 `param:"a" unit:"S" default:"4e-9" doc:"subthreshold adaptation"`
	B            float64 `param:"b" unit:"A" default:"80.5e-12" doc:"adaptation per spike"`
	VThMax       float64 `param:"V_th_max" unit:"V" default:"0.0304" doc:"threshold after a spike"`
	VThRest      float64 `param:"V_th_rest" unit:"V" default:"-0.0504" doc:"threshold at rest, where the upswing begins"`
	TauVTh       float64 `param:"tau_V_th" unit:"s" default:"0.05" check:">0" doc:"time constant of the threshold"`
	ISp          float64 `param:"I_sp" unit:"A" default:"400e-12" doc:"depolarising current after a spike"`
	TauZ         float64 `param:"tau_z" unit:"s" default:"0.04" check:">0" doc:"time constant of the depolarising current"`
	VClamp       float64 `param:"V_clamp" unit:"V" default:"0.033" doc:"voltage during a spike"`
	TClamp       float64 `param:"t_clamp" unit:"s" default:"0.002" check:">0" doc:"duration of a spike"`
	TauUBarPlus  float64 `param:"tau_u_bar_plus" unit:"s" default:"0.007" check:">0" doc:"time constant of u_bar_plus"`
	TauUBarMinus float64 `param:"tau_u_bar_minus" unit:"s" default:"0.01" check:">0" doc:"time constant of u_bar_minus"`
	TauUBarBar   float64 `param:"tau_u_bar_bar" unit:"s" default:"0.5" check:">0" doc:"time constant of u_bar_bar"`
	IE           float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
}

// Spec implements Model. There is one receptor: weights of either sign are jumps
// of the voltage.
func (m AeifPscDeltaClopath) Spec() Spec {
	m = param.Resolve(m)
	rest := dist.Constant{Value: m.EL}
	return Spec{
		Name: "aeif_psc_delta_clopath",
		States: []State{
			{Name: "V_m", Unit: "V", Init: rest},
			{Name: "w", Unit: "A", Init: dist.Constant{}},
			{Name: "z", Unit: "A", Init: dist.Constant{}},
			{Name: "V_th", Unit: "V", Init: dist.Constant{Value: m.VThRest}},
			{Name: "u_bar_plus", Unit: "V", Init: rest},
			{Name: "u_bar_minus", Unit: "V", Init: rest},
			{Name: "u_bar_bar", Unit: "V", Init: rest},
			{Name: "clamp_time", Unit: "s", Init: dist.Constant{}},
			gridStates[0], gridStates[1],
		},
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: []Receptor{{Name: "delta", Unit: "V"}},
	}
}

// Check implements Checker.
func (m AeifPscDeltaClopath) Check() []param.Problem {
	problems := append(checkBelow("V_reset", m.VReset, "V_peak", m.VPeak), checkBelow("V_th_rest", m.VThRest, "V_peak", m.VPeak)...)
	return append(problems, checkUpswing(m.DeltaT, m.VPeak-m.VThRest)...)
}

// CheckDt implements DtChecker.
func (m AeifPscDeltaClopath) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	problems := append(checkMembrane("C_m/g_L", m.CM/m.GL, dt), checkRefractory(m.TRef, dt)...)
	return append(problems, checkPeriod("t_clamp", m.TClamp, dt, "")...)
}

// Measurement implements Measured.
func (AeifPscDeltaClopath) Measurement() Measurement { return usualMeasurement() }

// Rates implements Rater.
func (m AeifPscDeltaClopath) Rates(rates, currents []float64) { measure(m, rates, currents) }

// NewStepper implements Model.
func (m AeifPscDeltaClopath) NewStepper(env Env) (Stepper, error) {
	return newClopath([]AeifPscDeltaClopath{m}, env)
}

func (AeifPscDeltaClopath) joins(Model) bool { return true }

func (AeifPscDeltaClopath) newStepperOf(models []Model, env Env) (Stepper, error) {
	return newClopath(theirs[AeifPscDeltaClopath](models), env)
}
