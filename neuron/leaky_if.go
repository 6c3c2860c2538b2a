package neuron

import (
	"math"

	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/kernel"
	"soma/internal/param"
)

// LeakyIF is the leaky integrate-and-fire neuron in physical units,
//
//	I − (V − V_rest)/R = C dV/dt,   spike and V ← V_reset where V passes V_th,
//
// which then ignores its input for τ_ref. Below the threshold current
// I_th = (V_th − V_rest)/R it never fires; above, its rate is
// 1/(τ_ref + R C ln((R I + V_rest − V_reset)/(R I + V_rest − V_th))), which is
// 1/(τ_ref − R C ln(1 − V_th/(R I))) for reset and rest at 0 (W. Gerstner et
// al., Neuronal Dynamics, 2014, section 1.3). Spike times are exact within the
// step.
type LeakyIF struct {
	Capacitance float64 `param:"capacitance" unit:"F" default:"1e-9" check:">0" doc:"membrane capacitance C"`
	Resistance  float64 `param:"resistance" unit:"ohm" default:"2e7" check:">0" doc:"membrane resistance R"`
	Threshold   float64 `param:"threshold" unit:"V" default:"0.02" doc:"threshold V_th"`
	Reset       float64 `param:"reset" unit:"V" doc:"voltage after a spike"`
	Rest        float64 `param:"rest" unit:"V" doc:"resting voltage, and the voltage at the start"`
	TauRef      float64 `param:"tau_ref" unit:"s" check:">=0" doc:"refractory period"`
}

// Spec implements Model.
func (m LeakyIF) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name: "LeakyIF",
		States: []State{
			{Name: "voltage", Unit: "V", Init: dist.Constant{Value: m.Rest}},
			{Name: "refractory_time", Unit: "s", Init: dist.Constant{}},
		},
		Spiking:   true,
		Amplitude: 1,
		InputUnit: "A",
	}
}

// Check implements Checker.
func (m LeakyIF) Check() []param.Problem {
	problems := checkReset(m.Threshold, m.Reset)
	if m.Rest >= m.Threshold {
		problems = append(problems, param.Problem{
			Field:   "rest",
			Problem: param.Quantity(m.Rest, "V") + " is not below the threshold of " + param.Quantity(m.Threshold, "V"),
			Remedy:  "give a resting voltage below the threshold",
		})
	}
	return problems
}

// NewStepper implements Model.
func (m LeakyIF) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return &lifStepper{newLIFStep(env, kernel.LIFParams{
		Dt: env.Dt, TauRC: m.tau(), TauRef: m.TauRef,
		Resistance: m.Resistance, Rest: m.Rest, Threshold: m.Threshold, Reset: m.Reset,
		MinVoltage: math.Inf(-1),
	})}, nil
}

// CheckDt implements DtChecker.
func (m LeakyIF) CheckDt(dt float64) []param.Problem {
	return checkMembrane("resistance × capacitance", param.Resolve(m).tau(), dt)
}

// tau is the membrane time constant of a resolved model, s.
func (m LeakyIF) tau() float64 { return float64(m.Resistance * m.Capacitance) }

// Rates implements Rater.
func (m LeakyIF) Rates(rates, currents []float64) {
	m = param.Resolve(m)
	for i, current := range currents {
		rates[i] = 0
		overshoot := float64(m.Resistance*current) + m.Rest - m.Threshold
		if overshoot > 0 {
			rates[i] = 1 / (m.TauRef + float64(m.tau()*elementary.Log1p((m.Threshold-m.Reset)/overshoot)))
		}
	}
}

// GainBias implements Tuner; gain and bias are in ampere.
func (m LeakyIF) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	m = param.Resolve(m)
	if problem := checkRate(maxRate, intercept, m.TauRef); problem != nil {
		return 0, 0, problem
	}
	threshold := (m.Threshold - m.Rest) / m.Resistance
	above := (m.Threshold - m.Reset) / elementary.Expm1((1/maxRate-m.TauRef)/m.tau()) / m.Resistance
	gain = above / (1 - intercept)
	return gain, threshold - float64(gain*intercept), nil
}
