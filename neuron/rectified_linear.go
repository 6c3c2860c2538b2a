package neuron

import (
	"math"

	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/param"
)

// RectifiedLinear has the rate amplitude·max(J, 0): a ReLU with no spikes and
// no state.
type RectifiedLinear struct {
	Amplitude float64 `param:"amplitude" default:"1" check:">0" doc:"factor on the rate as seen by connections"`
}

// Spec implements Model.
func (m RectifiedLinear) Spec() Spec {
	return Spec{Name: "RectifiedLinear", Amplitude: param.Resolve(m).Amplitude}
}

// NewStepper implements Model.
func (m RectifiedLinear) NewStepper(Env) (Stepper, error) { return rateStepper{m}, nil }

// Rates implements Rater.
func (m RectifiedLinear) Rates(rates, currents []float64) {
	rectifiedRates(rates, currents, param.Resolve(m).Amplitude)
}

// GainBias implements Tuner.
func (m RectifiedLinear) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	return rectifiedGainBias(maxRate, intercept)
}

// SpikingRectifiedLinear integrates its rectified current without a leak and
// without a refractory period and fires each time the integral passes a whole
// number: the rate is max(J, 0), several spikes per step where it must be.
type SpikingRectifiedLinear struct {
	Amplitude float64 `param:"amplitude" default:"1" check:">0" doc:"area of a spike as seen by connections"`
}

// Spec implements Model.
func (m SpikingRectifiedLinear) Spec() Spec {
	return Spec{
		Name:      "SpikingRectifiedLinear",
		States:    []State{{Name: "voltage", Init: dist.Uniform{Low: 0, High: 1}}},
		Spiking:   true,
		Amplitude: param.Resolve(m).Amplitude,
	}
}

// NewStepper implements Model.
func (m SpikingRectifiedLinear) NewStepper(env Env) (Stepper, error) {
	return spikingRectifiedStepper{env.Dt}, nil
}

// Rates implements Rater.
func (m SpikingRectifiedLinear) Rates(rates, currents []float64) {
	rectifiedRates(rates, currents, param.Resolve(m).Amplitude)
}

// GainBias implements Tuner.
func (m SpikingRectifiedLinear) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	return rectifiedGainBias(maxRate, intercept)
}

type spikingRectifiedStepper struct{ dt float64 }

func (s spikingRectifiedStepper) Step(b *Block) {
	voltage := b.State[0]
	for i, j := range b.Input {
		rate := max(j, 0)
		before := voltage[i]
		v := before + float64(rate*s.dt)
		n := math.Floor(v)
		for k := 1.0; k <= min(n, kernel.MaxSpikesPerStep); k++ {
			b.Fire(i, (k-before)/rate)
		}
		voltage[i] = v - n
	}
}

func rectifiedRates(rates, currents []float64, amplitude float64) {
	for i, j := range currents {
		rates[i] = float64(amplitude * max(j, 0))
	}
}

func rectifiedGainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	if problem := checkTuning(maxRate, intercept); problem != nil {
		return 0, 0, problem
	}
	gain = maxRate / (1 - intercept)
	return gain, float64(-intercept * gain), nil
}
