package nef

import (
	"soma"
	"soma/neuron"
)

// A MatrixMultiplication multiplies two matrices, given and returned as vectors,
// row by row.
type MatrixMultiplication struct {
	NNeurons       int          `param:"n_neurons" check:">0" doc:"neurons for each product of two elements"`
	Rows           int          `param:"rows" check:">0" doc:"rows of the left matrix"`
	Inner          int          `param:"inner" check:">0" doc:"columns of the left matrix, rows of the right one"`
	Columns        int          `param:"columns" check:">0" doc:"columns of the right matrix"`
	TransposeRight bool         `param:"transpose_right" doc:"the right matrix is given as its transpose"`
	InputMagnitude float64      `param:"input_magnitude" default:"1" check:">0" doc:"largest value of an element"`
	Neuron         neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	InputA  *soma.Node `end:"input_a" doc:"the left matrix, rows × inner"`
	InputB  *soma.Node `end:"input_b" doc:"the right matrix, inner × columns"`
	Output  *soma.Node `end:"output" doc:"their product, rows × columns"`
	Product *Product   `end:"product" doc:"the products of elements"`
}

// Add makes the network.
func (m MatrixMultiplication) Add(net *soma.Network, name string) *MatrixMultiplication {
	sub, m := Begin(net, name, m)
	m.Network = sub
	n := m.Rows * m.Inner * m.Columns
	a, b, out := uniform(n, m.Rows*m.Inner, 0), uniform(n, m.Inner*m.Columns, 0), uniform(m.Rows*m.Columns, n, 0)
	product := 0
	for i := range m.Rows {
		for j := range m.Columns {
			for k := range m.Inner {
				right := k*m.Columns + j
				if m.TransposeRight {
					right = j*m.Inner + k
				}
				a[product][i*m.Inner+k], b[product][right], out[i*m.Columns+j][product] = 1, 1, 1
				product++
			}
		}
	}
	bi := Bilinear{NNeurons: m.NNeurons, A: a, B: b, Out: out, InputMagnitude: m.InputMagnitude, Neuron: m.Neuron}
	m.InputA, m.InputB, m.Output, m.Product = bi.Build(sub)
	Finish(sub)
	return &m
}
