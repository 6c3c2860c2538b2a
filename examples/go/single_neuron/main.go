// One LIF neuron follows cos(8t): the model of examples/single_neuron.star in Go.
package main

import (
	"context"
	"fmt"
	"log"
	"math"

	"soma"
	"soma/dist"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
	"soma/unit"
)

func main() {
	const ms = unit.Millisecond
	net := soma.New("A single neuron", 1)

	cell := net.Ensemble("cell", 1, 1)
	cell.Neuron = neuron.LIF{TauRC: 20 * ms, TauRef: 2 * ms}
	cell.Intercepts = dist.Uniform{Low: -0.5, High: -0.5}
	cell.MaxRates = dist.Uniform{Low: 100, High: 100}
	cell.Encoders = dist.Values(1)
	stimulus := net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Cos(8 * t) }))
	net.Connect(stimulus, cell)

	input := net.Probe("input", stimulus)
	spikes := net.Probe("spikes", cell.Neurons)
	voltage := net.Probe("voltage", cell.Neurons, "voltage")
	decoded := net.Probe("decoded", cell)
	decoded.Synapse = synapse.Lowpass{Tau: 10 * ms}

	s, err := sim.New(net, sim.Options{})
	if err != nil {
		log.Fatal(err)
	}
	if err := s.Run(context.Background(), 1); err != nil {
		log.Fatal(err)
	}

	fmt.Printf("%d spikes in %g s\n", len(s.Data(spikes).Times), s.Time())
	fmt.Println("  t (s)   input  decoded  voltage")
	in, out, v := s.Data(input), s.Data(decoded), s.Data(voltage)
	for i := 99; i < in.Samples(); i += 100 {
		fmt.Printf("%7.3f %7.3f %8.3f %8.3f\n", in.Times[i], in.Values[i], out.Values[i], v.Values[i])
	}
}
