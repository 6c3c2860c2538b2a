package neuron

import (
	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/param"
)

// IF is the integrate-and-fire neuron without a leak (L. Lapicque, 1907),
//
//	I = C dV/dt,   spike and V ← V_reset where V reaches V_th,
//
// which then ignores its input for τ_ref. Its rate is
// f(I) = I/(C (V_th − V_reset) + τ_ref I). Charge below threshold stays for
// ever: see LeakyIF. Spike times are exact within the step.
type IF struct {
	Capacitance float64 `param:"capacitance" unit:"F" default:"1e-9" check:">0" doc:"membrane capacitance C"`
	Threshold   float64 `param:"threshold" unit:"V" default:"0.02" doc:"threshold V_th"`
	Reset       float64 `param:"reset" unit:"V" doc:"voltage after a spike, and at the start"`
	TauRef      float64 `param:"tau_ref" unit:"s" check:">=0" doc:"refractory period"`
}

// Spec implements Model.
func (m IF) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name: "IF",
		States: []State{
			{Name: "voltage", Unit: "V", Init: dist.Constant{Value: m.Reset}},
			{Name: "refractory_time", Unit: "s", Init: dist.Constant{}},
		},
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
	}
}

// Check implements Checker.
func (m IF) Check() []param.Problem { return checkReset(m.Threshold, m.Reset) }

// NewStepper implements Model.
func (m IF) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return &ifStepper{kernel.NewIF(kernel.IFParams{
		Dt: env.Dt, TauRef: m.TauRef, Capacitance: m.Capacitance,
		Threshold: m.Threshold, Reset: m.Reset,
	})}, nil
}

// Rates implements Rater.
func (m IF) Rates(rates, currents []float64) {
	m = param.Resolve(m)
	charge := float64(m.Capacitance * (m.Threshold - m.Reset))
	for i, current := range currents {
		rates[i] = 0
		if current > 0 {
			rates[i] = current / (charge + float64(m.TauRef*current))
		}
	}
}

// GainBias implements Tuner; gain and bias are in ampere. The threshold current
// of a neuron without a leak is 0.
func (m IF) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	m = param.Resolve(m)
	if problem := checkRate(maxRate, intercept, m.TauRef); problem != nil {
		return 0, 0, problem
	}
	current := float64(m.Capacitance*(m.Threshold-m.Reset)) / (1/maxRate - m.TauRef)
	gain = current / (1 - intercept)
	return gain, float64(-gain * intercept), nil
}

type ifStepper struct{ kernel *kernel.IF }

func (s *ifStepper) Step(b *Block) {
	b.Spikes, b.At = s.kernel.Step(b.State[0], b.State[1], b.Input, 0, b.Spikes, b.At)
}
