package neuron

import (
	"soma/dist"
	"soma/internal/kernel"
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
	return m.newStepperOf([]Model{m}, env)
}

func (IzhikevichPoint) joins(Model) bool { return true }

func (IzhikevichPoint) newStepperOf(models []Model, env Env) (Stepper, error) {
	var list []kernel.IzhikevichParameters
	for _, m := range theirs[IzhikevichPoint](models) {
		m = param.Resolve(m)
		list = append(list, kernel.IzhikevichParameters{
			A: 1e3 * m.A, B: m.B, C: m.C, D: m.D, Threshold: m.VTh, Min: m.VMin, IE: m.IE,
		})
	}
	return &izhikevichPointStepper{kernel: kernel.NewIzhikevich(env.Level, env.Dt, oneForAll(list))}, nil
}

type izhikevichPointStepper struct {
	kernel   *kernel.Izhikevich
	arrivals arrivals
}

func (s *izhikevichPointStepper) Step(b *Block) {
	n, before := len(b.Input), len(b.Spikes)
	b.Spikes = s.kernel.Step(b.First, b.State[0][:n], b.State[1][:n], b.Input, s.arrivals.at(b, 0), b.Spikes)
	for range b.Spikes[before:] {
		b.At = append(b.At, s.kernel.Dt)
	}
}
