package neuron

import "soma/internal/param"

// InhomogeneousPoissonGenerator fires at random with a rate that changes at
// given times and is constant in between; 0 before the first. It is a
// TrainGenerator.
type InhomogeneousPoissonGenerator struct {
	RateTimes  []float64 `param:"rate_times" unit:"s" doc:"when the rate changes, rising; rounded to steps"`
	RateValues []float64 `param:"rate_values" unit:"Hz" doc:"the rate from each of these times on"`
	Start      float64   `param:"start" unit:"s" check:">=0" doc:"when it begins"`
	Stop       float64   `param:"stop" unit:"s" check:">=0" doc:"when it ends; 0: never"`
}

// Spec implements Model.
func (InhomogeneousPoissonGenerator) Spec() Spec { return trainSpec("inhomogeneous_poisson_generator") }

// Check implements Checker.
func (m InhomogeneousPoissonGenerator) Check() []param.Problem {
	return append(checkCourse("rate", m.RateTimes, m.RateValues, 0), window{m.Start, m.Stop}.check()...)
}

// CheckDt implements DtChecker.
func (m InhomogeneousPoissonGenerator) CheckDt(dt float64) []param.Problem {
	for _, rate := range m.RateValues {
		if problems := checkPoissonRate("rate_values", rate, dt); problems != nil {
			return problems
		}
	}
	return nil
}

// Pieces implements TrainGenerator.
func (m InhomogeneousPoissonGenerator) Pieces(dt float64) []Piece {
	return newPieces(m.RateTimes, m.RateValues, window{m.Start, m.Stop}, dt)
}

// NewStepper implements Model.
func (m InhomogeneousPoissonGenerator) NewStepper(env Env) (Stepper, error) {
	return newPoissonStepper(m.Pieces(env.Dt), env), nil
}
