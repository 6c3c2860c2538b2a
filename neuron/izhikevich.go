package neuron

import (
	"soma/dist"
	"soma/internal/param"
)

// Izhikevich is the simple model of E. M. Izhikevich, IEEE Trans. Neural Netw.
// 14:1569, 2003, for ensembles, with voltage in mV and time in ms inside,
//
//	dV/dt = 0.04 V² + 5 V + 140 − U + J,
//	dU/dt = a (b V − U),
//	spike, V ← c and U ← U + d where V ≥ 30,
//
// with a = tau_recovery (per ms, despite its name, which is Nengo's), b =
// coupling, c = reset_voltage and d = reset_recovery; J is at least −30. The step
// is forward Euler: V first, and U with the V after its reset. Spikes are on the
// grid of steps. The defaults spike regularly; fast spiking has tau_recovery 0.1,
// intrinsically bursting reset_voltage −55 and reset_recovery 4, chattering −50
// and 2. For the model in volt and ampere, see IzhikevichPoint.
//
// There is no closed form: Rates are counted over one second of steps of 1 ms,
// as in Nengo.
type Izhikevich struct {
	TauRecovery   float64 `param:"tau_recovery" default:"0.02" check:">0" doc:"a: rate of the recovery variable, per millisecond"`
	Coupling      float64 `param:"coupling" default:"0.2" check:">=0" doc:"b: sensitivity of the recovery variable to the voltage"`
	ResetVoltage  float64 `param:"reset_voltage" default:"-65" doc:"c: voltage after a spike, mV"`
	ResetRecovery float64 `param:"reset_recovery" default:"8" doc:"d: jump of the recovery variable at a spike"`
}

const (
	izhikevichPeak  = 30  // mV
	izhikevichFloor = -30 // of the current; Euler steps of 1 ms go astray below
)

// Spec implements Model.
func (Izhikevich) Spec() Spec {
	return Spec{
		Name: "Izhikevich",
		States: []State{
			{Name: "voltage", Init: dist.Uniform{Low: 0, High: 1}},
			{Name: "recovery", Init: dist.Constant{}},
		},
		Spiking:   true,
		Amplitude: 1,
	}
}

// Check implements Checker.
func (m Izhikevich) Check() []param.Problem {
	if m.ResetVoltage < izhikevichPeak {
		return nil
	}
	return []param.Problem{{
		Field:   "reset_voltage",
		Problem: param.Quantity(m.ResetVoltage, "") + " is not below the peak of 30 (mV)",
		Remedy:  "give a lower one, such as -65",
	}}
}

// CheckDt implements DtChecker.
func (m Izhikevich) CheckDt(dt float64) []param.Problem { return checkEuler(dt) }

// checkEuler refuses steps too long for Izhikevich's model.
func checkEuler(dt float64) []param.Problem {
	if dt <= 1e-3 {
		return nil
	}
	return []param.Problem{{
		Field:   "dt",
		Problem: param.Quantity(dt, "s") + " is too long for the Euler step of this model",
		Remedy:  "use a dt of at most 1 ms",
	}}
}

// NewStepper implements Model.
func (m Izhikevich) NewStepper(env Env) (Stepper, error) {
	return izhikevichStepper{param.Resolve(m), env.Dt}, nil
}

// Measurement implements Measured.
func (Izhikevich) Measurement() Measurement {
	return Measurement{Dt: 1e-3, Settle: 1e-3, Time: 1, Count: true, Points: 1001}
}

// Rates implements Rater.
func (m Izhikevich) Rates(rates, currents []float64) { measure(m, rates, currents) }

type izhikevichStepper struct {
	Izhikevich
	dt float64
}

func (s izhikevichStepper) Step(b *Block) {
	v, u := b.State[0], b.State[1]
	for i, j := range b.Input {
		x := v[i]
		slope := float64(0.04*float64(x*x)) + float64(5*x) + 140 - u[i] + max(j, izhikevichFloor)
		x += float64(float64(slope*1000) * s.dt)
		fires := x >= izhikevichPeak
		if fires {
			b.Fire(i, s.dt)
			x = s.ResetVoltage
		}
		v[i] = x
		slope = float64(s.TauRecovery * (float64(s.Coupling*x) - u[i]))
		u[i] += float64(float64(slope*1000) * s.dt)
		if fires {
			u[i] += s.ResetRecovery
		}
	}
}
