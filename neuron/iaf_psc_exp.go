package neuron

import (
	"slices"

	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/param"
	"soma/internal/rng"
)

// IafPscExp is the leaky integrate-and-fire neuron with exponential
// post-synaptic currents,
//
//	dV/dt = −(V − E_L)/τ_m + (I_ex + I_in + I + I_e)/C_m,
//	dI_syn/dt = −I_syn/τ_syn,   I_syn ← I_syn + w when a spike arrives,
//	spike and V ← V_reset where V ≥ V_th, then held for t_ref
//
// (M. Tsodyks, A. Uziel and H. Markram, J. Neurosci. 20:RC50, 2000; the exact
// integration is that of S. Rotter and M. Diesmann, Biol. Cybern. 81:381, 1999,
// here also where the time constants coincide). Spikes are on the grid of steps,
// and t_ref is rounded to it.
//
// V depends on the sum of the currents alone where both have the same time
// constant, as by default: the sum, I_syn, is then the state that is kept, in
// place of I_syn_ex and I_syn_in.
//
// With Delta above 0 the neuron fires at random, with the intensity
// Rho·e^((V − V_th)/Delta) per second, instead of at the threshold.
type IafPscExp struct {
	VTh      float64 `param:"V_th" unit:"V" default:"-0.055" doc:"threshold"`
	VReset   float64 `param:"V_reset" unit:"V" default:"-0.07" doc:"voltage after a spike"`
	EL       float64 `param:"E_L" unit:"V" default:"-0.07" doc:"resting voltage, and the voltage at the start"`
	CM       float64 `param:"C_m" unit:"F" default:"250e-12" check:">0" doc:"membrane capacitance"`
	TauM     float64 `param:"tau_m" unit:"s" default:"0.01" check:">0" doc:"membrane time constant"`
	TauSynEx float64 `param:"tau_syn_ex" unit:"s" default:"0.002" check:">0" doc:"time constant of excitatory currents"`
	TauSynIn float64 `param:"tau_syn_in" unit:"s" default:"0.002" check:">0" doc:"time constant of inhibitory currents"`
	TRef     float64 `param:"t_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	IE       float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
	Rho      float64 `param:"rho" unit:"Hz" default:"0.01" check:">=0" doc:"firing intensity at the threshold, where delta is not 0"`
	Delta    float64 `param:"delta" unit:"V" check:">=0" doc:"width of the threshold; 0: sharp"`

	apart bool // both currents are kept, whatever their time constants
}

// Spec implements Model. Positive weights arrive at "ex", negative ones, with
// their sign, at "in".
func (m IafPscExp) Spec() Spec {
	m = param.Resolve(m)
	currents := []State{
		{Name: "I_syn_ex", Unit: "A", Init: dist.Constant{}},
		{Name: "I_syn_in", Unit: "A", Init: dist.Constant{}},
	}
	if m.OneCurrent() {
		currents = []State{{Name: "I_syn", Unit: "A", Init: dist.Constant{}}}
	}
	return Spec{
		Name: "iaf_psc_exp",
		States: slices.Concat(
			[]State{{Name: "V_m", Unit: "V", Init: dist.Constant{Value: m.EL}}},
			currents,
			[]State{{Name: "refractory_time", Unit: "s", Init: dist.Constant{}}},
		),
		Spiking:   true,
		Amplitude: 1,
		Random:    m.Delta > 0,
		InputUnit: "A",
		Receptors: exIn("A"),
	}
}

// OneCurrent says whether a resolved model keeps the sum of its currents.
func (m IafPscExp) OneCurrent() bool { return m.TauSynEx == m.TauSynIn && !m.apart }

func (m IafPscExp) keepApart() Model {
	m.apart = true
	return m
}

// Missing implements Explainer.
func (m IafPscExp) Missing(variable string) string {
	one := param.Resolve(m).OneCurrent()
	switch {
	case one && (variable == "I_syn_ex" || variable == "I_syn_in"):
		return "tau_syn_ex and tau_syn_in are equal, so that only the sum of both currents is kept, I_syn"
	case !one && variable == "I_syn":
		return "tau_syn_ex and tau_syn_in are not equal for all neurons, so that both currents are kept, I_syn_ex and I_syn_in"
	}
	return ""
}

// Check implements Checker.
func (m IafPscExp) Check() []param.Problem { return checkBelow("V_reset", m.VReset, "V_th", m.VTh) }

// CheckDt implements DtChecker.
func (m IafPscExp) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	return append(checkMembrane("tau_m", m.TauM, dt), checkRefractory(m.TRef, dt)...)
}

// Rates implements Rater: the rate at a sharp threshold in the limit of short
// steps.
func (m IafPscExp) Rates(rates, currents []float64) {
	m = param.Resolve(m)
	pscRates{m.VTh, m.VReset, m.EL, m.CM, m.TauM, m.TRef, m.IE}.write(rates, currents)
}

// NewStepper implements Model.
func (m IafPscExp) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return &iafPscExpStepper{
		IafPscExp: m, clock: newRefractory(m.TRef, env.Dt), stream: env.Stream,
		membrane: newMembrane(m.TauM, m.CM, env.Dt),
		ex:       newPsc(m.TauM, m.CM, m.TauSynEx, env.Dt),
		in:       newPsc(m.TauM, m.CM, m.TauSynIn, env.Dt),
	}, nil
}

type iafPscExpStepper struct {
	IafPscExp
	membrane membrane
	ex, in   psc
	clock    refractory
	arrivals arrivals
	stream   rng.Stream
}

func (s *iafPscExpStepper) Step(b *Block) { s.stepPart(b, 0, len(b.Input)) }

func (s *iafPscExpStepper) stepPart(b *Block, lo, hi int) {
	if s.OneCurrent() {
		s.stepSum(b, lo, hi)
		return
	}
	n := len(b.Input)
	v, iEx, iIn, left := b.State[0][:n], b.State[1][:n], b.State[2][:n], b.State[3][:n]
	toEx, toIn := s.arrivals.at(b, 0), s.arrivals.at(b, 1)
	for i := lo; i < hi; i++ {
		current := b.Input[i]
		u := v[i]
		if left[i] > 0 {
			left[i] = s.clock.tick(left[i])
		} else {
			u += float64(s.membrane.leak*(u-s.EL)) + float64(s.membrane.drive*(current+s.IE)) +
				(float64(s.ex.onto*iEx[i]) + float64(s.in.onto*iIn[i]))
		}
		iEx[i] = float64(s.ex.decay*iEx[i]) + toEx[i]
		iIn[i] = float64(s.in.decay*iIn[i]) + toIn[i]
		v[i] = s.fire(b, i, u, left)
	}
}

// stepSum is the step with one variable for the sum of the currents.
func (s *iafPscExpStepper) stepSum(b *Block, lo, hi int) {
	n := len(b.Input)
	v, sum, left := b.State[0][:n], b.State[1][:n], b.State[2][:n]
	toEx, toIn := s.arrivals.at(b, 0), s.arrivals.at(b, 1)
	for i := lo; i < hi; i++ {
		current := b.Input[i]
		u := v[i]
		if left[i] > 0 {
			left[i] = s.clock.tick(left[i])
		} else {
			u += float64(s.membrane.leak*(u-s.EL)) + float64(s.membrane.drive*(current+s.IE)) + float64(s.ex.onto*sum[i])
		}
		sum[i] = float64(s.ex.decay*sum[i]) + (toEx[i] + toIn[i])
		v[i] = s.fire(b, i, u, left)
	}
}

// fire tests the threshold and returns the voltage after it.
func (s *iafPscExpStepper) fire(b *Block, i int, u float64, left []float64) float64 {
	fires := u >= s.VTh
	if s.Delta > 0 {
		fires = s.escapes(b, i, u)
	}
	if fires {
		u, left[i] = s.VReset, s.clock.period
		b.Fire(i, s.clock.dt)
	}
	return u
}

// escapes draws whether neuron i fires at the voltage v.
func (s *iafPscExpStepper) escapes(b *Block, i int, v float64) bool {
	intensity := float64(s.Rho * elementary.Exp((v-s.VTh)/s.Delta))
	return s.stream.Float64(uint64(b.First+i), uint64(b.Step)) < float64(intensity*s.clock.dt)
}
