package script

import "soma/neuron"

// NeuronModels lists the neuron models of the language, with default
// parameters.
func NeuronModels() []neuron.Model {
	models := make([]neuron.Model, len(neurons))
	for i, m := range neurons {
		models[i] = m.zero.(neuron.Model)
	}
	return models
}
