package sim_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/solve"
	"soma/synapse"
	"soma/validation"
)

// learned is the reference for learning rules: two small ensembles of which every
// number is given.
type learned struct {
	EncA, EncB                 [][]float64
	GainA, BiasA, GainB, BiasB []float64
	D0, W0                     [][]float64
	Cases                      map[string]struct {
		SampledSteps []int `json:"sampled_steps"`
		Weights      [][][]float64
		Out          [][]float64
		PreSpikes    []float64 `json:"preA_spikes"`
	}
}

// given is a solver that gives decoders as they are.
type given []float64

func (d given) Solve(solve.Problem) ([]float64, error) { return d, nil }

func flat(rows [][]float64) (all []float64) {
	for _, row := range rows {
		all = append(all, row...)
	}
	return all
}

func column(values []float64) dist.Samples {
	rows := make(dist.Samples, len(values))
	for i, x := range values {
		rows[i] = []float64{x}
	}
	return rows
}

// rulesOfReference are the rules of the reference by the names of its cases.
var rulesOfReference = map[string]learn.Rule{
	"PES":            learn.PES{LearningRate: 1e-3},
	"PES_nosyn":      learn.PES{LearningRate: 1e-3, PreSynapse: synapse.None{}},
	"PES_to_neurons": learn.PES{LearningRate: 1e-3},
	"BCM":            learn.BCM{LearningRate: 1e-7, ThetaSynapse: synapse.Lowpass{Tau: 0.1}},
	"Oja":            learn.Oja{},
	"Oja_beta0.5":    learn.Oja{Beta: 0.5},
	"RLS":            learn.RLS{LearningRate: 1e-2},
	"Voja":           learn.Voja{LearningRate: 0.1},
	"Voja_nosyn":     learn.Voja{LearningRate: 0.1, PostSynapse: synapse.None{}},
}

// network builds the network of a case.
func (l *learned) network(model neuron.Model, name string) *soma.Network {
	net := soma.New("learning", 1)
	u := net.Node("u", signal.Vector{N: 2, F: func(t float64, y []float64) { y[0], y[1] = math.Cos(20*t), math.Sin(20*t) }})
	a, b := l.ensemble(net, "a", model, l.EncA, l.GainA, l.BiasA), l.ensemble(net, "b", model, l.EncB, l.GainB, l.BiasB)
	net.Connect(u, a).Synapse = synapse.None{}
	rule := rulesOfReference[name]
	var conn *soma.Connection
	out := net.Passthrough("out", 2)
	switch rule.(type) {
	case learn.Voja:
		conn = net.Connect(u, b)
		off := net.Node("off", signal.Piecewise{Times: []float64{0, 0.06}, Values: [][]float64{{0}, {-1}}})
		net.Connect(off, conn.LearningInput(0)).Synapse = synapse.None{}
	case learn.BCM, learn.Oja:
		conn = net.Connect(a.Neurons, b.Neurons)
		conn.Transform = connect.Dense(l.W0)
	default:
		conn = net.Connect(a, out)
		conn.Solver = given(flat(l.D0))
		if name == "PES_to_neurons" {
			conn = net.Connect(a.Neurons, b.Neurons)
			conn.Transform = connect.Dense(l.W0)
		}
	}
	conn.Synapse = synapse.Lowpass{Tau: 0.005}
	conn.Learning = []learn.Rule{rule}
	switch {
	case name == "PES_to_neurons":
		net.Connect(net.Node("constant", signal.Constant{0.5, -0.25}), conn.LearningInput(0)).Synapse = synapse.None{}
	case rule.Spec().Input == learn.ErrorOfTarget:
		e := net.Passthrough("error", 2)
		net.Connect(out, e).Synapse = synapse.None{}
		minus := net.Connect(u, e)
		minus.Synapse, minus.Transform = synapse.None{}, connect.Scale(-1)
		net.Connect(e, conn.LearningInput(0)).Synapse = synapse.None{}
	}
	return net
}

// Every learning rule changes the weights as Nengo does, step by step.
func TestLearningRulesReproduceNengo(t *testing.T) {
	var l learned
	validation.JSON(t, "nengo/learning.json", &l)
	for _, model := range []neuron.Model{neuron.LIF{}, neuron.LIFRate{}} {
		for name := range rulesOfReference {
			t.Run(model.Spec().Name+"/"+name, func(t *testing.T) { l.compare(t, model, name) })
		}
	}
}

