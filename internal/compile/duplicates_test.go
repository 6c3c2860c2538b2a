package compile

import (
	"testing"

	"soma"
	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/signal"
	"soma/synapse"
)

// A matrix is taken apart where rows are repeated often enough, and put together
// again it is the same.
func TestDistinctRows(t *testing.T) {
	m := connect.NewMatrix(120, 40)
	for i := range m.Rows {
		for j := range m.Row(i) {
			m.Row(i)[j] = float64((i%30)*j) - 0.5
		}
	}
	rows, which, ok := distinctRows(m)
	if !ok || rows.Rows != 30 || rows.Cols != 40 {
		t.Fatalf("ok %v, %+v; want 30 rows", ok, rows)
	}
	for i := range m.Rows {
		for j, want := range m.Row(i) {
			if got := rows.At(which[i], j); got != want {
				t.Fatalf("row %d, column %d: %v, want %v", i, j, got, want)
			}
		}
	}
	m.Data = m.Data[:40*40]
	m.Rows = 40
	if _, _, ok := distinctRows(m); ok {
		t.Error("taken apart to save 400 products")
	}
}

// A product by a matrix that repeats rows becomes two, unless nothing changes.
func TestRepeatedRowsAreMultipliedOnce(t *testing.T) {
	same := connect.NewMatrix(64, 64)
	for i := range same.Data {
		same.Data[i] = 0.5
	}
	for _, constant := range []bool{false, true} {
		ops := repeatingProgram(t, same, constant)
		want := map[[2]int]int{{1, 64}: 1, {64, 1}: 1}
		if constant {
			want = map[[2]int]int{}
		}
		for shape, n := range want {
			if ops[shape] != n {
				t.Errorf("constant %v: %d products of shape %v, want %d", constant, ops[shape], shape, n)
			}
		}
		if ops[[2]int{64, 64}] != 0 || len(ops) != len(want) {
			t.Errorf("constant %v: products %v, want %v", constant, ops, want)
		}
	}
}

// repeatingProgram counts the dense products of a network with one transform, by
// shape.
func repeatingProgram(t *testing.T, transform *connect.Matrix, constant bool) map[[2]int]int {
	t.Helper()
	net := soma.New("repeating", 1)
	values := make([]float64, transform.Cols)
	from := net.Node("from", signal.Vector{N: len(values), F: func(t float64, y []float64) { y[0] = t }})
	if constant {
		from = net.Node("constant", signal.Constant(values))
	}
	to := net.Function("to", transform.Rows, transform.Rows, func(_ float64, x, y []float64) { copy(y, x) })
	dense := make(connect.Dense, transform.Rows)
	for i := range dense {
		dense[i] = transform.Row(i)
	}
	conn := net.Connect(from, to)
	conn.Transform, conn.Synapse = dense, synapse.None{}
	net.Probe("p", to)
	built, err := Network(net, Options{Dt: 0.001, Level: kernel.Best()})
	if err != nil {
		t.Fatal(err)
	}
	count := map[[2]int]int{}
	for _, op := range built.Program.Operators {
		if p, ok := op.(*program.Product); ok && p.Weights != nil {
			count[[2]int{p.Weights.Rows, p.Weights.Cols}]++
		}
	}
	return count
}
