package engine_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

// arrays is many small ensembles side by side, with several connections each,
// into sums that they share: everything that the engine carries out together.
func arrays(seed uint64) *soma.Network {
	r := rand.New(rand.NewPCG(seed, 3))
	net := soma.New("arrays", seed)
	const n = 40
	in := net.Node("in", signal.Vector{N: 3, F: func(t float64, y []float64) {
		y[0], y[1], y[2] = math.Cos(20*t), math.Sin(20*t), math.Cos(9*t)
	}})
	wide := net.Passthrough("wide", 2*n)
	net.Connect(in.At(1), wide.At(7)).Transform = connect.Scale(0.3)
	spread := net.Connect(in, wide)
	matrix := make(connect.Dense, 2*n)
	for i := range matrix {
		matrix[i] = []float64{r.NormFloat64(), r.NormFloat64(), r.NormFloat64()}
	}
	spread.Transform = matrix
	net.Connect(in.At(2), wide.At(7)).Transform = connect.Scale(0.7)
	scaled := net.Passthrough("scaled", 2*n)
	net.Connect(wide, scaled).Transform = connect.Scale(0.5)
	shared := net.Passthrough("shared", 2)
	synapses := []synapse.Synapse{synapse.None{}, synapse.Lowpass{Tau: 0.005}, synapse.Lowpass{Tau: 0.02}, synapse.Alpha{Tau: 0.01}}
	for i := range n {
		e := net.Ensemble(fmt.Sprint("e", i), 3+r.IntN(40), 1+r.IntN(2))
		if r.IntN(8) == 0 {
			e.Neuron = neuron.LIFRate{}
		}
		net.Connect(scaled.At(i), e.At(0)).Synapse = synapse.None{}
		if e.Dimensions == 2 {
			net.Connect(wide.Part(i, i+2), e).Synapse = synapses[r.IntN(4)]
		}
		for range r.IntN(4) {
			c := net.Connect(e, shared)
			c.Synapse = synapses[r.IntN(4)]
			c.Transform = connect.Dense{[]float64{0.1, 0.2}[:e.Dimensions], []float64{-0.3, 0.1}[:e.Dimensions]}
		}
		for range r.IntN(3) {
			c := net.Connect(e.At(0), shared.At(r.IntN(2)))
			c.Synapse = synapses[r.IntN(4)]
		}
		if r.IntN(6) == 0 {
			c := net.Connect(shared, e.Neurons)
			c.Transform = connect.Dense(make([][]float64, e.N))
			for k := range e.N {
				c.Transform.(connect.Dense)[k] = []float64{0.1 * r.NormFloat64(), 0.1 * r.NormFloat64()}
			}
			net.Probe(fmt.Sprint("input", i), e.Neurons, soma.Input)
		}
		if r.IntN(5) == 0 {
			net.Probe(fmt.Sprint("current", i), e.Neurons.Part(0, 3), soma.Input)
			net.Probe(fmt.Sprint("output", i), e.Neurons, soma.Output)
		}
	}
	net.Probe("shared values", shared)
	net.Probe("scaled values", scaled)
	net.Probe("wide values", wide)
	return net
}

func TestOperatorsTogetherEqualOneByOne(t *testing.T) {
	const steps = 60
	for seed := range uint64(6) {
		p := compiled(t, arrays(seed), kernel.Best()).Program
		in := interpreted(t, p, steps)
		for _, level := range kernel.Levels() {
			e := executed(t, p, engine.Options{Threads: 2, Level: level}, steps)
			sameRecordings(t, fmt.Sprintf("network %d, %v", seed, level), p, e, in)
		}
	}
}

// A population whose input is computed block by block, split among threads
// wherever, fires as one that is stepped at once.
func TestEncodingInBlocks(t *testing.T) {
	net := soma.New("blocks", 4)
	source := net.Node("source", signal.Vector{N: 9, F: func(t float64, y []float64) {
		for i := range y {
			y[i] = math.Cos(float64(i+5) * 9 * t)
		}
	}})
	for i, n := range []int{9001, 33, 8000} {
		e := net.Ensemble(fmt.Sprint("e", i), n, 9)
		e.NEvalPoints = 10
		net.Connect(source, e)
		net.Probe(fmt.Sprint("spikes", i), e.Neurons)
		net.Probe(fmt.Sprint("input", i), e.Neurons.Part(0, 30), soma.Input)
	}
	p := compiled(t, net, kernel.Best()).Program
	in := interpreted(t, p, 20)
	for _, threads := range []int{1, 2} {
		e := executed(t, p, engine.Options{Threads: threads, Level: kernel.Best()}, 20)
		sameRecordings(t, fmt.Sprintf("%d threads", threads), p, e, in)
	}
}

// many is enough ensembles that threads share the decoding of spikes, and a
// matrix between them that they share too.
func many() *soma.Network {
	const n = 200
	net := soma.New("many", 6)
	in := net.Node("in", signal.Func(func(t float64) float64 { return math.Sin(30 * t) }))
	first, second := net.Passthrough("first", n), net.Passthrough("second", n+60)
	for i := range n {
		e := net.Ensemble(fmt.Sprint("e", i), 250, 1)
		e.NEvalPoints, e.Intercepts = 20, dist.Uniform{Low: -1, High: -0.5}
		net.Connect(in, e)
		net.Connect(e, first.At(i)).Synapse = synapse.None{}
	}
	w := make(connect.Dense, n+60)
	for i := range w {
		w[i] = make([]float64, n)
		for j := range w[i] {
			w[i][j] = math.Cos(float64(i * j))
		}
	}
	net.Connect(first, second).Transform = w
	net.Connect(second, first).Transform = connect.Dense(transposed(w))
	net.Probe("values", first)
	net.Probe("more values", second)
	return net
}

func transposed(w [][]float64) [][]float64 {
	t := make([][]float64, len(w[0]))
	for i := range t {
		for _, row := range w {
			t[i] = append(t[i], 1e-4*row[i])
		}
	}
	return t
}

func TestDecodingIsTheSameOnThreads(t *testing.T) {
	p := compiled(t, many(), kernel.Best()).Program
	var want []program.Recording
	for _, threads := range []int{1, 2, 3} {
		e := executed(t, p, engine.Options{Threads: threads, Level: kernel.Best()}, 30)
		for i, r := range records(p) {
			got := e.Recorded(r)
			if threads == 1 {
				want = append(want, got)
			} else if diff := different(got, want[i]); diff != "" {
				t.Errorf("%d threads, %s: %s", threads, r.Object(), diff)
			}
		}
	}
}
