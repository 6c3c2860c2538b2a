package neuron

import "soma/internal/param"

// AeifCondAlpha is the adaptive exponential integrate-and-fire neuron with
// alpha-shaped conductances,
//
//	C_m dV/dt = −g_L (V − E_L) + g_L Δ_T e^((V − V_th)/Δ_T)
//	            − g_ex (V − E_ex) − g_in (V − E_in) − w + I + I_e,
//	τ_w dw/dt = a (V − E_L) − w,
//	g(t) = |w|·t/τ_syn·e^(1 − t/τ_syn) after each arriving spike,
//	spike, V ← V_reset and w ← w + b where V reaches V_peak, then held for t_ref,
//
// so that the weight is the peak of the conductance (R. Brette and W. Gerstner,
// J. Neurophysiol. 94:3637, 2005). All else is as in [AeifCondExp].
type AeifCondAlpha struct {
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
	TauSynEx float64 `param:"tau_syn_ex" unit:"s" default:"0.0002" check:">0" doc:"rise time of excitatory conductances"`
	TauSynIn float64 `param:"tau_syn_in" unit:"s" default:"0.002" check:">0" doc:"rise time of inhibitory conductances"`
	IE       float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
}

// Spec implements Model. Positive weights arrive at "ex", negative ones at "in";
// both open their conductance.
func (m AeifCondAlpha) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name:      "aeif_cond_alpha",
		States:    aeifStates(m.EL, conductanceStates[:]),
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: exIn("S"),
	}
}

// Check implements Checker.
func (m AeifCondAlpha) Check() []param.Problem { return AeifCondExp(m).Check() }

// CheckDt implements DtChecker.
func (m AeifCondAlpha) CheckDt(dt float64) []param.Problem { return AeifCondExp(m).CheckDt(dt) }

// Measurement implements Measured.
func (AeifCondAlpha) Measurement() Measurement { return usualMeasurement() }

// Rates implements Rater.
func (m AeifCondAlpha) Rates(rates, currents []float64) { measure(m, rates, currents) }

// NewStepper implements Model.
func (m AeifCondAlpha) NewStepper(env Env) (Stepper, error) {
	return newAeif([]AeifCondExp{AeifCondExp(m)}, true, env)
}

func (m AeifCondAlpha) joins(of Model) bool {
	return AeifCondExp(m).joins(AeifCondExp(of.(AeifCondAlpha)))
}

func (AeifCondAlpha) newStepperOf(models []Model, env Env) (Stepper, error) {
	var all []AeifCondExp
	for _, m := range theirs[AeifCondAlpha](models) {
		all = append(all, AeifCondExp(m))
	}
	return newAeif(all, true, env)
}