func (l *learned) compare(t *testing.T, model neuron.Model, name string) {
	reference, ok := l.Cases[model.Spec().Name+"/"+name]
	if !ok {
		t.Fatal("no such case in the reference")
	}
	net := l.network(model, name)
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	what := "weights"
	if _, voja := rulesOfReference[name].(learn.Voja); voja {
		what = "encoders"
	}
	for i, step := range reference.SampledSteps {
		// The probe of step s shows the weights that step s used: those which s − 1 left.
		if err := s.RunSteps(context.Background(), int64(step)-1-s.Steps()); err != nil {
			t.Fatal(err)
		}
		got := s.Learned()[0].Array(what).Data
		for k, want := range flat(reference.Weights[i]) {
			if math.Abs(got[k]-want) > 1e-12*math.Abs(want)+1e-16 {
				t.Fatalf("step %d: weight %d is %.17g, want %.17g", step, k, got[k], want)
			}
		}
	}
}

// trainee is a network that learns to follow a sine, with its probes.
func trainee() (net *soma.Network, out, weights *soma.Probe) {
	net = soma.New("trainee", 3)
	u := net.Node("u", signal.Func(func(t float64) float64 { return math.Sin(9 * t) }))
	pre, post, e := net.Ensemble("pre", 30, 1), net.Ensemble("post", 20, 1), net.Ensemble("error", 40, 1)
	net.Connect(u, pre)
	zero := net.Connect(pre, post)
	zero.Function = func([]float64) []float64 { return []float64{0} }
	conn := net.Connect(pre, post) // a second one between the same ensembles
	conn.Function = zero.Function
	conn.Learning = []learn.Rule{learn.PES{LearningRate: 1e-3}, learn.Voja{LearningRate: 1e-3}}
	net.Connect(post, e)
	net.Connect(u, e).Transform = connect.Scale(-1)
	net.Connect(e, conn.LearningInput(0))
	return net, net.Probe("out", post), net.Probe("w", conn)
}

func simulated(t *testing.T, net *soma.Network, opts sim.Options, seconds float64) *sim.Simulator {
	t.Helper()
	s, err := sim.New(net, opts)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), seconds); err != nil {
		t.Fatal(err)
	}
	return s
}

// Train, save, test: what was learned is where another simulator starts; frozen, it
// stays as it is.
func TestLearnedIsLoaded(t *testing.T) {
	net, _, weights := trainee()
	s := simulated(t, net, sim.Options{}, 0.3)
	state := s.Learned()
	if len(state) != 1 || state[0].Connection != "pre->post#2" {
		t.Fatalf("learned: %v", state)
	}
	w, e := state[0].Array("weights"), state[0].Array("encoders")
	if !slices.Equal(w.Shape, []int{1, 30}) || !slices.Equal(e.Shape, []int{20, 1}) {
		t.Fatalf("shapes %v and %v", w.Shape, e.Shape)
	}
	if first := s.Data(weights).Values[:30]; slices.Equal(first, w.Data) {
		t.Error("nothing was learned")
	}
	net, _, weights = trainee()
	frozen := simulated(t, net, sim.Options{Learned: state, Freeze: true}, 0.05)
	for step := range 50 {
		if !slices.Equal(frozen.Data(weights).Values[30*step:30*step+30], w.Data) {
			t.Fatalf("frozen weights have changed by step %d", step+1)
		}
	}
	if diff := cmp.Diff(state, frozen.Learned()); diff != "" {
		t.Errorf("loaded (-), frozen (+):\n%s", diff)
	}
	net, _, weights = trainee()
	onward := simulated(t, net, sim.Options{Learned: state}, 0.05)
	if got := onward.Data(weights).Values; !slices.Equal(got[:30], w.Data) || slices.Equal(got[30*49:], w.Data) {
		t.Error("learning does not go on from what was loaded")
	}
}

