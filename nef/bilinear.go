package nef

import (
	"soma"
	"soma/connect"
	"soma/neuron"
)

// Bilinear computes out·((A x) ∘ (B y)) of two vectors x and y, with neurons for
// each product. Convolutions and products of matrices are of this form.
type Bilinear struct {
	NNeurons       int
	A, B           connect.Dense // a row for each product
	Out            connect.Dense // a column for each product
	InputMagnitude float64       // largest factor
	Neuron         neuron.Model
}

// Build makes the nodes "input_a", "input_b" and "output" and the products
// between them.
func (l Bilinear) Build(sub *soma.Network) (a, b, out *soma.Node, p *Product) {
	a, b = sub.Passthrough("input_a", len(l.A[0])), sub.Passthrough("input_b", len(l.B[0]))
	out = sub.Passthrough("output", len(l.Out))
	p = Product{NNeurons: l.NNeurons, Dimensions: len(l.A), InputMagnitude: l.InputMagnitude, Neuron: l.Neuron}.Add(sub, "product")
	direct(sub, a, p.InputA).Transform = l.A.Compact()
	direct(sub, b, p.InputB).Transform = l.B.Compact()
	direct(sub, p.Output, out).Transform = l.Out.Compact()
	return a, b, out, p
}
