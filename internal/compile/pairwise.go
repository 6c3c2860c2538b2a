package compile

import (
	"soma"
	"soma/connect"
	"soma/solve"
)

// pairwise makes the input currents of the neurons at the target what is solved
// for, where the connection's solver finds the weights of pairs of neurons itself.
func (b *builder) pairwise(conn *soma.Connection, q decode) decode {
	_, is := conn.Solver.(solve.Pairwise)
	if !is || !conn.FullWeights() {
		return q
	}
	into := conn.To.Of.(*soma.Ensemble)
	if b.built.Tunings[into] == nil {
		return q
	}
	encoders := b.encodersOf(into, conn.To)
	l, ok := b.transform(conn, q.size, encoders.Cols)
	if !ok {
		return q
	}
	q.currents = encoders.Times(l.matrix())
	q.size = q.currents.Rows
	return q
}

// currentsOf are the currents that the values y, point by point, drive.
func currentsOf(currents *connect.Matrix, y []float64) []float64 {
	if currents == nil {
		return y
	}
	values := &connect.Matrix{Rows: len(y) / currents.Cols, Cols: currents.Cols, Data: y}
	return values.Times(currents.Transposed()).Data
}
