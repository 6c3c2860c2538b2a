package engine_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/compile"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/learn"
	"soma/neuron"
	"soma/signal"
	"soma/solve"
	"soma/synapse"
)

// hebb is a rule of a program's own: it moves weights towards what both ends do, and
// counts the steps.
type hebb struct{ input learn.Input }

func (h hebb) Spec() learn.Spec { return learn.Spec{Name: "hebb", Input: h.input} }

func (h hebb) Start(env learn.Setting) (func(learn.Now), error) {
	steps := 0.0
	return func(now learn.Now) {
		steps++
		for i := range env.Rows {
			b := 1.0
			if now.Targets != nil {
				b = now.Targets[i]
			}
			if len(now.Input) > 0 {
				b += now.Input[i%len(now.Input)]
			}
			for j, a := range now.Sources {
				k := i*env.Cols + j
				now.Change[k] = float64(float64(1e-9*a)*b) - float64(1e-5*steps*now.Weights[k])
			}
		}
	}, nil
}

// learningNetwork has connections with every rule, alone and several together,
// decoded and between neurons, on parts of their ends.
func learningNetwork(model neuron.Model) *soma.Network {
	net := soma.New("learning", 7)
	u := net.Node("u", signal.Vector{N: 2, F: func(t float64, y []float64) { y[0], y[1] = math.Cos(20*t), math.Sin(20*t) }})
	ensemble := func(name string, n int) *soma.Ensemble {
		e := net.Ensemble(name, n, 2)
		e.Neuron = model
		return e
	}
	a, b := ensemble("a", 43), ensemble("b", 21)
	b.Gain, b.Bias = dist.Constant{Value: 1.5}, dist.Constant{Value: 1}
	net.Connect(u, a)
	weights := func(rows, cols int) connect.Dense {
		w := make(connect.Dense, rows)
		for i := range w {
			w[i] = make([]float64, cols)
			for j := range w[i] {
				w[i][j] = 1e-4 * float64((i*7+j*3)%11)
			}
		}
		return w
	}
	for i, rules := range [][]learn.Rule{
		{learn.PES{LearningRate: 1e-3}},
		{learn.RLS{LearningRate: 1e-2, PreSynapse: synapse.Alpha{Tau: 0.01}}},
		{learn.PES{PreSynapse: synapse.None{}}, learn.RLS{}, learn.PES{LearningRate: 1e-5}},
		{hebb{}, learn.PES{}, hebb{learn.ErrorOfTarget}},
		{learn.Voja{LearningRate: 0.1}, learn.PES{}, learn.Voja{PostSynapse: synapse.None{}}},
	} {
		to := ensemble(fmt.Sprint("to", i), 20+i)
		conn := net.Connect(a, to)
		conn.Learning = rules
		for k, rule := range rules {
			switch rule.Spec().Input {
			case learn.ErrorOfTarget:
				net.Connect(to, conn.LearningInput(k))
			case learn.OneValue:
				net.Connect(u.At(0), conn.LearningInput(k))
			}
		}
		net.Probe(fmt.Sprint("w", i), conn, soma.Weights).SampleEvery = 0.003
		net.Probe(fmt.Sprint("x", i), to)
		if k := slices.IndexFunc(rules, func(r learn.Rule) bool { return r.Spec().Input != learn.NoInput }); k >= 0 {
			net.Probe(fmt.Sprint("e", i), conn.LearningInput(k))
			for _, what := range learn.Variables(rules[k]) {
				net.Probe(fmt.Sprint(what, i), conn.LearningInput(k), what)
			}
		}
		if i == 4 {
			net.Probe("w encoders", conn, soma.Encoders)
		}
		net.Probe(fmt.Sprint("n", i), to.Neurons, soma.Input)
	}
	full := net.Connect(a.At(1), b.At(0))
	full.Solver = solve.LstsqL2{Weights: true}
	full.Learning = []learn.Rule{learn.PES{LearningRate: 1e-5}, learn.BCM{}, hebb{learn.OneValue}}
	net.Connect(u.At(0), full.LearningInput(0))
	net.Probe("w full", full)
	for i, rules := range [][]learn.Rule{
		{learn.BCM{LearningRate: 1e-7}},
		{learn.Oja{PostSynapse: synapse.None{}}},
		{learn.Oja{LearningRate: 1e-5, Beta: 0.5}, learn.BCM{LearningRate: 1e-8}, learn.Oja{}},
		{learn.PES{LearningRate: 1e-4}, learn.Oja{}},
	} {
		part := b.Neurons.Part(3, 20).Every(2)
		conn := net.Connect(a.Neurons.Part(1, 40), part)
		conn.Transform, conn.Learning, conn.Synapse = weights(9, 39), rules, synapse.Lowpass{Tau: 0.005}
		if i == 3 {
			net.Connect(u, conn.LearningInput(0))
		}
		net.Probe(fmt.Sprint("v", i), conn.Part(5, 300).Every(3)).Synapse = synapse.Lowpass{Tau: 0.01}
	}
	net.Probe("b", b)
	return net
}

