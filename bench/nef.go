package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"soma"
	"soma/connect"
	"soma/learn"
	"soma/nef"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
)

// The networks of this file are those of bench/peers/nef.py.

// chain is ensembles one after the other, each of which passes on what it
// represents.
func chain(ensembles, neurons int) *soma.Network {
	net := soma.New("chain", 1)
	var from soma.Endpoint = net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Sin(8 * t) }))
	for i := range ensembles {
		to := net.Ensemble(fmt.Sprintf("e%d", i), neurons, 1)
		net.Connect(from, to)
		from = to
	}
	net.Probe("output", from).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// channel is two ensembles that represent the same vector.
func channel(neurons, dimensions int) *soma.Network {
	net := soma.New("channel", 1)
	x := make([]float64, dimensions)
	for i := range x {
		x[i] = math.Sin(float64(i)) / math.Sqrt(float64(dimensions)/2)
	}
	a, b := net.Ensemble("a", neurons, dimensions), net.Ensemble("b", neurons, dimensions)
	net.Connect(net.Node("stimulus", signal.Constant(x)), a)
	net.Connect(a, b)
	net.Probe("output", b).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// integrator is one ensemble connected to itself.
func integrator(neurons int) *soma.Network {
	net := soma.New("integrator", 1)
	in := net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Sin(8 * t) }))
	e := net.Ensemble("integrator", neurons, 1)
	c := net.Connect(in, e)
	c.Transform, c.Synapse = connect.Scale(0.1), synapse.Lowpass{Tau: 0.1}
	net.Connect(e, e).Synapse = synapse.Lowpass{Tau: 0.1}
	net.Probe("output", e).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// learning is an ensemble that learns to drive another with what it represents,
// lowering an error that is computed from both.
func learning(neurons, dimensions int) *soma.Network {
	net := soma.New("learning", 1)
	u := net.Node("stimulus", signal.Vector{N: dimensions, F: func(t float64, y []float64) {
		for i := range y {
			y[i] = math.Sin(4*t+float64(i)) / 2
		}
	}})
	pre, post := net.Ensemble("pre", neurons, dimensions), net.Ensemble("post", neurons, dimensions)
	net.Connect(u, pre)
	conn := net.Connect(pre, post)
	conn.Learning = []learn.Rule{learn.PES{}}
	e := net.Passthrough("error", dimensions)
	net.Connect(post, e)
	net.Connect(u, e).Transform = connect.Scale(-1)
	net.Connect(e, conn.LearningInput(0))
	net.Probe("output", post).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// convolution is the circular convolution of two constant vectors.
func convolution(dimensions, neurons int) *soma.Network {
	net := soma.New("convolution", 1)
	c := nef.CircularConvolution{NNeurons: neurons, Dimensions: dimensions}.Add(net, "convolution")
	for i, to := range []*soma.Node{c.InputA, c.InputB} {
		x := make([]float64, dimensions)
		for j := range x {
			x[j] = math.Sin(float64((i+1)*(j+1))) / math.Sqrt(float64(dimensions)/2)
		}
		net.Connect(net.Node(fmt.Sprint("vector ", i), signal.Constant(x)), to)
	}
	net.Probe("result", c.Output).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// basalGanglia selects the largest of constant inputs.
func basalGanglia(actions, neurons int) *soma.Network {
	net := soma.New("basal ganglia", 1)
	b := nef.BasalGanglia{Dimensions: actions, NNeuronsPerEnsemble: neurons}.Add(net, "selection")
	x := make([]float64, actions)
	for i := range x {
		x[i] = 0.2 + 0.6*math.Abs(math.Sin(float64(i)))
	}
	net.Connect(net.Node("utilities", signal.Constant(x)), b.Input)
	net.Probe("actions", b.Output).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// pes learns a channel from its error.
func pes(neurons, dimensions int) *soma.Network {
	net := soma.New("pes", 1)
	x := make([]float64, dimensions)
	for i := range x {
		x[i] = math.Sin(float64(i)) / math.Sqrt(float64(dimensions)/2)
	}
	stimulus := net.Node("stimulus", signal.Constant(x))
	pre, post := net.Ensemble("pre", neurons, dimensions), net.Ensemble("post", neurons, dimensions)
	failure := net.Passthrough("error", dimensions)
	net.Connect(stimulus, pre)
	learned := net.Connect(pre, post)
	learned.Function = func(x []float64) []float64 { return make([]float64, len(x)) }
	learned.Learning = []learn.Rule{learn.PES{LearningRate: 1e-4}}
	net.Connect(post, failure)
	net.Connect(stimulus, failure).Transform = connect.Scale(-1)
	net.Connect(failure, learned.LearningInput(0))
	net.Probe("output", post).Synapse = synapse.Lowpass{Tau: 0.01}
	return net
}

// built is the milliseconds that a network takes to be built.
func built(net func() *soma.Network) func() (float64, error) {
	return func() (float64, error) {
		start := time.Now()
		_, err := sim.New(net(), sim.Options{})
		return time.Since(start).Seconds() * 1e3, err
	}
}

// stepped is the microseconds of a step, over a simulated second after the first
// tenth of one; the fastest of three such seconds, since threads that wait for
// each other wait long on a machine that others use.
func stepped(net func() *soma.Network) func() (float64, error) {
	return func() (float64, error) {
		s, err := sim.New(net(), sim.Options{})
		if err != nil {
			return 0, err
		}
		if err := s.RunSteps(context.Background(), 100); err != nil {
			return 0, err
		}
		const steps = 1000
		fastest := math.Inf(1)
		for range 3 {
			start := time.Now()
			if err := s.RunSteps(context.Background(), steps); err != nil {
				return 0, err
			}
			fastest = min(fastest, time.Since(start).Seconds()*1e6/steps)
		}
		return fastest, nil
	}
}

func nefRows() (list []row) {
	for _, work := range []struct {
		name, what string
		net        func() *soma.Network
	}{
		{"integrator", "integrator of 1000 neurons", func() *soma.Network { return integrator(1000) }},
		{"channel", "channel of 2 × 1000 neurons, 64-D", func() *soma.Network { return channel(1000, 64) }},
		{"learning", "PES from solved weights, 1000 → 1000 neurons, 8-D", func() *soma.Network { return learning(1000, 8) }},
		{"pes", "PES from zero, 1000 → 1000 neurons, 8-D", func() *soma.Network { return pes(1000, 8) }},
		{"chain", "chain of 1000 ensembles of 20 neurons", func() *soma.Network { return chain(1000, 20) }},
		{"convolution", "circular convolution, 256-D × 200 neurons", func() *soma.Network { return convolution(256, 200) }},
		{"basal-ganglia", "basal ganglia, 100-D × 100 neurons", func() *soma.Network { return basalGanglia(100, 100) }},
	} {
		list = append(list,
			row{work.name + "-build", work.what + ": to build", "ms", built(work.net), "nef.py " + work.name + " build"},
			row{work.name + "-step", "the same, one step", "µs", stepped(work.net), "nef.py " + work.name + " step"})
	}
	return list
}
