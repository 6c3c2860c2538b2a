package spa

import (
	"slices"

	"soma"
	"soma/connect"
	"soma/signal"
	"soma/synapse"
)

// flow is what an expression gives while a model runs: a sum of transformed
// outputs of modules, and a constant.
type flow struct {
	vector   bool
	width    int       // 1 for numbers
	constant []float64 // nil: 0
	terms    []term
}

// term is an output of a module, transformed by a matrix or scaled by a number.
type term struct {
	from   soma.Endpoint
	matrix connect.Dense // nil: scale
	scale  float64
}

// constantFlow is a flow without terms.
func constantFlow(q quantity) flow {
	if q.vector == nil {
		return flow{width: 1, constant: []float64{q.number}}
	}
	return flow{vector: true, width: len(q.vector), constant: q.vector}
}

// fixed says whether the flow is constant.
func (f flow) fixed() bool { return len(f.terms) == 0 }

// plus adds two flows of one width.
func (f flow) plus(g flow) flow {
	sum := flow{vector: f.vector || g.vector, width: max(f.width, g.width), terms: slices.Concat(f.terms, g.terms)}
	switch {
	case f.constant == nil:
		sum.constant = g.constant
	case g.constant == nil:
		sum.constant = f.constant
	default:
		sum.constant = make([]float64, len(f.constant))
		for i := range sum.constant {
			sum.constant[i] = f.constant[i] + g.constant[i]
		}
	}
	return sum
}

// times scales a flow.
func (f flow) times(factor float64) flow {
	g := flow{vector: f.vector, width: f.width}
	if f.constant != nil {
		g.constant = scale(f.constant, factor)
	}
	for _, t := range f.terms {
		t.scale = float64(t.scale * factor)
		if t.matrix != nil {
			t.matrix = slices.Clone(t.matrix)
			for i, row := range t.matrix {
				t.matrix[i] = scale(row, factor)
			}
		}
		g.terms = append(g.terms, t)
	}
	return g
}

// through applies a matrix to a flow.
func (f flow) through(m connect.Dense) flow {
	g := flow{vector: true, width: len(m)}
	if f.constant != nil {
		g.constant = apply(m, f.constant)
	}
	for _, t := range f.terms {
		if t.matrix == nil {
			matrix := make(connect.Dense, len(m))
			for i, row := range m {
				matrix[i] = scale(row, t.scale)
			}
			t.matrix = matrix
		} else {
			columns := transposed(t.matrix)
			for i, c := range columns {
				columns[i] = apply(m, c)
			}
			t.matrix = transposed(columns)
		}
		g.terms = append(g.terms, t)
	}
	return g
}

func apply(m connect.Dense, x []float64) []float64 {
	y := make([]float64, len(m))
	for i, row := range m {
		y[i] = dot(row, x)
	}
	return y
}

// into connects the flow.
func (f flow) into(net *soma.Network, to soma.Endpoint, s synapse.Synapse) {
	for _, t := range f.terms {
		conn := net.Connect(t.from, to)
		conn.Synapse, conn.Transform = s, connect.Scale(t.scale)
		if t.matrix != nil {
			conn.Transform = t.matrix.Compact()
		}
	}
	if slices.ContainsFunc(f.constant, func(x float64) bool { return x != 0 }) {
		direct(net, net.Node(numbered("constant", len(net.Nodes)), signal.Constant(f.constant)), to)
	}
}
