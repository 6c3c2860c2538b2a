package neuron

import (
	"math"

	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/param"
)

// NoiseGenerator gives a Gaussian current, drawn anew in every interval Dt and
// held in between: white noise below a frequency of 1/(2 Dt). Connected by a
// rule, it gives every target a current of its own; a probe of the generator
// shows one more. See DcGenerator for how it acts.
type NoiseGenerator struct {
	Mean  float64 `param:"mean" unit:"A" doc:"mean current"`
	Std   float64 `param:"std" unit:"A" check:">=0" doc:"standard deviation of the current"`
	Dt    float64 `param:"dt" unit:"s" default:"0.001" check:">0" doc:"how long each value is held; a multiple of the step"`
	Start float64 `param:"start" unit:"s" check:">=0" doc:"when it begins"`
	Stop  float64 `param:"stop" unit:"s" check:">=0" doc:"when it ends; 0: never"`
}

// Spec implements Model. The state is the current as drawn, also while the
// generator is off.
func (NoiseGenerator) Spec() Spec {
	spec := currentSpec("noise_generator")
	spec.Random = true
	spec.States = []State{{Name: "I", Unit: "A", Init: dist.Constant{}}}
	return spec
}

// Check implements Checker.
func (m NoiseGenerator) Check() []param.Problem { return window{m.Start, m.Stop}.check() }

// CheckDt implements DtChecker.
func (m NoiseGenerator) CheckDt(dt float64) []param.Problem {
	m = param.Resolve(m)
	ratio := m.Dt / dt
	if whole := math.Round(ratio); whole >= 1 && math.Abs(ratio-whole) < 1e-6*whole {
		return nil
	}
	return []param.Problem{{
		Field:   "dt",
		Problem: param.Quantity(m.Dt, "s") + " is no multiple of the step of " + param.Quantity(dt, "s"),
		Remedy:  "give " + param.Quantity(max(1, math.Round(ratio))*dt, "s"),
	}}
}

// Superposed is the sum of n independent generators.
func (m NoiseGenerator) Superposed(n int) NoiseGenerator {
	m.Mean = float64(m.Mean * float64(n))
	m.Std = float64(m.Std * math.Sqrt(float64(n)))
	return m
}

// NewStepper implements Model. The value of neuron i in interval k is drawn at
// (i, k).
func (m NoiseGenerator) NewStepper(env Env) (Stepper, error) {
	m = param.Resolve(m)
	return noiseStepper{m, env.Dt, max(1, toSteps(m.Dt, env.Dt)), env.Level, kernel.NewNormals(env.Stream)}, nil
}

type noiseStepper struct {
	NoiseGenerator
	dt      float64
	held    int64 // steps
	level   kernel.Level
	normals *kernel.Normals
}

func (s noiseStepper) Step(b *Block) {
	current := b.State[0]
	if (b.Step-1)%s.held == 0 {
		s.normals.Fill(s.level, current, uint64(b.First), uint64((b.Step-1)/s.held))
		for i, x := range current {
			current[i] = s.Mean + float64(s.Std*x)
		}
	}
	if !(window{s.Start, s.Stop}.open(b.Step, s.dt)) {
		clear(b.Output)
		return
	}
	copy(b.Output, current)
}
