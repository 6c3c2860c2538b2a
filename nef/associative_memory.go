package nef

import (
	"fmt"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/param"
	"soma/neuron"
	"soma/synapse"
)

// An AssociativeMemory gives, for an input that is similar to some of its input
// vectors, the output vectors that belong to them (T. C. Stewart, Y. Tang and C.
// Eliasmith, "A biologically realistic cleanup memory", Cogn. Syst. Res.
// 12:84–92, 2011). Without output vectors it cleans up: it gives the input
// vectors themselves.
type AssociativeMemory struct {
	InputVectors   [][]float64     `param:"input_vectors" doc:"what the input is compared with, a row for each item"`
	OutputVectors  [][]float64     `param:"output_vectors" doc:"what is given for each item; default: the input vectors"`
	NNeurons       int             `param:"n_neurons" default:"50" check:">0" doc:"neurons for each item"`
	Threshold      float64         `param:"threshold" default:"0.3" doc:"similarity that an item must exceed"`
	InputScale     float64         `param:"input_scale" default:"1" doc:"factor on the similarities"`
	Similarity     bool            `param:"similarity" doc:"scales the outputs by the similarity; otherwise they are of full length"`
	InhibitScale   float64         `param:"inhibit_scale" check:">=0" doc:"above 0 the items inhibit each other and the most similar wins; 1.5 is a good value"`
	InhibitSynapse synapse.Synapse `param:"inhibit_synapse" default:"5*ms" doc:"of that inhibition"`
	Inhibitable    bool            `param:"inhibitable" doc:"adds the input inhibit, with which a 1 silences the memory"`

	DefaultOutput []float64    `param:"default_output" doc:"what is given when no item is active"`
	MinActivation float64      `param:"min_activation_value" default:"0.5" check:">0" doc:"activity of an item that suppresses the default output"`
	Neuron        neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input     *soma.Node    `end:"input" doc:"what is looked up"`
	Output    *soma.Node    `end:"output" doc:"what was found"`
	Utilities *soma.Node    `end:"utilities" doc:"how active each item is"`
	Inhibit   *soma.Node    `end:"inhibit" doc:"1: silence; only with inhibitable"`
	Selection *Thresholding `end:"selection" doc:"the selection of the items"`
}

// Check reports what is wrong with the parameters.
func (m AssociativeMemory) Check() []param.Problem {
	problems := append(CheckFields(m), rectangular("input_vectors", m.InputVectors)...)
	if m.OutputVectors != nil {
		problems = append(problems, rectangular("output_vectors", m.OutputVectors)...)
		if len(m.OutputVectors) != len(m.InputVectors) {
			problems = append(problems, param.Problem{
				Field: "output_vectors", Problem: fmt.Sprintf("%d output vectors for %d input vectors", len(m.OutputVectors), len(m.InputVectors)),
				Remedy: "give one each",
			})
		}
	}
	if len(problems) > 0 || m.DefaultOutput == nil {
		return problems
	}
	if out := m.outputs(); len(m.DefaultOutput) != len(out[0]) {
		problems = append(problems, param.Problem{
			Field: "default_output", Problem: fmt.Sprintf("%d values, and the output vectors have %d", len(m.DefaultOutput), len(out[0])),
			Remedy: "give a vector of the same length",
		})
	}
	return problems
}

func (m *AssociativeMemory) outputs() [][]float64 {
	if m.OutputVectors == nil {
		return m.InputVectors
	}
	return m.OutputVectors
}

// Add makes the network.
func (m AssociativeMemory) Add(net *soma.Network, name string) *AssociativeMemory {
	problems := m.Check()
	sub, m := Begin(net, name, m)
	m.Network = sub
	if len(problems) > 0 { // something to connect to
		m.InputVectors, m.OutputVectors, m.DefaultOutput = [][]float64{{0}}, nil, nil
	}
	in, out := m.InputVectors, m.outputs()
	m.Input, m.Output = sub.Passthrough("input", len(in[0])), sub.Passthrough("output", len(out[0]))
	m.Selection = Thresholding{
		NNeurons: m.NNeurons, NEnsembles: len(in), Threshold: m.Threshold, Step: !m.Similarity,
		InhibitScale: m.InhibitScale, InhibitSynapse: m.InhibitSynapse, Neuron: m.Neuron,
	}.Add(sub, "selection")
	m.Utilities = m.Selection.Output
	compare := make(connect.Dense, len(in))
	for i, v := range in {
		compare[i] = scaled(v, m.InputScale)
	}
	direct(sub, m.Input, m.Selection.Input).Transform = compare
	direct(sub, m.Utilities, m.Output).Transform = transposed(out)
	if m.Inhibitable {
		m.Inhibit = sub.Passthrough("inhibit", 1)
		direct(sub, m.Inhibit, m.Selection.Input).Transform = uniform(len(in), 1, -1.5)
	}
	if m.DefaultOutput != nil {
		m.addDefault()
	}
	Finish(sub)
	return &m
}

// addDefault adds the ensemble that is active unless an item suppresses it.
func (m *AssociativeMemory) addDefault() {
	e := m.Ensemble("default", m.NNeurons, 1)
	e.Neuron, e.Encoders, e.EvalPoints = orNeuron(m.Neuron), positive, dist.Uniform{High: 1}
	e.Intercepts = dist.Exponential{Scale: 0.15, High: 0.95}
	direct(m.Network, constant(m.Network, "one", 1), e)
	m.Connect(m.Utilities, e).Transform = uniform(1, len(m.InputVectors), -1/m.MinActivation)
	direct(m.Network, e, m.Output).Transform = transposed([][]float64{m.DefaultOutput})
	if m.Inhibitable {
		direct(m.Network, m.Inhibit, e).Transform = connect.Scale(-1.5)
	}
}
