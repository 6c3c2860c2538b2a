package neuron

import (
	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/equation"
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

// aeifStepper steps aeif neurons with either kind of conductance. A flow carries
// all of them; those that it leaves on their way up, and refractory ones, are
// stepped again one by one from where they began, with the spikes in the step.
type aeifStepper struct {
	*aeifNeuron              // the neuron at hand
	neurons     []aeifNeuron // one for all, or one for each
	flow        *flow
	began       [][]float64 // the state when the step began
	arrivals    arrivals
	solver      *rungeKutta

	y       []float64 // of the neuron at hand: V_m, w and the conductances
	current float64   // and its input
}

// aeifNeuron is the constants of a neuron.
type aeifNeuron struct {
	AeifCondExp
	peak     float64 // where a spike is detected, V
	leave    float64 // where the flow leaves the neuron, V
	synapses synapses
	clock    refractory
	scale    []float64 // of the solver
}

// upswing is by how many Δ_T a neuron is above V_th where it is left to itself: it
// will fire within some τ_m/400.
const upswing = 6

func newAeifNeuron(m AeifCondExp, alpha bool, env Env) aeifNeuron {
	m = param.Resolve(m)
	g := synapses{alpha: alpha, tauEx: m.TauSynEx, tauIn: m.TauSynIn}
	one := aeifNeuron{
		AeifCondExp: m, peak: m.VPeak, leave: min(m.VPeak, m.VTh+float64(upswing*m.DeltaT)), synapses: g,
		clock: newRefractory(m.TRef, env.Dt),
		scale: append([]float64{voltageScale, currentScale}, g.scales(conductanceScale)...),
	}
	if m.DeltaT == 0 {
		one.peak = m.VTh
	}
	return one
}

func newAeif(models []AeifCondExp, alpha bool, env Env) (Stepper, error) {
	s := &aeifStepper{neurons: make([]aeifNeuron, len(models))}
	parameters := make([][]equation.Given, len(models))
	for i, m := range models {
		s.neurons[i] = newAeifNeuron(m, alpha, env)
		parameters[i] = s.neurons[i].parameters()
	}
	s.aeifNeuron = &s.neurons[0]
	s.y = make([]float64, len(s.scale))
	s.began = make([][]float64, len(s.y)+2)
	s.solver = newRungeKutta(s, s.scale...)
	var err error
	s.flow, err = newFlow(env, equation.Source{Text: s.equations(alpha), Until: "V_m >= leave"}, parameters...)
	return s, err
}

// at takes the neuron i of the population to hand.
func (s *aeifStepper) at(i int) {
	if len(s.neurons) > 1 {
		s.aeifNeuron = &s.neurons[i]
	}
}

// parameters are those of the equations.
func (m *aeifNeuron) parameters() []equation.Given {
	list := given("C_m", m.CM, "g_L", m.GL, "E_L", m.EL, "E_ex", m.EEx, "E_in", m.EIn, "V_peak", m.VPeak,
		"a", m.A, "tau_w", m.TauW, "tau_ex", m.TauSynEx, "tau_in", m.TauSynIn, "I_e", m.IE, "leave", m.leave)
	if m.DeltaT > 0 {
		list = append(list, given("Delta_T", m.DeltaT, "V_th", m.VTh)...)
	}
	return list
}

// equations are the text of the equations, with the variables in the order of the
// states.
func (m AeifCondExp) equations(alpha bool) string {
	upswing := ""
	if m.DeltaT > 0 {
		upswing = "+ g_L*Delta_T*exp((u - V_th)/Delta_T)"
	}
	text := `
		u = min(V_m, V_peak) : volt
		dV_m/dt = (I + I_e - g_L*(u - E_L) - g_ex*(u - E_ex) - g_in*(u - E_in) - w ` + upswing + `)/C_m : volt
		dw/dt = (a*(u - E_L) - w)/tau_w : amp`
	if alpha {
		return text + `
		dg_ex/dt = d_ex - g_ex/tau_ex : siemens
		dg_in/dt = d_in - g_in/tau_in : siemens
		dd_ex/dt = -d_ex/tau_ex : siemens/second
		dd_in/dt = -d_in/tau_in : siemens/second`
	}
	return text + `
		dg_ex/dt = -g_ex/tau_ex : siemens
		dg_in/dt = -g_in/tau_in : siemens`
}

func (s *aeifStepper) derive(y, dydt []float64) {
	v := y[0]
	if v > s.VPeak {
		v = s.VPeak
	}
	current := s.current - float64(s.GL*(v-s.EL)) - float64(y[2]*(v-s.EEx)) - float64(y[3]*(v-s.EIn)) - y[1]
	if s.DeltaT > 0 {
		current += float64(float64(s.GL*s.DeltaT) * elementary.Exp((v-s.VTh)/s.DeltaT))
	}
	dydt[0] = current / s.CM
	dydt[1] = (float64(s.A*(v-s.EL)) - y[1]) / s.TauW
	s.synapses.derive(y[2:], dydt[2:])
}

func (s *aeifStepper) Step(b *Block) {
	vars := len(s.y)
	for k, row := range b.State {
		s.began[k] = append(s.began[k][:0], row...)
	}
	s.flow.step(b, vars)
	toEx, toIn := s.arrivals.at(b, 0), s.arrivals.at(b, 1)
	left := b.State[vars]
	for i, v := range b.State[0] {
		s.at(b.First + i)
		if left[i] > 0 || !(v < s.leave) {
			s.single(b, i)
		}
		s.synapses.openAt(b.State[2:], i, toEx[i], toIn[i])
	}
}

// single steps neuron i from where it began.
func (s *aeifStepper) single(b *Block, i int) {
	y, vars := s.y, len(s.y)
	left, substep := b.State[vars], b.State[vars+1]
	gather(y, s.began, i)
	substep[i] = s.began[vars+1][i]
	s.current = b.Input[i] + s.IE
	if left[i] > 0 {
		s.hold(s.clock.dt)
		left[i] = s.clock.tick(left[i])
	} else {
		s.solver.scale = s.scale
		s.solver.begin(y, substep[i])
		if s.advance(b, i) {
			left[i] = s.clock.period
		}
		substep[i] = s.solver.size
	}
	scatter(y, b.State, i)
}

// advance carries neuron i through a step, with the spikes in it, and reports
// whether it ends refractory.
func (s *aeifStepper) advance(b *Block, i int) (held bool) {
	y, span := s.y, s.clock.dt
	for {
		if y[0] >= s.peak {
			b.Fire(i, s.clock.dt)
			y[0] = s.VReset
			y[1] += s.B
			if s.clock.period > 0 {
				s.hold(span)
				return true
			}
			s.solver.restart(y)
		}
		if !(span > 0) || s.solver.budget <= 0 {
			return false
		}
		h := s.solver.substep(y, span)
		if s.solver.next[0] >= s.peak {
			h = s.solver.crossing(y, h, s.peak)
			s.solver.next[0] = s.peak
		}
		s.solver.accept(y)
		span -= h
	}
}

// hold carries w and the conductances over a span while V stays where it is.
func (s *aeifStepper) hold(span float64) {
	y := s.y
	rest := float64(s.A * (y[0] - s.EL))
	y[1] += float64((y[1] - rest) * elementary.Expm1(-span/s.TauW))
	s.synapses.decay(y[2:], span)
}
