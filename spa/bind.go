package spa

import (
	"math"

	"soma"
	"soma/internal/param"
	"soma/nef"
	"soma/neuron"
)

// A Bind binds two vectors by the algebra of their vocabulary.
type Bind struct {
	Vocab               *Vocabulary  `param:"vocab" doc:"vocabulary of the vectors"`
	NeuronsPerDimension int          `param:"neurons_per_dimension" default:"200" check:">0" doc:"neurons of each product; there are about two products for each dimension"`
	UnbindLeft          bool         `param:"unbind_left" doc:"takes the inverse of the left vector"`
	UnbindRight         bool         `param:"unbind_right" doc:"takes the inverse of the right vector"`
	Neuron              neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	InputLeft  *soma.Node `end:"input_left" doc:"the left vector"`
	InputRight *soma.Node `end:"input_right" doc:"the right vector"`
	Output     *soma.Node `end:"output" doc:"the two, bound"`
}

// Check reports what is wrong with the parameters.
func (b Bind) Check() []param.Problem {
	return append(nef.CheckFields(b), needsVocabulary("vocab", b.Vocab)...)
}

// Add makes the network.
func (b Bind) Add(net *soma.Network, name string) *Bind {
	sub, b := nef.Begin(net, name, b)
	b.Network, b.Vocab = sub, orEmpty(b.Vocab)
	algebra := b.Vocab.Algebra
	left, right, out, magnitude := algebra.Products(b.Vocab.Dimensions)
	if b.UnbindLeft {
		left = invertedColumns(algebra, left)
	}
	if b.UnbindRight {
		right = invertedColumns(algebra, right)
	}
	l := nef.Bilinear{NNeurons: b.NeuronsPerDimension, A: left, B: right, Out: out, InputMagnitude: magnitude, Neuron: b.Neuron}
	b.InputLeft, b.InputRight, b.Output, _ = l.Build(sub)
	nef.Finish(sub)
	return &b
}

// Module implements Modular.
func (b *Bind) Module() Module { return Module{Output: b.Output, Vocab: b.Vocab} }

// A Compare gives the similarity of two vectors, their dot product.
type Compare struct {
	Vocab               *Vocabulary  `param:"vocab" doc:"vocabulary of the vectors"`
	NeuronsPerDimension int          `param:"neurons_per_dimension" default:"200" check:">0" doc:"neurons for each dimension"`
	Neuron              neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	InputA *soma.Node `end:"input_a" doc:"one vector"`
	InputB *soma.Node `end:"input_b" doc:"the other vector"`
	Output *soma.Node `end:"output" doc:"their similarity"`
}

// Check reports what is wrong with the parameters.
func (c Compare) Check() []param.Problem {
	return append(nef.CheckFields(c), needsVocabulary("vocab", c.Vocab)...)
}

// Add makes the network. Elements of a vector of length 1 are seldom above 4/√d,
// except for the first of the identity.
func (c Compare) Add(net *soma.Network, name string) *Compare {
	sub, c := nef.Begin(net, name, c)
	c.Network, c.Vocab = sub, orEmpty(c.Vocab)
	d := c.Vocab.Dimensions
	in, out := zeros(d, d), zeros(1, d)
	for i := range d {
		largest := min(1, 4/math.Sqrt(float64(d)))
		if i == 0 {
			largest = 1
		}
		in[i][i], out[0][i] = 1/largest, float64(largest*largest)
	}
	l := nef.Bilinear{NNeurons: c.NeuronsPerDimension, A: in, B: in, Out: out, InputMagnitude: 1, Neuron: c.Neuron}
	c.InputA, c.InputB, c.Output, _ = l.Build(sub)
	nef.Finish(sub)
	return &c
}

// Module implements Modular.
func (c *Compare) Module() Module { return Module{Output: c.Output} }

// A Superposition adds vectors up: all that is connected to its input.
type Superposition struct {
	Vocab               *Vocabulary  `param:"vocab" doc:"vocabulary of the vectors"`
	NeuronsPerDimension int          `param:"neurons_per_dimension" default:"200" check:">0" doc:"neurons for each dimension"`
	Neuron              neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input  *soma.Node `end:"input" doc:"any number of vectors"`
	Output *soma.Node `end:"output" doc:"their sum"`
}

// Check reports what is wrong with the parameters.
func (s Superposition) Check() []param.Problem {
	return append(nef.CheckFields(s), needsVocabulary("vocab", s.Vocab)...)
}

// Add makes the network.
func (s Superposition) Add(net *soma.Network, name string) *Superposition {
	sub, s := nef.Begin(net, name, s)
	s.Network, s.Vocab = sub, orEmpty(s.Vocab)
	array := nef.EnsembleArray{NNeurons: s.NeuronsPerDimension, NEnsembles: s.Vocab.Dimensions, Neuron: s.Neuron}.Add(sub, "array")
	s.Input, s.Output = array.Input, array.Output
	nef.Finish(sub)
	return &s
}

// Module implements Modular.
func (s *Superposition) Module() Module {
	return Module{Input: s.Input, Output: s.Output, Vocab: s.Vocab}
}

// A Product multiplies two numbers.
type Product struct {
	NNeurons int          `param:"n_neurons" default:"200" check:">0" doc:"number of neurons"`
	Neuron   neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	InputA *soma.Node `end:"input_a" doc:"one number"`
	InputB *soma.Node `end:"input_b" doc:"the other number"`
	Output *soma.Node `end:"output" doc:"their product"`
}

// Add makes the network.
func (p Product) Add(net *soma.Network, name string) *Product {
	sub, p := nef.Begin(net, name, p)
	p.Network = sub
	inner := nef.Product{NNeurons: p.NNeurons, Dimensions: 1, Neuron: p.Neuron}.Add(sub, "product")
	p.InputA, p.InputB, p.Output = inner.InputA, inner.InputB, inner.Output
	nef.Finish(sub)
	return &p
}

// Module implements Modular.
func (p *Product) Module() Module { return Module{Output: p.Output} }
