package neuron

import (
	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/param"
)

// IafCondExp is the leaky integrate-and-fire neuron with exponential
// conductances,
//
//	C_m dV/dt = −g_L (V − E_L) − g_ex (V − E_ex) − g_in (V − E_in) + I + I_e,
//	dg/dt = −g/τ_syn,   g ← g + |w| when a spike arrives,
//	spike and V ← V_reset where V ≥ V_th, then held for t_ref
//
// (H. Meffin, A. N. Burkitt and D. B. Grayden, J. Comput. Neurosci. 16:159,
// 2004). Within a step the right-hand side uses min(V, V_th). The equations are
// solved to about 1e-8 mV, by quadrature or, in rare steps, by an adaptive method;
// spikes are on the grid of steps, and t_ref is rounded to it.
type IafCondExp struct {
	VTh      float64 `param:"V_th" unit:"V" default:"-0.055" doc:"threshold"`
	VReset   float64 `param:"V_reset" unit:"V" default:"-0.06" doc:"voltage after a spike"`
	TRef     float64 `param:"t_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	GL       float64 `param:"g_L" unit:"S" default:"16.6667e-9" check:">0" doc:"leak conductance"`
	CM       float64 `param:"C_m" unit:"F" default:"250e-12" check:">0" doc:"membrane capacitance"`
	EEx      float64 `param:"E_ex" unit:"V" doc:"excitatory reversal potential"`
	EIn      float64 `param:"E_in" unit:"V" default:"-0.085" doc:"inhibitory reversal potential"`
	EL       float64 `param:"E_L" unit:"V" default:"-0.07" doc:"leak reversal potential, and the voltage at the start"`
	TauSynEx float64 `param:"tau_syn_ex" unit:"s" default:"0.0002" check:">0" doc:"time constant of excitatory conductances"`
	TauSynIn float64 `param:"tau_syn_in" unit:"s" default:"0.002" check:">0" doc:"time constant of inhibitory conductances"`
	IE       float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
}

// Spec implements Model. Positive weights arrive at "ex", negative ones at "in";
// both open their conductance.
func (m IafCondExp) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name:      "iaf_cond_exp",
		States:    iafCondStates(m.EL, conductanceStates[:2]),
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: exIn("S"),
	}
}

// Check implements Checker.
func (m IafCondExp) Check() []param.Problem { return checkBelow("V_reset", m.VReset, "V_th", m.VTh) }

// CheckDt implements DtChecker.
func (m IafCondExp) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	return append(checkMembrane("C_m/g_L", m.CM/m.GL, dt), checkRefractory(m.TRef, dt)...)
}

// Rates implements Rater: the rate without spikes that arrive, in the limit of
// short steps.
func (m IafCondExp) Rates(rates, currents []float64) {
	m = param.Resolve(m)
	pscRates{m.VTh, m.VReset, m.EL, m.CM, m.CM / m.GL, m.TRef, m.IE}.write(rates, currents)
}

// NewStepper implements Model.
func (m IafCondExp) NewStepper(env Env) (Stepper, error) {
	return newIafCond([]IafCondExp{m}, false, env), nil
}

func (IafCondExp) joins(Model) bool { return true }

func (IafCondExp) newStepperOf(models []Model, env Env) (Stepper, error) {
	return newIafCond(theirs[IafCondExp](models), false, env), nil
}

// conductanceStates are the state variables of synapses that are conductances.
var conductanceStates = [4]State{
	{Name: "g_ex", Unit: "S", Init: dist.Constant{}},
	{Name: "g_in", Unit: "S", Init: dist.Constant{}},
	{Name: "dg_ex", Unit: "S/s", Init: dist.Constant{}},
	{Name: "dg_in", Unit: "S/s", Init: dist.Constant{}},
}

// gridStates end the state of neurons that are solved adaptively: how long they
// are still refractory, and the solver's next substep.
var gridStates = [2]State{
	{Name: "refractory_time", Unit: "s", Init: dist.Constant{}},
	{Name: "integration_step", Unit: "s", Init: dist.Constant{}},
}

func iafCondStates(rest float64, conductances []State) []State {
	states := []State{{Name: "V_m", Unit: "V", Init: dist.Constant{Value: rest}}}
	return append(append(states, conductances...), gridStates[:]...)
}

// iafCondStepper steps iaf_cond neurons with either kind of conductance.
type iafCondStepper struct {
	*iafCondNeuron                 // the neuron at hand
	neurons        []iafCondNeuron // one for all, or one for each
	arrivals       arrivals
	kernel         *kernel.Conductances
	odd            []int32 // neurons that the kernel leaves
	solver         *rungeKutta

	y       []float64 // of the neuron at hand: V_m and the conductances
	current float64   // and its input
}

// iafCondNeuron is the constants of a neuron.
type iafCondNeuron struct {
	IafCondExp
	synapses synapses
	clock    refractory
}

// Magnitudes of the state variables, below which errors count as absolute.
const (
	voltageScale     = 1e-2  // V
	currentScale     = 1e-11 // A
	conductanceScale = 1e-9  // S
)

func newIafCond(models []IafCondExp, alpha bool, env Env) *iafCondStepper {
	s := &iafCondStepper{}
	for _, m := range models {
		m = param.Resolve(m)
		g := synapses{alpha: alpha, tauEx: m.TauSynEx, tauIn: m.TauSynIn}
		s.neurons = append(s.neurons, iafCondNeuron{m, g, newRefractory(m.TRef, env.Dt)})
	}
	s.at(0)
	s.kernel, s.y = newConductances(s.neurons, alpha, env), make([]float64, 1+s.synapses.size())
	s.solver = newRungeKutta(s, s.scale()...)
	return s
}

// at takes the neuron i of the population to hand.
func (s *iafCondStepper) at(i int) {
	if len(s.neurons) == 1 {
		i = 0
	}
	s.iafCondNeuron = &s.neurons[i]
}

func (n *iafCondNeuron) scale() []float64 {
	return append([]float64{voltageScale}, n.synapses.scales(conductanceScale)...)
}

func (s *iafCondStepper) derive(y, dydt []float64) {
	v := y[0]
	if v > s.VTh {
		v = s.VTh
	}
	current := s.current - float64(s.GL*(v-s.EL)) - float64(y[1]*(v-s.EEx)) - float64(y[2]*(v-s.EIn))
	dydt[0] = current / s.CM
	s.synapses.derive(y[1:], dydt[1:])
}

// Step lets the kernel advance all neurons but those that may fire in this step,
// and a few others, which are solved one by one.
func (s *iafCondStepper) Step(b *Block) {
	toEx, toIn := s.arrivals.at(b, 0), s.arrivals.at(b, 1)
	vars := len(s.y)
	rows := kernel.ConductanceRows{First: b.First, V: b.State[0], Ex: b.State[1], In: b.State[2], Left: b.State[vars]}
	if s.synapses.alpha {
		rows.ExSlope, rows.InSlope = b.State[3], b.State[4]
	}
	s.odd = s.kernel.Step(rows, b.Input, toEx, toIn, s.odd[:0])
	for _, odd := range s.odd {
		i := int(odd)
		s.at(b.First + i)
		if !s.kernel.Near(rows, i, b.Input[i], toEx[i], toIn[i]) {
			s.solve(b, i, toEx[i], toIn[i])
		}
		if b.State[0][i] >= s.VTh {
			b.State[0][i], rows.Left[i] = s.VReset, s.clock.period
			b.Fire(i, s.clock.dt)
		}
	}
}

// solve advances one neuron that is not refractory.
func (s *iafCondStepper) solve(b *Block, i int, toEx, toIn float64) {
	y, vars := s.y, len(s.y)
	substep := b.State[vars+1]
	gather(y, b.State, i)
	s.current = b.Input[i] + s.IE
	copy(s.solver.scale[1:], s.synapses.scales(conductanceScale))
	s.solver.begin(y, substep[i])
	s.solver.advance(y, s.clock.dt)
	substep[i] = s.solver.size
	s.synapses.open(y[1:], toEx, toIn)
	scatter(y, b.State, i)
}
