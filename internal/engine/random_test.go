package engine_test

import (
	"fmt"
	"math/rand/v2"

	"soma"
	"soma/connect"
	"soma/learn"
	"soma/neuron"
	"soma/solve"
	"soma/synapse"
)

// randomExtras gives some connections delays, sparse transforms, full weights and
// learning rules, and probes their weights.
func randomExtras(net *soma.Network, r *rand.Rand, conns []*soma.Connection, source soma.Endpoint) {
	for i, conn := range conns {
		if r.IntN(4) == 0 {
			conn.Delay = connect.Constant(0.001 * float64(1+r.IntN(20)))
		}
		w := conn.Transform.(connect.Dense)
		if r.IntN(4) == 0 {
			row, col := r.IntN(len(w)), r.IntN(len(w[0]))
			conn.Transform = connect.Sparse{Row: []int{row, row}, Col: []int{col, 0}, Value: []float64{w[row][col], 0.1}, Out: len(w), In: len(w[0])}
		}
		e, ok := conn.From.Of.(*soma.Ensemble)
		if !ok || e.Neuron == (neuron.Direct{}) {
			continue
		}
		_, each := conn.Synapse.(synapse.Each)
		conn.Solver = solve.LstsqL2{Weights: !each && r.IntN(3) == 0}
		if r.IntN(3) > 0 {
			continue
		}
		conn.Learning = []learn.Rule{learn.PES{LearningRate: 1e-5}}
		if conn.ToNeurons() && r.IntN(2) == 0 {
			conn.Learning = append(conn.Learning, learn.Oja{LearningRate: 1e-9}, learn.BCM{})
		}
		in := net.Connect(source, conn.LearningInput(0).At(0))
		in.Transform = connect.Scale(0.5)
		net.Probe(fmt.Sprint("weights", i), conn).SampleEvery = 0.05
	}
}
