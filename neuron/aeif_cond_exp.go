package neuron

import (
	"soma/dist"
	"soma/internal/param"
)

// AeifCondExp is the adaptive exponential integrate-and-fire neuron with
// exponential conductances,
//
//	C_m dV/dt = −g_L (V − E_L) + g_L Δ_T e^((V − V_th)/Δ_T)
//	            − g_ex (V − E_ex) − g_in (V − E_in) − w + I + I_e,
//	τ_w dw/dt = a (V − E_L) − w,
//	dg/dt = −g/τ_syn,   g ← g + |w| when a spike arrives,
//	spike, V ← V_reset and w ← w + b where V reaches V_peak, then held for t_ref
//
// (R. Brette and W. Gerstner, J. Neurophysiol. 94:3637, 2005). V_peak is reached
// within a step, at a time that is solved for, and the integration goes on from
// there; with a t_ref of 0 a neuron may fire several times in a step. The spike
// is reported at the end of its step. With a t_ref, V is held for the rest of
// that step and t_ref, rounded to steps. With Delta_T = 0 there is no upswing,
// and V_th takes the place of V_peak. The equations are solved with an adaptive
// method to about 1e-8 mV.
type AeifCondExp struct {
	VPeak    float64 `param:"V_peak" unit:"V" doc:"where a spike is detected, and cut off"`
	VReset   float64 `param:"V_reset" unit:"V" default:"-0.06" doc:"voltage after a spike"`
	TRef     float64 `param:"t_ref" unit:"s" check:">=0" doc:"refractory period"`
	GL       float64 `param:"g_L" unit:"S" default:"30e-9" check:">0" doc:"leak conductance"`
	CM       float64 `param:"C_m" unit:"F" default:"281e-12" check:">0" doc:"membrane capacitance"`
	EEx      float64 `param:"E_ex" unit:"V" doc:"excitatory reversal potential"`
	EIn      float64 `param:"E_in" unit:"V" default:"-0.085" doc:"inhibitory reversal potential"`
	EL       float64 `param:"E_L" unit:"V" default:"-0.0706" doc:"leak reversal potential, and the voltage at the start"`
	DeltaT   float64 `param:"Delta_T" unit:"V" default:"0.002" check:">=0" doc:"slope factor; 0: a sharp threshold at V_th"`
	TauW     float64 `param:"tau_w" unit:"s" default:"0.144" check:">0" doc:"time constant of the adaptation"`
	A        float64 `param:"a" unit:"S" default:"4e-9" doc:"subthreshold adaptation"`
	B        float64 `param:"b" unit:"A" default:"80.5e-12" doc:"adaptation per spike"`
	VTh      float64 `param:"V_th" unit:"V" default:"-0.0504" doc:"threshold, where the upswing begins"`
	TauSynEx float64 `param:"tau_syn_ex" unit:"s" default:"0.0002" check:">0" doc:"time constant of excitatory conductances"`
	TauSynIn float64 `param:"tau_syn_in" unit:"s" default:"0.002" check:">0" doc:"time constant of inhibitory conductances"`
	IE       float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
}

// Spec implements Model. Positive weights arrive at "ex", negative ones at "in";
// both open their conductance.
func (m AeifCondExp) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name:      "aeif_cond_exp",
		States:    aeifStates(m.EL, conductanceStates[:2]),
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: exIn("S"),
	}
}

// maxUpswing is the largest (V_peak − V_th)/Δ_T: beyond it the upswing ends
// faster than numbers can tell.
const maxUpswing = 500

// Check implements Checker.
func (m AeifCondExp) Check() []param.Problem {
	problems := checkBelow("V_reset", m.VReset, "V_peak", m.VPeak)
	if m.VPeak < m.VTh {
		problems = append(problems, checkBelow("V_th", m.VTh, "V_peak", m.VPeak)...)
	}
	if m.DeltaT == 0 && m.VReset < m.VPeak {
		return append(problems, checkBelow("V_reset", m.VReset, "V_th", m.VTh)...)
	}
	return append(problems, checkUpswing(m.DeltaT, m.VPeak-m.VTh)...)
}

// checkUpswing wants an upswing over a height that can be followed.
func checkUpswing(deltaT, height float64) []param.Problem {
	if deltaT == 0 || height/deltaT <= maxUpswing {
		return nil
	}
	return []param.Problem{{
		Field:   "Delta_T",
		Problem: param.Quantity(deltaT, "V") + " makes the upswing from V_th to V_peak too steep to follow",
		Remedy:  "give at least " + param.Quantity(height/maxUpswing, "V") + ", or 0 for a sharp threshold",
	}}
}

// CheckDt implements DtChecker.
func (m AeifCondExp) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	return append(checkMembrane("C_m/g_L", m.CM/m.GL, dt), checkRefractory(m.TRef, dt)...)
}

// Measurement implements Measured.
func (AeifCondExp) Measurement() Measurement { return usualMeasurement() }

// Rates implements Rater.
func (m AeifCondExp) Rates(rates, currents []float64) { measure(m, rates, currents) }

// NewStepper implements Model.
func (m AeifCondExp) NewStepper(env Env) (Stepper, error) {
	return newAeif([]AeifCondExp{m}, false, env)
}

func (m AeifCondExp) joins(of Model) bool { return m.sharp() == of.(AeifCondExp).sharp() }

// sharp says whether the equations have no upswing.
func (m AeifCondExp) sharp() bool { return param.Resolve(m).DeltaT == 0 }

func (AeifCondExp) newStepperOf(models []Model, env Env) (Stepper, error) {
	return newAeif(theirs[AeifCondExp](models), false, env)
}

func aeifStates(rest float64, conductances []State) []State {
	states := []State{
		{Name: "V_m", Unit: "V", Init: dist.Constant{Value: rest}},
		{Name: "w", Unit: "A", Init: dist.Constant{}},
	}
	return append(append(states, conductances...), gridStates[:]...)
}