// RLS goes on where it was: in two runs it learns what it learns in one, when nothing
// else has a memory.
func TestRLSGoesOn(t *testing.T) {
	build := func() *soma.Network {
		net := soma.New("rls", 3)
		pre := net.Ensemble("pre", 20, 1)
		pre.Neuron = neuron.LIFRate{}
		out := net.Passthrough("out", 1)
		conn := net.Connect(pre, out)
		conn.Synapse = synapse.None{}
		conn.Learning = []learn.Rule{learn.RLS{LearningRate: 1e-2, PreSynapse: synapse.None{}}}
		e := net.Passthrough("error", 1)
		net.Connect(out, e).Synapse = synapse.None{}
		net.Connect(net.Node("minus", signal.Constant{-0.7}), e).Synapse = synapse.None{}
		net.Connect(e, conn.LearningInput(0)).Synapse = synapse.None{}
		return net
	}
	half := simulated(t, build(), sim.Options{}, 0.02).Learned()
	rest := simulated(t, build(), sim.Options{Learned: half}, 0.02).Learned()
	if diff := cmp.Diff(simulated(t, build(), sim.Options{}, 0.04).Learned(), rest); diff != "" {
		t.Errorf("at once (-), in two runs (+):\n%s", diff)
	}
	if half[0].Array("inv_gamma") == nil || slices.Equal(half[0].Array("weights").Data, rest[0].Array("weights").Data) {
		t.Error("nothing was learned in the second run")
	}
}

func TestLearnedOfAnotherNetwork(t *testing.T) {
	for want, state := range map[string]learn.State{
		"pre->post.learning: the loaded weights have the shape 2 × 30, this connection 1 × 30": {
			Connection: "pre->post#2", Arrays: []learn.Array{{Name: "weights", Shape: []int{2, 30}, Data: make([]float64, 60)}},
		},
		"pre->post.learning: number 2 of the loaded weights is NaN": {
			Connection: "pre->post#2", Arrays: []learn.Array{{Name: "weights", Shape: []int{1, 30}, Data: append([]float64{1, 2, math.NaN()}, make([]float64, 27)...)}},
		},
		"pre->post.learning: 2 numbers were loaded as weights, 30 are needed": {
			Connection: "pre->post#2", Arrays: []learn.Array{{Name: "weights", Shape: []int{1, 30}, Data: make([]float64, 2)}},
		},
		"pre->post.learning: the loaded encoders have the shape 20, this connection 20 × 1": {
			Connection: "pre->post#2", Arrays: []learn.Array{{Name: "encoders", Shape: []int{20}, Data: make([]float64, 20)}},
		},
		"pre->past.weights: weights were loaded for this connection, and the network has none of this name": {Connection: "pre->past"},
	} {
		net, _, _ := trainee()
		_, err := sim.New(net, sim.Options{Learned: []learn.State{state}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// Probes of weights go row by row, also of tall matrices, which are stored by columns;
// so do what was learned and what was loaded.
func TestProbedWeightsGoRowByRow(t *testing.T) {
	rows := connect.Dense{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}}
	for _, transform := range []connect.Dense{rows, rows[:2]} {
		for _, filter := range []synapse.Synapse{synapse.None{}, synapse.Lowpass{}} {
			net := soma.New("order", 1)
			cells := net.Population("cells", 3, neuron.LIF{})
			to := net.Passthrough("to", len(transform))
			conn := net.Connect(cells, to)
			conn.Transform, conn.Learning = transform, []learn.Rule{learn.PES{}}
			all, part := net.Probe("all", conn), net.Probe("part", conn.Part(1, 6).Every(2), soma.Weights)
			all.Synapse, part.Synapse, part.SampleEvery = filter, filter, 0.002
			s := simulated(t, net, sim.Options{Learned: []learn.State{{
				Connection: "cells->to", Arrays: []learn.Array{{Name: "weights", Shape: []int{len(transform), 3}, Data: flat(transform)}},
			}}}, 0.003)
			want := flat(transform)
			got := s.Data(all).Values
			if last := got[len(got)-len(want):]; !slices.Equal(last, want) || !slices.Equal(s.Learned()[0].Arrays[0].Data, want) {
				t.Errorf("probed %v and learned %v, want %v", last, s.Learned()[0].Arrays[0].Data, want)
			}
			if got := s.Data(part).Values; !slices.Equal(got, []float64{want[1], want[3], want[5]}) {
				t.Errorf("part: %v", got)
			}
		}
	}
}
