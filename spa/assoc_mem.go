package spa

import (
	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/param"
	"soma/nef"
	"soma/neuron"
	"soma/signal"
)

// The ways in which an AssocMem selects among pointers.
const (
	WTA       = "wta"       // the most similar pointer above the threshold
	Threshold = "threshold" // every pointer above the threshold
	IA        = "ia"        // the first to accumulate enough evidence
)

// An AssocMem gives, for a pointer that is similar to one of a vocabulary, the
// pointer that belongs to it; with the same pointer for each it cleans up.
type AssocMem struct {
	InputVocab  *Vocabulary  `param:"input_vocab" doc:"vocabulary of what is looked up"`
	OutputVocab *Vocabulary  `param:"output_vocab" doc:"vocabulary of what is given; default: the same"`
	Mapping     [][2]string  // input and output pointers; default: each to the one of its name
	NNeurons    int          `param:"n_neurons" default:"50" check:">0" doc:"neurons for each pointer"`
	Threshold   float64      `param:"threshold" default:"0.3" doc:"similarity that a pointer must exceed"`
	Step        bool         `param:"step" doc:"gives pointers of full length, whatever their similarity"`
	Select      string       // WTA (the default), Threshold or IA
	Default     string       `param:"default_output" doc:"what is given when no pointer is active"`
	MinActive   float64      `param:"min_activation_value" default:"0.5" check:">0" doc:"activity of a pointer that suppresses the default output"`
	Neuron      neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input      *soma.Node `end:"input" doc:"what is looked up"`
	Output     *soma.Node `end:"output" doc:"what belongs to it"`
	Selected   *soma.Node `end:"selected" doc:"how active each pointer is"`
	InputReset *soma.Node `end:"input_reset" doc:"1: forget the evidence; of ia_assoc_mem only"`
}

// Check reports what is wrong with the parameters.
func (m AssocMem) Check() []param.Problem {
	problems := append(nef.CheckFields(m), needsVocabulary("input_vocab", m.InputVocab)...)
	if m.OutputVocab != nil {
		problems = append(problems, needsVocabulary("output_vocab", m.OutputVocab)...)
	}
	if len(problems) > 0 {
		return problems
	}
	_, _, problems = m.vectors()
	if m.Default != "" {
		if _, err := m.out().Parse(m.Default); err != nil {
			problems = append(problems, param.Problem{Field: "default_output", Problem: err.Error()})
		}
	}
	return problems
}

// out is the vocabulary of what is given.
func (m *AssocMem) out() *Vocabulary {
	if m.OutputVocab == nil {
		return m.InputVocab
	}
	return m.OutputVocab
}

// vectors are the pointers that belong together, by their expressions.
func (m *AssocMem) vectors() (in, out [][]float64, problems []param.Problem) {
	mapping := m.Mapping
	if mapping == nil {
		for _, name := range m.InputVocab.Names() {
			mapping = append(mapping, [2]string{name, name})
		}
	}
	if len(mapping) == 0 {
		return nil, nil, []param.Problem{{Field: "mapping", Problem: "no pointers", Remedy: "populate the vocabulary, or give a mapping such as {\"A\": \"B\"}"}}
	}
	for _, pair := range mapping {
		from, err := m.InputVocab.Parse(pair[0])
		if err != nil {
			problems = append(problems, param.Problem{Field: "mapping", Problem: err.Error()})
		}
		to, err := m.out().Parse(pair[1])
		if err != nil {
			problems = append(problems, param.Problem{Field: "mapping", Problem: err.Error()})
		}
		in, out = append(in, from), append(out, to)
	}
	return in, out, problems
}

// Add makes the network.
func (m AssocMem) Add(net *soma.Network, name string) *AssocMem {
	wrong := len(m.Check()) > 0
	sub, m := nef.Begin(net, name, m)
	m.Network = sub
	if wrong {
		m.InputVocab, m.Default = orEmpty(m.InputVocab), ""
		m.Mapping = [][2]string{{"0", "0"}}
		if m.OutputVocab != nil {
			m.OutputVocab = orEmpty(m.OutputVocab)
		}
	}
	in, out, _ := m.vectors()
	m.Input, m.Output = sub.Passthrough("input", m.InputVocab.Dimensions), sub.Passthrough("output", m.out().Dimensions)
	selection := m.selection(len(in))
	sub.Connect(m.Input, selection).Transform = connect.Dense(in)
	sub.Connect(m.Selected, m.Output).Transform = transposed(out)
	if m.Default != "" {
		m.addDefault(len(in))
	}
	nef.Finish(sub)
	return &m
}

// selection adds the network that selects among n pointers and gives its input.
func (m *AssocMem) selection(n int) soma.Endpoint {
	switch m.Select {
	case IA:
		a := nef.IndependentAccumulators{NNeurons: m.NNeurons, NEnsembles: n, Neuron: m.Neuron}.Add(m.Network, "selection")
		m.Selected, m.InputReset = a.Output, a.InputReset
		return a.Input
	case Threshold:
		t := nef.Thresholding{NNeurons: m.NNeurons, NEnsembles: n, Threshold: m.Threshold, Step: m.Step, Neuron: m.Neuron}.Add(m.Network, "selection")
		m.Selected = t.Output
		return t.Input
	}
	t := nef.Thresholding{NNeurons: m.NNeurons, NEnsembles: n, Threshold: m.Threshold, Step: m.Step, InhibitScale: 1, Neuron: m.Neuron}.Add(m.Network, "selection")
	m.Selected = t.Output
	return t.Input
}

// addDefault adds an ensemble that is active unless a pointer suppresses it.
func (m *AssocMem) addDefault(n int) {
	e := m.Ensemble("default", m.NNeurons, 1)
	e.Neuron, e.Encoders, e.EvalPoints = orNeuron(m.Neuron), dist.Constant{Value: 1}, dist.Uniform{High: 1}
	e.Intercepts = dist.Exponential{Scale: 0.15, High: 0.95}
	one := m.Node("one", signal.Constant{1})
	direct(m.Network, one, e)
	suppress := zeros(1, n)
	for i := range suppress[0] {
		suppress[0][i] = -1 / m.MinActive
	}
	m.Connect(m.Selected, e).Transform = suppress
	vector, _ := m.out().Parse(m.Default) // checked
	m.Connect(e, m.Output).Transform = connect.Dense(column(vector))
}

// Module implements Modular.
func (m *AssocMem) Module() Module {
	return Module{Input: m.Input, Output: m.Output, Vocab: m.InputVocab, OutputVocab: m.out()}
}
