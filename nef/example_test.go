package nef_test

import (
	"context"
	"fmt"

	"soma"
	"soma/nef"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
)

// Two vectors bound by circular convolution; Direct computes without neurons.
func ExampleCircularConvolution() {
	net := soma.New("binding", 1)
	c := nef.CircularConvolution{NNeurons: 200, Dimensions: 4, Neuron: neuron.Direct{}}.Add(net, "convolution")
	net.Connect(net.Node("a", signal.Constant{0, 1, 0, 0}), c.InputA).Synapse = synapse.None{}
	net.Connect(net.Node("b", signal.Constant{1, 2, 3, 4}), c.InputB).Synapse = synapse.None{}
	out := net.Probe("bound", c.Output)

	s, err := sim.New(net, sim.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := s.RunSteps(context.Background(), 1); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.3f\n", s.Data(out).Values)
	// Output: [4.000 1.000 2.000 3.000]
}
