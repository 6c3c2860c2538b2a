package neuron

import "soma/internal/param"

// DcGenerator gives a constant current.
//
// Current generators act upon what they are connected to by a rule: a current
// that begins at t reaches the input of the targets from t + delay on, times the
// weight. Start and Stop are rounded to steps.
type DcGenerator struct {
	Amplitude float64 `param:"amplitude" unit:"A" doc:"current"`
	Start     float64 `param:"start" unit:"s" check:">=0" doc:"when it begins"`
	Stop      float64 `param:"stop" unit:"s" check:">=0" doc:"when it ends; 0: never"`
}

// Spec implements Model.
func (DcGenerator) Spec() Spec { return currentSpec("dc_generator") }

// currentSpec describes a generator whose output is a current.
func currentSpec(name string) Spec { return Spec{Name: name, Amplitude: 1, OutputUnit: "A"} }

// Check implements Checker.
func (m DcGenerator) Check() []param.Problem { return window{m.Start, m.Stop}.check() }

// NewStepper implements Model.
func (m DcGenerator) NewStepper(env Env) (Stepper, error) {
	return currentStepper(newPieces([]float64{0}, []float64{m.Amplitude}, window{m.Start, m.Stop}, env.Dt)), nil
}

// currentStepper gives a current that is constant piece by piece.
type currentStepper pieces

func (s currentStepper) Step(b *Block) {
	current := pieces(s).at(b.Step)
	for i := range b.Output {
		b.Output[i] = current
	}
}
