package nef

import (
	"soma"
	"soma/dist"
	"soma/neuron"
)

// A Thalamus turns the output of a basal ganglia network into about 1 for the
// selected action and 0 for the others: every action is on by itself, unless
// inhibited by the basal ganglia or by the others.
type Thalamus struct {
	Dimensions          int          `param:"dimensions" check:">0" doc:"number of actions"`
	NNeuronsPerEnsemble int          `param:"n_neurons_per_ensemble" default:"50" check:">0" doc:"neurons for each action"`
	MutualInhib         float64      `param:"mutual_inhib" default:"1" check:">=0" doc:"how strongly actions inhibit each other"`
	Threshold           float64      `param:"threshold" check:"0..1" doc:"value below which an action is taken for 0"`
	Neuron              neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input   *soma.Node     `end:"input" doc:"from the basal ganglia: 0 for the selected action, negative for others"`
	Output  *soma.Node     `end:"output" doc:"1 for the selected action"`
	Actions *EnsembleArray `end:"actions" doc:"an ensemble for each action"`
}

// Add makes the network.
func (t Thalamus) Add(net *soma.Network, name string) *Thalamus {
	sub, t := Begin(net, name, t)
	t.Network = sub
	t.Actions = EnsembleArray{
		NNeurons: t.NNeuronsPerEnsemble, NEnsembles: t.Dimensions, Neuron: t.Neuron,
		Encoders: positive, Intercepts: dist.Uniform{Low: t.Threshold, High: 1},
	}.Add(sub, "actions")
	t.Input, t.Output = t.Actions.Input, t.Actions.Output
	sub.Connect(t.Output, t.Input).Transform = diagonal(t.Dimensions, 0, -t.MutualInhib)
	direct(sub, constant(sub, "bias", 1), t.Input).Transform = uniform(t.Dimensions, 1, 1)
	Finish(sub)
	return &t
}
