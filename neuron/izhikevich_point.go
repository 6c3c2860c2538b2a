package neuron

import (
	"soma/dist"
	"soma/internal/param"
)

// IzhikevichPoint is the simple model of E. M. Izhikevich, IEEE Trans. Neural
// Netw. 14:1569, 2003, as a point neuron in physical units,
//
//	dV/dt = 0.04 V² + 5 V + 140 − U + I + I_e,   V ← V + w when a spike arrives,
//	dU/dt = a (b V − U),
//	spike, V ← c and U ← U + d where V ≥ V_th,
//
// the numbers being those of the paper, for V and U in mV, time in ms and I in
// pA. The parameters here are in volt and ampere, but for a, which is per
// millisecond, and b. The step is forward Euler with both right-hand sides at the
// start of the step; spikes are on the grid of steps. For the model without
// units, see the ensembles' Izhikevich.
type IzhikevichPoint struct {
	A    float64 `param:"a" default:"0.02" doc:"rate of the recovery variable, per millisecond"`
	B    float64 `param:"b" default:"0.2" doc:"sensitivity of the recovery variable to the voltage"`
	C    float64 `param:"c" unit:"V" default:"-0.065" doc:"voltage after a spike"`
	D    float64 `param:"d" unit:"V" default:"0.008" doc:"jump of the recovery variable at a spike"`
	VTh  float64 `param:"V_th" unit:"V" default:"0.03" doc:"threshold"`
	VMin float64 `param:"V_min" unit:"V" default:"-inf" doc:"lower bound of the voltage"`
	IE   float64 `param:"I_e" unit:"A" doc:"constant current, added to the input; 1 pA drives 1 mV/ms"`
}

// izhikevichStart is the voltage at the start; U starts at b times it.
const izhikevichStart = -0.065

// Spec implements Model. There is one receptor: weights of either sign are
// jumps of the voltage.
func (m IzhikevichPoint) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name: "izhikevich",
		States: []State{
			{Name: "V_m", Unit: "V", Init: dist.Constant{Value: izhikevichStart}},
			{Name: "U_m", Unit: "V", Init: dist.Constant{Value: float64(m.B * izhikevichStart)}},
		},
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
		Receptors: []Receptor{{Name: "delta", Unit: "V"}},
	}
}

// Check implements Checker.
func (m IzhikevichPoint) Check() []param.Problem {
	return append(checkBelow("c", m.C, "V_th", m.VTh), checkBelow("V_min", m.VMin, "V_th", m.VTh)...)
}

// CheckDt implements DtChecker.
func (m IzhikevichPoint) CheckDt(dt float64) []param.Problem { return checkEuler(dt) }

// Measurement implements Measured.
func (IzhikevichPoint) Measurement() Measurement { return usualMeasurement() }

// Rates implements Rater.
func (m IzhikevichPoint) Rates(rates, currents []float64) { measure(m, rates, currents) }

// NewStepper implements Model.
func (m IzhikevichPoint) NewStepper(env Env) (Stepper, error) {
	return &izhikevichPointStepper{IzhikevichPoint: param.Resolve(m), dt: env.Dt}, nil
}

type izhikevichPointStepper struct {
	IzhikevichPoint
	dt       float64
	arrivals arrivals
}

func (s *izhikevichPointStepper) Step(b *Block) { s.stepPart(b, 0, len(b.Input)) }

func (s *izhikevichPointStepper) stepPart(b *Block, lo, hi int) {
	n := len(b.Input)
	v, u := b.State[0][:n], b.State[1][:n]
	arrived := s.arrivals.at(b, 0)
	recovery := 1e3 * s.A
	for i := lo; i < hi; i++ {
		current := b.Input[i]
		// In volt, second and ampere: 0.04/mV/ms is 4e4/V/s, 1 pA drives 1 V/s.
		v0, u0 := v[i], u[i]
		slope := float64(float64(float64(4e4*v0)+5e3)*v0) + 140 - float64(1e3*u0) + float64(1e12*(current+s.IE))
		v1 := v0 + float64(s.dt*slope) + arrived[i]
		u1 := u0 + float64(s.dt*float64(recovery*(float64(s.B*v0)-u0)))
		if v1 < s.VMin {
			v1 = s.VMin
		}
		if v1 >= s.VTh {
			v1, u1 = s.C, u1+s.D
			b.Fire(i, s.dt)
		}
		v[i], u[i] = v1, u1
	}
}
