package nef

import (
	"math"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/neuron"
	"soma/solve"
)

// A Product multiplies two vectors element by element. Neurons multiply best as
// they square: a·b = ((a + b)² − (a − b)²)/4, with an ensemble for the sum and
// one for the difference (J. Gosmann, "Precise multiplications with the NEF",
// 2015). Neurons that begin to fire between 0 and 0.9 of the radius, with less
// regularisation than usual, halve the error again: see docs/design/0011.
type Product struct {
	NNeurons       int          `param:"n_neurons" check:">0" doc:"neurons for each element, a half for either square"`
	Dimensions     int          `param:"dimensions" check:">0" doc:"elements of the vectors"`
	InputMagnitude float64      `param:"input_magnitude" default:"1" check:">0" doc:"largest value of an element"`
	Neuron         neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	InputA *soma.Node     `end:"input_a" doc:"one factor"`
	InputB *soma.Node     `end:"input_b" doc:"the other factor"`
	Output *soma.Node     `end:"output" doc:"the products"`
	Sum    *EnsembleArray `end:"sum" doc:"the ensembles of (a + b)/√2"`
	Diff   *EnsembleArray `end:"difference" doc:"the ensembles of (a − b)/√2"`
}

// Add makes the network.
func (p Product) Add(net *soma.Network, name string) *Product {
	sub, p := Begin(net, name, p)
	p.Network = sub
	p.InputA, p.InputB = sub.Passthrough("input_a", p.Dimensions), sub.Passthrough("input_b", p.Dimensions)
	p.Output = sub.Passthrough("output", p.Dimensions)
	p.Sum = p.square("sum", 1)
	p.Diff = p.square("difference", -1)
	Finish(sub)
	return &p
}

// square adds the ensembles of (a ± b)/√2, and half their square, with the sign,
// to the output.
func (p *Product) square(name string, sign float64) *EnsembleArray {
	array := EnsembleArray{
		NNeurons: max(1, p.NNeurons/2), NEnsembles: p.Dimensions, Neuron: p.Neuron,
		Radius:     float64(p.InputMagnitude * math.Sqrt2),
		Intercepts: dist.Uniform{High: 0.9}, Solver: solve.LstsqL2{Reg: 0.03},
	}.Add(p.Network, name)
	direct(p.Network, p.InputA, array.Input).Transform = connect.Scale(1 / math.Sqrt2)
	direct(p.Network, p.InputB, array.Input).Transform = connect.Scale(sign / math.Sqrt2)
	squares := array.AddOutput("square", func(x []float64) []float64 { return []float64{float64(x[0] * x[0])} })
	direct(p.Network, squares, p.Output).Transform = connect.Scale(sign / 2)
	return array
}

// A DotProduct is the sum of the products of the elements of two vectors.
type DotProduct struct {
	NNeurons       int          `param:"n_neurons" check:">0" doc:"neurons for each element"`
	Dimensions     int          `param:"dimensions" check:">0" doc:"elements of the vectors"`
	InputMagnitude float64      `param:"input_magnitude" default:"1" check:">0" doc:"largest value of an element"`
	Neuron         neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	InputA  *soma.Node `end:"input_a" doc:"one vector"`
	InputB  *soma.Node `end:"input_b" doc:"the other vector"`
	Output  *soma.Node `end:"output" doc:"their dot product"`
	Product *Product   `end:"product" doc:"the products"`
}

// Add makes the network.
func (d DotProduct) Add(net *soma.Network, name string) *DotProduct {
	sub, d := Begin(net, name, d)
	d.Network = sub
	d.Product = Product{NNeurons: d.NNeurons, Dimensions: d.Dimensions, InputMagnitude: d.InputMagnitude, Neuron: d.Neuron}.Add(sub, "product")
	d.InputA, d.InputB = d.Product.InputA, d.Product.InputB
	d.Output = sub.Passthrough("output", 1)
	direct(sub, d.Product.Output, d.Output).Transform = uniform(1, d.Dimensions, 1)
	Finish(sub)
	return &d
}
