package neuron

import "soma/internal/param"

// IafCondAlpha is the leaky integrate-and-fire neuron with alpha-shaped
// conductances,
//
//	C_m dV/dt = −g_L (V − E_L) − g_ex (V − E_ex) − g_in (V − E_in) + I + I_e,
//	g(t) = |w|·t/τ_syn·e^(1 − t/τ_syn) after each arriving spike,
//	spike and V ← V_reset where V ≥ V_th, then held for t_ref,
//
// so that the weight is the peak of the conductance (H. Meffin, A. N. Burkitt
// and D. B. Grayden, J. Comput. Neurosci. 16:159, 2004). All else is as in
// [IafCondExp].
type IafCondAlpha struct {
	VTh      float64 `param:"V_th" unit:"V" default:"-0.055" doc:"threshold"`
	VReset   float64 `param:"V_reset" unit:"V" default:"-0.06" doc:"voltage after a spike"`
	TRef     float64 `param:"t_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	GL       float64 `param:"g_L" unit:"S" default:"16.6667e-9" check:">0" doc:"leak conductance"`
	CM       float64 `param:"C_m" unit:"F" default:"250e-12" check:">0" doc:"membrane capacitance"`
	EEx      float64 `param:"E_ex" unit:"V" doc:"excitatory reversal potential"`
	EIn      float64 `param:"E_in" unit:"V" default:"-0.085" doc:"inhibitory reversal potential"`
	EL       float64 `param:"E_L" unit:"V" default:"-0.07" doc:"leak reversal potential, and the voltage at the start"`
	TauSynEx float64 `param:"tau_syn_ex" unit:"s" default:"0.0002" check:">0" doc:"rise time of excitatory conductances"`
	TauSynIn float64 `param:"tau_syn_in" unit:"s" default:"0.002" check:">0" doc:"rise time of inhibitory conductances"`
	IE       float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
}

// Spec implements Model. Positive weights arrive at "ex", negative ones at "in";
// both open their conductance.
func (m IafCondAlpha) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name:      "iaf_cond_alpha",
		States:    iafCondStates(m.EL, conductanceStates[:]),
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: exIn("S"),
	}
}

// Check implements Checker.
func (m IafCondAlpha) Check() []param.Problem { return IafCondExp(m).Check() }

// CheckDt implements DtChecker.
func (m IafCondAlpha) CheckDt(dt float64) []param.Problem { return IafCondExp(m).CheckDt(dt) }

// Rates implements Rater, as for IafCondExp.
func (m IafCondAlpha) Rates(rates, currents []float64) { IafCondExp(m).Rates(rates, currents) }

// NewStepper implements Model.
func (m IafCondAlpha) NewStepper(env Env) (Stepper, error) {
	return newIafCond([]IafCondExp{IafCondExp(m)}, true, env), nil
}

func (IafCondAlpha) joins(Model) bool { return true }

func (IafCondAlpha) newStepperOf(models []Model, env Env) (Stepper, error) {
	var list []IafCondExp
	for _, m := range theirs[IafCondAlpha](models) {
		list = append(list, IafCondExp(m))
	}
	return newIafCond(list, true, env), nil
}
