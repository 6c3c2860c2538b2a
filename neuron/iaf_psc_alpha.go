package neuron

import (
	"soma/dist"
	"soma/internal/param"
)

// IafPscAlpha is the leaky integrate-and-fire neuron with alpha-shaped
// post-synaptic currents,
//
//	dV/dt = −(V − E_L)/τ_m + (I_ex + I_in + I + I_e)/C_m,
//	I_syn(t) = w·t/τ_syn·e^(1 − t/τ_syn) after each arriving spike,
//	spike and V ← V_reset where V ≥ V_th, then held for t_ref,
//
// so that the weight is the peak of the current (S. Rotter and M. Diesmann,
// Biol. Cybern. 81:381, 1999). It is advanced exactly from step to step; spikes
// are on the grid of steps, and t_ref is rounded to it.
type IafPscAlpha struct {
	VTh      float64 `param:"V_th" unit:"V" default:"-0.055" doc:"threshold"`
	VReset   float64 `param:"V_reset" unit:"V" default:"-0.07" doc:"voltage after a spike"`
	EL       float64 `param:"E_L" unit:"V" default:"-0.07" doc:"resting voltage, and the voltage at the start"`
	CM       float64 `param:"C_m" unit:"F" default:"250e-12" check:">0" doc:"membrane capacitance"`
	TauM     float64 `param:"tau_m" unit:"s" default:"0.01" check:">0" doc:"membrane time constant"`
	TauSynEx float64 `param:"tau_syn_ex" unit:"s" default:"0.002" check:">0" doc:"rise time of excitatory currents"`
	TauSynIn float64 `param:"tau_syn_in" unit:"s" default:"0.002" check:">0" doc:"rise time of inhibitory currents"`
	TRef     float64 `param:"t_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	IE       float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
	VMin     float64 `param:"V_min" unit:"V" default:"-inf" doc:"lower bound of the voltage"`
}

// Spec implements Model. Positive weights arrive at "ex", negative ones, with
// their sign, at "in".
func (m IafPscAlpha) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name: "iaf_psc_alpha",
		States: []State{
			{Name: "V_m", Unit: "V", Init: dist.Constant{Value: m.EL}},
			{Name: "I_syn_ex", Unit: "A", Init: dist.Constant{}},
			{Name: "I_syn_in", Unit: "A", Init: dist.Constant{}},
			{Name: "dI_syn_ex", Unit: "A/s", Init: dist.Constant{}},
			{Name: "dI_syn_in", Unit: "A/s", Init: dist.Constant{}},
			{Name: "refractory_time", Unit: "s", Init: dist.Constant{}},
		},
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: exIn("A"),
	}
}

// Check implements Checker.
func (m IafPscAlpha) Check() []param.Problem {
	return append(checkBelow("V_reset", m.VReset, "V_th", m.VTh), checkBelow("V_min", m.VMin, "V_th", m.VTh)...)
}

// CheckDt implements DtChecker.
func (m IafPscAlpha) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	return append(checkMembrane("tau_m", m.TauM, dt), checkRefractory(m.TRef, dt)...)
}

// Rates implements Rater: the rate in the limit of short steps.
func (m IafPscAlpha) Rates(rates, currents []float64) {
	m = param.Resolve(m)
	pscRates{m.VTh, m.VReset, m.EL, m.CM, m.TauM, m.TRef, m.IE}.write(rates, currents)
}

// NewStepper implements Model.
func (m IafPscAlpha) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return &iafPscAlphaStepper{
		IafPscAlpha: m, clock: newRefractory(m.TRef, env.Dt),
		membrane: newMembrane(m.TauM, m.CM, env.Dt),
		ex:       newPsc(m.TauM, m.CM, m.TauSynEx, env.Dt),
		in:       newPsc(m.TauM, m.CM, m.TauSynIn, env.Dt),
	}, nil
}

type iafPscAlphaStepper struct {
	IafPscAlpha
	membrane membrane
	ex, in   psc
	clock    refractory
	arrivals arrivals
}

func (s *iafPscAlphaStepper) Step(b *Block) { s.stepPart(b, 0, len(b.Input)) }

func (s *iafPscAlphaStepper) stepPart(b *Block, lo, hi int) {
	n := len(b.Input)
	v, left := b.State[0][:n], b.State[5][:n]
	iEx, iIn, dEx, dIn := b.State[1][:n], b.State[2][:n], b.State[3][:n], b.State[4][:n]
	toEx, toIn := s.arrivals.at(b, 0), s.arrivals.at(b, 1)
	for i := lo; i < hi; i++ {
		current := b.Input[i]
		u := v[i]
		if left[i] > 0 {
			left[i] = s.clock.tick(left[i])
		} else {
			ex := float64(s.ex.onto*iEx[i]) + float64(s.ex.slope*dEx[i])
			in := float64(s.in.onto*iIn[i]) + float64(s.in.slope*dIn[i])
			u += float64(s.membrane.leak*(u-s.EL)) + float64(s.membrane.drive*(current+s.IE)) + (ex + in)
			if u < s.VMin {
				u = s.VMin
			}
		}
		iEx[i] = float64(s.ex.decay*iEx[i]) + float64(s.ex.rise*dEx[i])
		iIn[i] = float64(s.in.decay*iIn[i]) + float64(s.in.rise*dIn[i])
		dEx[i] = float64(s.ex.decay*dEx[i]) + float64(s.ex.kick*toEx[i])
		dIn[i] = float64(s.in.decay*dIn[i]) + float64(s.in.kick*toIn[i])
		if u >= s.VTh {
			u, left[i] = s.VReset, s.clock.period
			b.Fire(i, s.clock.dt)
		}
		v[i] = u
	}
}
