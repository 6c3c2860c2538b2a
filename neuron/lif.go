package neuron

import (
	"soma/dist"
	"soma/internal/elementary"
	"soma/internal/kernel"
	"soma/internal/param"
)

// LIF is the leaky integrate-and-fire neuron in normalised form,
//
//	τ_rc dV/dt = J − V,   spike and V ← 0 where V > 1,
//
// held at 0 for τ_ref after each spike. A step is exact for a constant current:
// spike times lie within the step, and when the step is longer than τ_ref a
// neuron may fire several times in it. The steady rate is
// 1/(τ_ref − τ_rc ln(1 − 1/J)) for J > 1 (e.g. C. Eliasmith and C. H. Anderson,
// Neural Engineering, 2003, eq. 2.9).
type LIF struct {
	TauRC      float64 `param:"tau_rc" unit:"s" default:"0.02" check:">0" doc:"membrane time constant"`
	TauRef     float64 `param:"tau_ref" unit:"s" default:"0.002" check:">=0" doc:"refractory period"`
	MinVoltage float64 `param:"min_voltage" doc:"lower bound of the voltage"`
	Amplitude  float64 `param:"amplitude" default:"1" check:">0" doc:"area of a spike as seen by connections"`
}

// Spec implements Model.
func (m LIF) Spec() Spec {
	m = param.Resolve(m)
	return Spec{
		Name: "LIF",
		States: []State{
			{Name: "voltage", Init: dist.Uniform{Low: 0, High: 1}},
			{Name: "refractory_time", Unit: "s", Init: dist.Constant{}},
		},
		Spiking:   true,
		Amplitude: m.Amplitude,
	}
}

// NewStepper implements Model.
func (m LIF) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return &lifStepper{newLIFStep(env, m.kernel(env))}, nil
}

// kernel gives the constants of a resolved model.
func (m LIF) kernel(env Env) kernel.LIFParams {
	return kernel.LIFParams{
		Dt: env.Dt, TauRC: m.TauRC, TauRef: m.TauRef,
		Resistance: 1, Threshold: 1, MinVoltage: m.MinVoltage,
	}
}

// CheckDt implements DtChecker.
func (m LIF) CheckDt(dt float64) []param.Problem {
	return checkMembrane("tau_rc", param.Resolve(m).TauRC, dt)
}

// Rates implements Rater.
func (m LIF) Rates(rates, currents []float64) {
	m = param.Resolve(m)
	kernel.LIFRates(kernel.Best(), rates, currents, m.Amplitude, m.TauRC, m.TauRef)
}

// GainBias implements Tuner.
func (m LIF) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	m = param.Resolve(m)
	return lifGainBias(maxRate, intercept, m.TauRC, m.TauRef)
}

// lifStep steps neurons whose first two state variables are voltage and refractory
// time.
type lifStep struct {
	kernel  *kernel.LIF
	private *kernel.PrivateLIF // nil: the state is for all to see
}

func newLIFStep(env Env, p kernel.LIFParams) lifStep {
	return lifStep{kernel: kernel.NewLIF(env.Level, p)}
}

// advance steps a block with currents j.
func (s *lifStep) advance(b *Block, j []float64) {
	if s.private != nil {
		b.Spikes, b.At = s.private.Step(b.First, b.State[0], b.State[1], j, 0, b.Spikes, b.At)
	} else {
		b.Spikes, b.At = s.kernel.Step(b.State[0], b.State[1], j, 0, b.Spikes, b.At)
	}
}

// Own implements Owner.
func (s *lifStep) Own() { s.private = s.kernel.Private() }

type lifStepper struct{ lifStep }

func (s *lifStepper) Step(b *Block) { s.advance(b, b.Input) }

// lifRate is the closed-form rate for the normalised current j.
func lifRate(j, tauRC, tauRef float64) float64 {
	if !(j > 1) {
		return 0
	}
	return 1 / (tauRef + float64(tauRC*elementary.Log1p(1/(j-1))))
}

// lifGainBias inverts lifRate at the current of the wanted rate.
func lifGainBias(maxRate, intercept, tauRC, tauRef float64) (gain, bias float64, problem *param.Problem) {
	if problem := checkRate(maxRate, intercept, tauRef); problem != nil {
		return 0, 0, problem
	}
	// x = 1/(1 − exp((τ_ref − 1/r)/τ_rc)) is the current that gives the rate r.
	x := -1 / elementary.Expm1((tauRef-1/maxRate)/tauRC)
	gain = (1 - x) / (intercept - 1)
	return gain, 1 - float64(gain*intercept), nil
}