// Learning in the engine is what it is in the interpreter, bit for bit, with every
// kernel.
func TestLearningIsEqualToInterpreter(t *testing.T) {
	const steps = 80
	for _, model := range []neuron.Model{neuron.LIF{}, neuron.LIFRate{}, neuron.SpikingRectifiedLinear{}} {
		in := interpreted(t, compiled(t, learningNetwork(model), kernel.Portable).Program, steps)
		for _, level := range kernel.Levels() {
			p := compiled(t, learningNetwork(model), level).Program
			e, err := engine.New(p, engine.Options{Threads: 2, Level: level})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // again after a reset
				if err := e.Run(context.Background(), steps); err != nil {
					t.Fatal(err)
				}
				for i, r := range records(p) {
					got := e.Recorded(r)
					if diff := different(got, in.Recorded[i]); diff != "" {
						t.Errorf("%s, %v, %s: %s", model.Spec().Name, level, r.Object(), diff)
					}
					width := r.From.Count
					if r.Object()[0] == 'w' && slices.Equal(got.Values[:width], got.Values[len(got.Values)-width:]) {
						t.Errorf("%s, %s: the weights stay as they are", model.Spec().Name, r.Object())
					}
				}
				if err := e.Reset(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// Weights that are worth several threads learn the same on any number of them.
func TestLearningOnAnyNumberOfThreads(t *testing.T) {
	net := soma.New("large", 3)
	u := net.Node("u", signal.Vector{N: 2, F: func(t float64, y []float64) { y[0], y[1] = math.Cos(20*t), math.Sin(20*t) }})
	a := net.Ensemble("a", 450, 2)
	a.NEvalPoints = 20
	net.Connect(u, a)
	for i, rules := range [][]learn.Rule{
		{learn.RLS{}},
		{learn.PES{}, learn.Oja{}, learn.BCM{}},
		{learn.Oja{}},
	} {
		b := net.Ensemble(fmt.Sprint("b", i), 450, 2)
		b.NEvalPoints = 20
		conn := net.Connect(a, b)
		conn.Solver, conn.Learning = solve.LstsqL2{Weights: i > 0}, rules
		if i < 2 {
			net.Connect(u, conn.LearningInput(0))
		}
		net.Probe(fmt.Sprint("w", i), conn.Part(0, 900)).SampleEvery = 0.01
		net.Probe(fmt.Sprint("j", i), b.Neurons, soma.Input)
	}
	var want []program.Recording
	for _, threads := range []int{1, 2, 3} {
		p := compiled(t, net, kernel.Best()).Program
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

// What does a step of 1000 neurons that learn to drive 1000 others take? By decoders
// in 8 dimensions, and by a weight for every pair.
func BenchmarkLearning(b *testing.B) {
	for _, c := range []struct {
		name string
		full bool
		rule learn.Rule
	}{
		{"PES", false, learn.PES{}},
		{"RLS", false, learn.RLS{}},
		{"Voja", false, learn.Voja{}},
		{"full", true, nil},
		{"fullPES", true, learn.PES{}},
		{"fullOja", true, learn.Oja{}},
		{"fullBCM", true, learn.BCM{}},
	} {
		b.Run(c.name, func(b *testing.B) { benchmarkLearning(b, c.full, c.rule) })
	}
}

func benchmarkLearning(b *testing.B, full bool, rule learn.Rule) {
	net := soma.New("learning", 1)
	u := net.Node("u", signal.Vector{N: 8, F: func(t float64, y []float64) {
		for i := range y {
			y[i] = math.Sin(4*t+float64(i)) / 2
		}
	}})
	pre, post := net.Ensemble("pre", 1000, 8), net.Ensemble("post", 1000, 8)
	net.Connect(u, pre)
	conn := net.Connect(pre, post)
	conn.Solver = solve.LstsqL2{Weights: full}
	if rule != nil {
		conn.Learning = []learn.Rule{rule}
		if rule.Spec().Input == learn.ErrorOfTarget {
			e := net.Passthrough("error", 8)
			net.Connect(post, e)
			net.Connect(u, e).Transform = connect.Scale(-1)
			net.Connect(e, conn.LearningInput(0))
		}
	}
	built, err := compile.Network(net, compile.Options{Dt: 0.001, Level: kernel.Best(), Threads: 1})
	if err != nil {
		b.Fatal(err)
	}
	run, err := engine.New(built.Program, engine.Options{Threads: 1, Level: kernel.Best()})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	_ = run.Run(context.Background(), int64(b.N))
}
