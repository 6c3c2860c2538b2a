package neuron

import "fmt"

// Direct is no neuron at all: an ensemble of it represents its vector exactly,
// and functions on its connections are computed as they are. It helps to find
// out whether a deviation comes from the neurons or from the model.
type Direct struct{}

// Spec implements Model.
func (Direct) Spec() Spec { return Spec{Name: "Direct", Amplitude: 1} }

// NewStepper implements Model; ensembles treat Direct on their own.
func (Direct) NewStepper(Env) (Stepper, error) {
	return nil, fmt.Errorf("Direct has no neurons to step; use it in an ensemble")
}
