package engine_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

// transformNetwork carries values and spikes through sparse and convolutional
// transforms, and delays.
func transformNetwork(model neuron.Model) *soma.Network {
	net := soma.New("transforms", 7)
	u := net.Node("u", signal.Vector{N: 12, F: func(t float64, y []float64) {
		for i := range y {
			y[i] = math.Cos(20*t + float64(i))
		}
	}})
	a := net.Ensemble("a", 31, 12)
	a.Neuron = model
	net.Connect(u, a)
	sparse := connect.Sparse{Row: []int{7, 2, 2, 0, 2}, Col: []int{3, 11, 5, 0, 5}, Value: []float64{0.5, 2, -1, 0.25, 3}, Out: 8, In: 12}
	for i, transform := range []connect.Transform{
		sparse,
		connect.Convolution{Filters: 2, InputShape: []int{4, 3, 1}, KernelSize: []int{2, 2}},
		connect.Convolution{Filters: 3, InputShape: []int{6, 2}, Strides: []int{2}, Padding: connect.Same},
		connect.Convolution{Filters: 1, InputShape: []int{1, 3, 4}, ChannelsFirst: true, Transpose: true},
		connect.Scale(0.5),
	} {
		out, err := transform.Shape(12)
		if err != nil {
			panic(err)
		}
		for k, from := range []soma.Endpoint{u, a, a.Neurons.Part(2, 26).Every(2)} {
			to := net.Passthrough(fmt.Sprint("to", i, k), 2*out)
			conn := net.Connect(from, to.Part(0, 2*out).Every(2))
			conn.Transform = transform
			if k == i%3 {
				conn.Delay = connect.Constant(0.001 * float64(1+3*i))
			}
			if i == 2 {
				conn.Synapse = synapse.None{}
			}
			net.Probe(fmt.Sprint("p", i, k), to)
		}
	}
	// Into the neurons of an ensemble, with their gains.
	b := net.Ensemble("b", 8, 2)
	b.Neuron = model
	net.Connect(a.Neurons.Part(0, 12), b.Neurons).Transform = sparse
	net.Connect(u.Part(2, 6), b.Neurons.Part(0, 8).Every(2)).Delay = connect.Constant(0.0035)
	net.Connect(u.At(1), b.Neurons)
	net.Connect(a.Part(0, 3), b.Neurons.Part(4, 7))
	net.Probe("b", b.Neurons, soma.Input)
	return net
}

// Transforms and delays in the engine are what they are in the interpreter.
func TestTransformsAreEqualToInterpreter(t *testing.T) {
	const steps = 60
	for _, model := range []neuron.Model{neuron.LIF{}, neuron.LIFRate{}, neuron.SpikingRectifiedLinear{}} {
		in := interpreted(t, compiled(t, transformNetwork(model), kernel.Portable).Program, steps)
		for _, level := range kernel.Levels() {
			p := compiled(t, transformNetwork(model), level).Program
			e, err := engine.New(p, engine.Options{Threads: 2, Level: level})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // again after a reset
				if err := e.Run(context.Background(), steps); err != nil {
					t.Fatal(err)
				}
				for i, r := range records(p) {
					if diff := different(e.Recorded(r), in.Recorded[i]); diff != "" {
						t.Errorf("%s, %v, %s: %s", model.Spec().Name, level, r.Object(), diff)
					}
					if !slices.ContainsFunc(in.Recorded[i].Values, func(x float64) bool { return x != 0 }) {
						t.Errorf("%s, %s: nothing arrives", model.Spec().Name, r.Object())
					}
				}
				if err := e.Reset(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
