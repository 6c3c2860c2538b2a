package sim_test

import (
	"math"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/solve"
	"soma/synapse"
)

// A weight for every pair of neurons gives the currents that decoding and encoding
// give, whatever the function, transform and parts.
func TestFullWeightsAreDecodersTimesEncoders(t *testing.T) {
	currents := func(full bool) []float64 {
		net := soma.New("full", 5)
		u := net.Node("u", signal.Vector{N: 2, F: func(t float64, y []float64) { y[0], y[1] = math.Sin(30*t), math.Cos(30*t) }})
		a, b := net.Ensemble("a", 40, 2), net.Ensemble("b", 30, 3)
		a.Neuron, b.Neuron, b.Radius = neuron.LIFRate{}, neuron.LIFRate{}, 2
		net.Connect(u, a)
		conn := net.Connect(a, b.Part(0, 3).Every(2))
		conn.Function = func(x []float64) []float64 { return []float64{float64(x[0] * x[1])} }
		conn.Transform, conn.Solver = connect.Dense{{0.5}, {-2}}, solve.LstsqL2{Weights: full}
		again := net.Connect(b.Part(0, 2), b.Part(1, 3)) // recurrent
		again.Solver = conn.Solver
		p := net.Probe("j", b.Neurons, soma.Input)
		return simulated(t, net, sim.Options{}, 0.1).Data(p).Values
	}
	want, got := currents(false), currents(true)
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-11*(1+math.Abs(want[i])) {
			t.Fatalf("current %d is %.17g, want %.17g", i, got[i], want[i])
		}
	}
}

// The weights of a connection are its decoders and transform in one, before the gains
// of neurons, and what learning makes of them.
func TestWeightMatrixOfValues(t *testing.T) {
	net := soma.New("matrix", 5)
	a := net.Ensemble("a", 20, 1)
	b := net.Ensemble("b", 4, 1)
	plain := net.Connect(a, net.Passthrough("out", 2))
	plain.Transform = connect.Dense{{2}, {-3}}
	gained := net.Connect(a.Neurons.Part(0, 2), b.Neurons)
	gained.Transform = connect.Dense{{1, 2}, {3, 4}, {5, 6}, {7, 8}}
	learning := net.Connect(a, net.Nodes[0].At(0))
	learning.Learning = []learn.Rule{learn.PES{LearningRate: 0.1}}
	net.Connect(net.Node("one", signal.Constant{1}), learning.LearningInput(0))
	s := simulated(t, net, sim.Options{}, 0.05)
	w, decoded := s.WeightMatrix(plain), s.WeightMatrix(learning)
	if len(w) != 2 || len(w[0]) != 20 || w[1][3] != -1.5*w[0][3] || w[0][3] == 0 {
		t.Errorf("decoded: %v", w)
	}
	if got := s.WeightMatrix(gained); !slices.Equal(slices.Concat(got...), flat(gained.Transform.(connect.Dense))) {
		t.Errorf("into neurons: %v", got)
	}
	if want := s.Learned()[0].Array("weights").Data; !slices.Equal(decoded[0], want) || decoded[0][3] == w[0][3]/2 {
		t.Errorf("learned: %v, want %v", decoded, want)
	}
}

// A function by its values at points gives the decoders that the function gives.
func TestFunctionByItsValues(t *testing.T) {
	run := func(byValues bool) []float64 {
		net := soma.New("values", 5)
		u := net.Node("u", signal.Func(func(t float64) float64 { return math.Sin(30 * t) }))
		a := net.Ensemble("a", 40, 1)
		out := net.Passthrough("out", 2)
		net.Connect(u, a)
		conn := net.Connect(a, out)
		square := func(x []float64) []float64 { return []float64{float64(x[0] * x[0]), -x[0]} }
		points := make(dist.Samples, 101)
		for i := range points {
			points[i] = []float64{float64(i-50) / 50}
			if byValues {
				conn.FunctionValues = append(conn.FunctionValues, square(points[i]))
			}
		}
		if !byValues {
			conn.Function = square
		}
		conn.EvalPoints = points
		p := net.Probe("p", out)
		p.Synapse = synapse.Lowpass{Tau: 0.01}
		return simulated(t, net, sim.Options{}, 0.1).Data(p).Values
	}
	want := run(false)
	if !slices.Equal(run(true), want) || slices.Max(want) < 0.3 {
		t.Error("values at points give other decoders than the function")
	}
}

// Where a solver finds the weights of pairs itself, they are as it promises, and
// drive the currents that the decoded value would.
func TestPairwiseWeights(t *testing.T) {
	run := func(s solve.Solver) (current []float64, weights []float64) {
		net := soma.New("pairs", 5)
		u := net.Node("u", signal.Func(func(t float64) float64 { return math.Sin(30 * t) }))
		a, b := net.Ensemble("a", 60, 1), net.Ensemble("b", 20, 1)
		a.Neuron, b.Neuron = neuron.LIFRate{}, neuron.LIFRate{}
		a.Intercepts, b.Intercepts = dist.Uniform{Low: -0.9, High: 0.9}, dist.Uniform{Low: 0, High: 0.9}
		b.Encoders = dist.Choice{Options: [][]float64{{1}}}
		net.Connect(u, a)
		conn := net.Connect(a, b)
		conn.Function, conn.Solver, conn.Name = func(x []float64) []float64 { return []float64{float64(x[0] * x[0])} }, s, "ab"
		conn.Transform = connect.Scale(0.5)
		j := net.Probe("j", b.Neurons, soma.Input)
		w := net.Probe("w", conn, soma.Weights)
		sim := simulated(t, net, sim.Options{}, 0.1)
		values := sim.Data(w).Values
		return sim.Data(j).Values, values[len(values)-60*20:]
	}
	want, _ := run(solve.LstsqL2{Weights: true})
	for name, c := range map[string]struct {
		solver solve.Solver
		least  float64 // share of weights that are 0
		near   float64
	}{
		"nnls": {solve.NNLSL2{Weights: true}, 0.3, 0.05},
		"l1":   {solve.LstsqL1{L1: 1e-3, Weights: true}, 0.3, 0.05},
		"drop": {solve.LstsqDrop{Drop: 0.5, Weights: true}, 0.5, 0.05},
	} {
		got, weights := run(c.solver)
		apart, size := 0.0, 0.0
		for i := range want {
			apart, size = apart+(got[i]-want[i])*(got[i]-want[i]), size+want[i]*want[i]
		}
		if e := math.Sqrt(apart / size); e > c.near {
			t.Errorf("%s: the currents are %.2g of their size off", name, e)
		}
		zeros := 0.0
		for _, w := range weights {
			if w == 0 {
				zeros++
			}
			if w < 0 && name == "nnls" {
				t.Errorf("a weight of %g", w)
			}
		}
		if share := zeros / float64(len(weights)); share < c.least || share == 1 {
			t.Errorf("%s: %.0f %% of the weights are 0", name, 100*share)
		}
	}
}
