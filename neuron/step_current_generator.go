package neuron

import "soma/internal/param"

// StepCurrentGenerator gives a current that changes at given times and is
// constant in between; 0 before the first. See DcGenerator for how it acts.
type StepCurrentGenerator struct {
	AmplitudeTimes  []float64 `param:"amplitude_times" unit:"s" doc:"when the current changes, rising; rounded to steps"`
	AmplitudeValues []float64 `param:"amplitude_values" unit:"A" doc:"the current from each of these times on"`
	Start           float64   `param:"start" unit:"s" check:">=0" doc:"when it begins"`
	Stop            float64   `param:"stop" unit:"s" check:">=0" doc:"when it ends; 0: never"`
}

// Spec implements Model.
func (StepCurrentGenerator) Spec() Spec { return currentSpec("step_current_generator") }

// Check implements Checker.
func (m StepCurrentGenerator) Check() []param.Problem {
	return append(checkCourse("amplitude", m.AmplitudeTimes, m.AmplitudeValues, unbounded), window{m.Start, m.Stop}.check()...)
}

// NewStepper implements Model.
func (m StepCurrentGenerator) NewStepper(env Env) (Stepper, error) {
	return currentStepper(newPieces(m.AmplitudeTimes, m.AmplitudeValues, window{m.Start, m.Stop}, env.Dt)), nil
}
