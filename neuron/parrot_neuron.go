package neuron

import "math"

// ParrotNeuron repeats the spikes that arrive, so that what a generator sends can
// go over synapses, with delays and learning, and be recorded. What arrives in a
// step makes as many spikes as the sum of the weights is, rounded: give the synapses
// onto it the weight 1.
type ParrotNeuron struct{}

// mostRepeats bounds the spikes of a neuron in a step.
const mostRepeats = 10_000

// Spec implements Model.
func (ParrotNeuron) Spec() Spec {
	return Spec{Name: "parrot_neuron", Spiking: true, Amplitude: 1, Receptors: []Receptor{{Name: "spikes"}}}
}

// NewStepper implements Model.
func (ParrotNeuron) NewStepper(env Env) (Stepper, error) { return &parrotStepper{dt: env.Dt}, nil }

type parrotStepper struct {
	dt       float64
	arrivals arrivals
}

func (s *parrotStepper) Step(b *Block) {
	for i, sum := range s.arrivals.at(b, 0) {
		for range int(min(max(math.Floor(sum+0.5), 0), mostRepeats)) {
			b.Fire(i, s.dt)
		}
	}
}
