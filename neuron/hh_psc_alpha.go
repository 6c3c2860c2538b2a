package neuron

import (
	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/param"
)

// HHPscAlpha is the Hodgkin–Huxley neuron with alpha-shaped post-synaptic
// currents,
//
//	C_m dV/dt = −g_Na m³h (V − E_Na) − g_K n⁴ (V − E_K) − g_L (V − E_L)
//	            + I_ex + I_in + I + I_e,
//	dx/dt = α_x(V) (1 − x) − β_x(V) x   for x = m, h, n,
//	I_syn(t) = w·t/τ_syn·e^(1 − t/τ_syn) after each arriving spike,
//
// so that the weight is the peak of the current (A. L. Hodgkin and A. F. Huxley,
// J. Physiol. 117:500, 1952, with the voltage counted from the outside and rest
// at −65 mV). It fires in the step in which V falls at or above 0 V; then t_ref
// passes before it can fire again, in which V goes on. The equations are solved
// with an adaptive method to about 1e-8 mV; spikes are on the grid of steps, and
// t_ref is rounded to it.
type HHPscAlpha struct {
	TRef     float64 `param:"t_ref" unit:"s" default:"0.002" check:">=0" doc:"time after a spike in which no other is detected"`
	GNa      float64 `param:"g_Na" unit:"S" default:"12e-6" check:">=0" doc:"peak conductance of sodium"`
	GK       float64 `param:"g_K" unit:"S" default:"3.6e-6" check:">=0" doc:"peak conductance of potassium"`
	GL       float64 `param:"g_L" unit:"S" default:"30e-9" check:">=0" doc:"leak conductance"`
	CM       float64 `param:"C_m" unit:"F" default:"100e-12" check:">0" doc:"membrane capacitance"`
	ENa      float64 `param:"E_Na" unit:"V" default:"0.05" doc:"sodium reversal potential"`
	EK       float64 `param:"E_K" unit:"V" default:"-0.077" doc:"potassium reversal potential"`
	EL       float64 `param:"E_L" unit:"V" default:"-0.054402" doc:"leak reversal potential"`
	TauSynEx float64 `param:"tau_syn_ex" unit:"s" default:"0.0002" check:">0" doc:"rise time of excitatory currents"`
	TauSynIn float64 `param:"tau_syn_in" unit:"s" default:"0.002" check:">0" doc:"rise time of inhibitory currents"`
	IE       float64 `param:"I_e" unit:"A" doc:"constant current, added to the input"`
}

// hhRest is the voltage at which the neuron starts, with its gates in
// equilibrium.
const hhRest = -0.065

// Spec implements Model. Positive weights arrive at "ex", negative ones, with
// their sign, at "in".
func (m HHPscAlpha) Spec() Spec {
	rates := hhRatesAt(hhRest)
	return Spec{
		Name: "hh_psc_alpha",
		States: []State{
			{Name: "V_m", Unit: "V", Init: dist.Constant{Value: hhRest}},
			{Name: "Act_m", Init: dist.Constant{Value: rates.m.equilibrium()}},
			{Name: "Inact_h", Init: dist.Constant{Value: rates.h.equilibrium()}},
			{Name: "Act_n", Init: dist.Constant{Value: rates.n.equilibrium()}},
			{Name: "I_syn_ex", Unit: "A", Init: dist.Constant{}},
			{Name: "I_syn_in", Unit: "A", Init: dist.Constant{}},
			{Name: "dI_syn_ex", Unit: "A/s", Init: dist.Constant{}},
			{Name: "dI_syn_in", Unit: "A/s", Init: dist.Constant{}},
			gridStates[0], gridStates[1],
		},
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: exIn("A"),
	}
}

// hhMaxDt is how long a step may be to see a spike, which is above 0 V for
// less than 1 ms, fall.
const hhMaxDt = 0.25e-3

