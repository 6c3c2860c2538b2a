package compile

import (
	"fmt"

	"soma"
	"soma/connect"
	"soma/internal/program"
)

// linear is a transform as the program carries it out: a matrix, a sparse matrix,
// or one number for all values.
type linear struct {
	rows, cols int
	scale      float64
	dense      *connect.Matrix
	sparse     *connect.SparseMatrix
}

func scaled(n int, factor float64) linear { return linear{rows: n, cols: n, scale: factor} }
func matrix(m *connect.Matrix) linear     { return linear{rows: m.Rows, cols: m.Cols, dense: m} }

// sparseBelow is the share of entries up to which a sparse product is cheaper than
// one with a vector kernel.
const sparseBelow = 0.125

// transform gives the connection's transform of in values to out.
func (b *builder) transform(conn *soma.Connection, in, out int) (linear, bool) {
	t := conn.Transform
	if _, random := t.(connect.RandomMatrix); random && !b.affordable(conn, out, in) {
		return linear{}, false
	}
	if d, ok := t.(connect.Drawer); ok {
		drawn, err := d.Drawn(b.stream(b.learning.names[conn], "transform"))
		if err != nil {
			b.fail(conn.FieldPosition("transform"), conn.Path(), "transform", err, "")
			return linear{}, false
		}
		t = drawn
	}
	switch t := t.(type) {
	case nil:
		return spread(1, in, out), true
	case connect.Scale:
		return spread(float64(t), in, out), true
	case connect.SparseTransform:
		m := t.Sparse(in)
		if float64(len(m.Col)) <= sparseBelow*float64(in)*float64(out) {
			return linear{rows: m.Rows, cols: m.Cols, sparse: m}, true
		}
		return matrix(m.Dense()), true
	}
	return matrix(t.Matrix(in)), true
}

// mostWeights bounds the matrices of connections whose weights are written out,
// although their description is short: 8 GB.
const mostWeights = 1 << 30

// affordable refuses a weight for every pair where there are too many pairs.
func (b *builder) affordable(conn *soma.Connection, rows, cols int) bool {
	n := float64(rows) * float64(cols)
	if n <= mostWeights {
		return true
	}
	b.fail(conn.FieldPosition("transform"), conn.Path(), "transform",
		fmt.Errorf("%d × %d weights take %.3g GB", rows, cols, n*8/1e9), "connect fewer neurons, or by single synapses (rule and weight)")
	return false
}

// spread is a factor for all values; one value drives every neuron alike.
func spread(factor float64, in, out int) linear {
	if in == out {
		return scaled(in, factor)
	}
	w := connect.NewMatrix(out, 1)
	for i := range w.Data {
		w.Data[i] = factor
	}
	return matrix(w)
}

// matrix writes the transform out.
func (l linear) matrix() *connect.Matrix {
	switch {
	case l.dense != nil:
		return l.dense
	case l.sparse != nil:
		return l.sparse.Dense()
	}
	return connect.Scale(l.scale).Matrix(l.rows)
}

// after is the transform applied to decoders.
func (l linear) after(decoders *connect.Matrix) *connect.Matrix {
	switch {
	case l.dense == nil && l.sparse == nil && l.scale == 1:
		return decoders
	case l.dense == nil && l.sparse == nil:
		return decoders.Scaled(l.scale)
	}
	return l.matrix().Times(decoders)
}

// scaledRows is the transform with every value times a factor of its own.
func (l linear) scaledRows(factors []float64) linear {
	switch {
	case factors == nil:
		return l
	case l.dense != nil:
		m := connect.NewMatrix(l.rows, l.cols)
		for i := range l.rows {
			for j, w := range l.dense.Row(i) {
				m.Row(i)[j] = float64(factors[i] * w)
			}
		}
		return matrix(m)
	case l.sparse != nil:
		l.sparse = l.sparse.ScaledRows(factors)
		return l
	}
	l.sparse = connect.Diagonal(factors).ScaledRows(equal(l.scale, l.rows))
	return l
}

func equal(x float64, n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = x
	}
	return all
}

// multiply adds the transform of a view to another.
func (b *builder) multiply(path string, l linear, from, to program.View) {
	if l.sparse != nil {
		b.program.Operate(&program.SparseProduct{Label: program.Label(path), From: from, To: to, Weights: l.sparse})
		return
	}
	b.program.Operate(&program.Product{Label: program.Label(path), From: from, To: to, Scale: l.scale, Weights: l.dense})
}

// gains are those of the neurons of an ensemble that a connection ends at: what
// arrives there is multiplied by the neuron's gain, as what the ensemble
// represents is. nil at any other end.
func (b *builder) gains(conn *soma.Connection) []float64 {
	p, ok := conn.To.Of.(*soma.Population)
	if !ok || p.Ensemble() == nil || b.built.Tunings[p.Ensemble()] == nil {
		return nil
	}
	all := b.built.Tunings[p.Ensemble()].Gain
	start, step, count := conn.To.Range(len(all))
	gains := make([]float64, count)
	for i := range gains {
		gains[i] = all[start+i*step]
	}
	return gains
}
