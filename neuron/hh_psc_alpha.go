package neuron

import (
	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/equation"
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

// hhEquations are the equations, with the variables in the order of the states.
// All rates follow from powers of one exponential, r = e^(−(V + 65 mV)/720 mV), and
// x/(e^x − 1) from y = x/72, as
//
//	e^(72y) − 1 = (e^y − 1) (1 + s) (1 + s²) (1 + s⁴) (1 + s⁸ + s¹⁶) (1 + s²⁴ + s⁴⁸),  s = e^y,
//
// where (e^y − 1)/y has a series without a division, and nothing cancels.
const hhEquations = `
	y_m = -40/720 - V_m*(1/(720*mV)) : 1
	y_n = -55/720 - V_m*(1/(720*mV)) : 1
	near_m = exprel(y_m) : 1
	near_n = exprel(y_n) : 1
	r = (1 + y_n*near_n)*exp(-1/72) : 1
	r2 = r*r : 1
	r4 = r2*r2 : 1
	r8 = r4*r4 : 1
	r16 = r8*r8 : 1
	r24 = r16*r8 : 1
	r48 = r24*r24 : 1
	p_m = ((1 + exp(25/720)*r)*(1 + exp(50/720)*r2))*((1 + exp(100/720)*r4)*(1 + exp(200/720)*r8 + exp(400/720)*r16))*(1 + exp(600/720)*r24 + exp(1200/720)*r48) : 1
	p_n = ((1 + exp(10/720)*r)*(1 + exp(20/720)*r2))*((1 + exp(40/720)*r4)*(1 + exp(80/720)*r8 + exp(160/720)*r16))*(1 + exp(240/720)*r24 + exp(480/720)*r48) : 1
	open_m = 72/ms/(near_m*p_m) : Hz
	open_n = 7.2/ms/(near_n*p_n) : Hz
	e10 = r24*r48 : 1
	e18 = r24*r16 : 1
	e20 = (r16*r16)*r4 : 1
	e80 = r8*r : 1
	dV_m/dt = (I + I_e + I_ex + I_in - g_Na*m*m*m*h*(V_m - E_Na) - g_K*n*n*(n*n)*(V_m - E_K) - g_L*(V_m - E_L))/C_m : volt
	dm/dt = open_m*(1 - m) - e18*(4/ms)*m : 1
	dh/dt = e20*(0.07/ms)*(1 - h) - h*(1/ms/(1 + e10*exp(3))) : 1
	dn/dt = open_n*(1 - n) - e80*(0.125/ms)*n : 1
	dI_ex/dt = dI_ex - I_ex/tau_ex : amp
	dI_in/dt = dI_in - I_in/tau_in : amp
	ddI_ex/dt = -dI_ex/tau_ex : amp/second
	ddI_in/dt = -dI_in/tau_in : amp/second`

// NewStepper implements Model.
func (m HHPscAlpha) NewStepper(env Env) (Stepper, error) { return newHH([]HHPscAlpha{m}, env) }

func (HHPscAlpha) joins(Model) bool { return true }

func (HHPscAlpha) newStepperOf(models []Model, env Env) (Stepper, error) {
	return newHH(theirs[HHPscAlpha](models), env)
}

func newHH(models []HHPscAlpha, env Env) (Stepper, error) {
	s := &hhPscAlphaStepper{}
	var parameters [][]equation.Given
	for _, m := range models {
		m = param.Resolve(m)
		s.neurons = append(s.neurons, hhNeuron{newRefractory(m.TRef, env.Dt), euler / m.TauSynEx, euler / m.TauSynIn})
		parameters = append(parameters, given(
			"C_m", m.CM, "g_Na", m.GNa, "g_K", m.GK, "g_L", m.GL, "E_Na", m.ENa, "E_K", m.EK, "E_L", m.EL,
			"I_e", m.IE, "tau_ex", m.TauSynEx, "tau_in", m.TauSynIn))
	}
	var err error
	s.flow, err = newFlow(env, equation.Source{Text: hhEquations, Method: eighth}, parameters...)
	return s, err
}

// gate holds the opening and closing rates of a channel's gate, 1/s.
type gate struct{ opening, closing float64 }

func (g gate) equilibrium() float64 { return g.opening / (g.opening + g.closing) }

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
	flow     *flow
	neurons  []hhNeuron // one for all, or one for each
	arrivals arrivals
	before   []float64 // V_m when the step began
}

// hhNeuron is what a step needs of a neuron besides its equations.
type hhNeuron struct {
	clock refractory
	// toEx and toIn are what a weight adds to the slope of its current.
	toEx, toIn float64
}

func (s *hhPscAlphaStepper) Step(b *Block) {
	const vars = 8
	v, left := b.State[0], b.State[vars]
	s.before = append(s.before[:0], v...)
	s.flow.step(b, b.State[:vars], b.State[vars+1])
	ex, in := s.arrivals.at(b, 0), s.arrivals.at(b, 1)
	own := &s.neurons[0]
	for i, w := range ex {
		if len(s.neurons) > 1 {
			own = &s.neurons[b.First+i]
		}
		b.State[6][i] += float64(w * own.toEx)
		b.State[7][i] += float64(in[i] * own.toIn)
		if left[i] > 0 {
			left[i] = own.clock.tick(left[i])
		} else if v[i] >= 0 && v[i] < s.before[i] {
			left[i] = own.clock.period
			b.Fire(i, own.clock.dt)
		}
	}
}
