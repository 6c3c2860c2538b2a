package compile

import (
	"encoding/binary"
	"math"

	"soma/connect"
	"soma/internal/program"
)

// A dense product whose matrix repeats rows gives the same numbers several times:
// in a circular convolution every coefficient is needed twice, and in the basal
// ganglia one sum inhibits all actions.

const (
	// fewColumns is the number of columns below which a row costs no more than a
	// copy of what it gives.
	fewColumns = 8

	// repeated is the least number of weights that are saved for it to pay.
	repeated = 2048
)

// distinctRows gives the rows of a matrix once each, in the order of their first
// places, and which of them each row is; ok is false where that saves little.
func distinctRows(m *connect.Matrix) (rows *connect.Matrix, which []int, ok bool) {
	if m.Cols < fewColumns || m.Rows*m.Cols < repeated {
		return nil, nil, false
	}
	seen := map[string]int{}
	which = make([]int, m.Rows)
	var data []float64
	key := make([]byte, 0, 8*m.Cols)
	for i := range m.Rows {
		key = key[:0]
		for _, x := range m.Row(i) {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(x))
		}
		n, known := seen[string(key)]
		if !known {
			n = len(seen)
			seen[string(key)] = n
			data = append(data, m.Row(i)...)
		}
		which[i] = n
		if len(seen)*m.Cols+repeated > m.Rows*m.Cols {
			return nil, nil, false
		}
	}
	return &connect.Matrix{Rows: len(seen), Cols: m.Cols, Data: data}, which, true
}

// shareRows lets products by matrices that repeat rows find each number once, and add
// it wherever it is needed. What leads to neurons stays as it is: encoders are applied
// when the neurons are stepped.
func (b *builder) shareRows() {
	encoded := map[program.Signal]bool{}
	for _, op := range b.program.Operators {
		if n, ok := op.(*program.Neurons); ok {
			encoded[n.Input.Signal] = true
		}
	}
	var list []program.Operator
	for _, op := range b.program.Operators {
		p, ok := op.(*program.Product)
		if !ok || p.Weights == nil || encoded[p.To.Signal] || b.program.Signals[p.From.Signal].Spikes {
			list = append(list, op)
			continue
		}
		rows, which, ok := distinctRows(p.Weights)
		if !ok {
			list = append(list, op)
			continue
		}
		sum := b.program.Add(p.Object()+" distinct", make([]float64, rows.Rows))
		b.sums[sum.Signal] = true
		list = append(list,
			&program.Product{Label: p.Label, From: p.From, To: sum, Weights: rows},
			copies(p.Label, which, sum, p.To))
	}
	b.program.Operators = list
}

// copies adds to each value of a view one of another.
func copies(label program.Label, which []int, from, to program.View) program.Operator {
	if from.Count == 1 {
		return &program.Product{Label: label, From: from, To: to, Weights: spread(1, 1, to.Count).matrix()}
	}
	w := &connect.SparseMatrix{Rows: len(which), Cols: from.Count, Start: make([]int, 1, len(which)+1)}
	for _, n := range which {
		w.Col, w.Value = append(w.Col, int32(n)), append(w.Value, 1)
		w.Start = append(w.Start, len(w.Col))
	}
	return &program.SparseProduct{Label: label, From: from, To: to, Weights: w}
}