// CheckDt implements DtChecker.
func (m HHPscAlpha) CheckDt(dt float64) []param.Problem {
	problems := checkRefractory(param.Resolve(m).TRef, dt)
	if dt > hhMaxDt {
		problems = append(problems, param.Problem{
			Field:   "dt",
			Problem: param.Quantity(dt, "s") + " is too long to see the tip of a spike",
			Remedy:  "use a dt of at most " + param.Quantity(hhMaxDt, "s"),
		})
	}
	return problems
}

// Measurement implements Measured.
func (HHPscAlpha) Measurement() Measurement { return usualMeasurement() }

// Rates implements Rater.
func (m HHPscAlpha) Rates(rates, currents []float64) { measure(m, rates, currents) }

// NewStepper implements Model.
func (m HHPscAlpha) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	g := synapses{alpha: true, tauEx: m.TauSynEx, tauIn: m.TauSynIn}
	s := &hhPscAlphaStepper{HHPscAlpha: m, synapses: g, clock: newRefractory(m.TRef, env.Dt), y: make([]float64, 4+g.size())}
	s.solver = newRungeKutta(s, append([]float64{voltageScale, 1, 1, 1}, g.scales(currentScale)...)...)
	return s, nil
}

// gate holds the opening and closing rates of a channel's gate, 1/s.
type gate struct{ opening, closing float64 }

func (g gate) equilibrium() float64 { return g.opening / (g.opening + g.closing) }

func (g gate) derivative(x float64) float64 {
	return float64(g.opening*(1-x)) - float64(g.closing*x)
}

type hhRates struct{ m, h, n gate }

// hhRatesAt gives Hodgkin and Huxley's rates at the voltage v.
func hhRatesAt(v float64) hhRates {
	mV := float64(1e3 * v)
	return hhRates{
		m: gate{1e3 * hhLinear((mV+40)/10), 4e3 * elementary.Exp(-(mV+65)/18)},
		h: gate{70 * elementary.Exp(-(mV+65)/20), 1e3 / (1 + elementary.Exp(-(mV+35)/10))},
		n: gate{100 * hhLinear((mV+55)/10), 125 * elementary.Exp(-(mV+65)/80)},
	}
}

// hhLinear returns x/(1 − e^(−x)), which is 1 at 0.
func hhLinear(x float64) float64 { return 1 / phi1(-x) }

type hhPscAlphaStepper struct {
	HHPscAlpha
	synapses synapses
	clock    refractory
	arrivals arrivals
	solver   *rungeKutta

	y       []float64 // of the neuron at hand: V_m, m, h, n and the currents
	current float64   // and its input
}

func (s *hhPscAlphaStepper) derive(y, dydt []float64) {
	v, m, h, n := y[0], y[1], y[2], y[3]
	rates := hhRatesAt(v)
	gNa := s.GNa * m * m * m * h
	gK := s.GK * n * n * n * n
	ionic := float64(gNa*(v-s.ENa)) + float64(gK*(v-s.EK)) + float64(s.GL*(v-s.EL))
	dydt[0] = (s.current + y[4] + y[5] - ionic) / s.CM
	dydt[1] = rates.m.derivative(m)
	dydt[2] = rates.h.derivative(h)
	dydt[3] = rates.n.derivative(n)
	s.synapses.derive(y[4:], dydt[4:])
}

func (s *hhPscAlphaStepper) Step(b *Block) {
	vars := len(s.y)
	left, substep := b.State[vars], b.State[vars+1]
	toEx, toIn := s.arrivals.at(b, 0), s.arrivals.at(b, 1)
	for i, current := range b.Input {
		y := s.y
		gather(y, b.State, i)
		before := y[0]
		s.current = current + s.IE
		s.solver.begin(y, substep[i])
		s.solver.advance(y, s.clock.dt)
		substep[i] = s.solver.size
		s.synapses.arrive(y[4:], toEx[i], toIn[i])
		if left[i] > 0 {
			left[i] = s.clock.tick(left[i])
		} else if y[0] >= 0 && y[0] < before {
			left[i] = s.clock.period
			b.Fire(i, s.clock.dt)
		}
		scatter(y, b.State, i)
	}
}
