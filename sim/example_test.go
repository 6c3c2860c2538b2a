package sim_test

import (
	"context"
	"fmt"
	"log"
	"math"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
	"soma/unit"
)

// One LIF neuron follows cos(8t): an ensemble of one neuron, its input, and what
// can be decoded from its spikes.
func Example() {
	const ms = unit.Millisecond
	net := soma.New("A single neuron", 1)

	cell := net.Ensemble("cell", 1, 1)
	cell.Neuron = neuron.LIF{TauRC: 20 * ms, TauRef: 2 * ms}
	cell.Intercepts = dist.Uniform{Low: -0.5, High: -0.5}
	cell.MaxRates = dist.Uniform{Low: 100, High: 100}
	cell.Encoders = dist.Values(1)
	cell.Init = map[string]dist.Distribution{"voltage": dist.Constant{Value: 0}}
	stimulus := net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Cos(8 * t) }))
	net.Connect(stimulus, cell)

	spikes := net.Probe("spikes", cell.Neurons)
	decoded := net.Probe("decoded", cell)
	decoded.Synapse = synapse.Lowpass{Tau: 10 * ms}

	s, err := sim.New(net, sim.Options{})
	if err != nil {
		log.Fatal(err)
	}
	if err := s.Run(context.Background(), 1); err != nil {
		log.Fatal(err)
	}
	peak := 0.0
	for _, x := range s.Data(decoded).Values {
		peak = max(peak, x)
	}
	fmt.Printf("%d spikes, the first at %.1f ms; peak of the decoded value %.2f\n",
		len(s.Data(spikes).Times), s.Data(spikes).Exact[0]/ms, peak)
	// Output: 53 spikes, the first at 10.4 ms; peak of the decoded value 0.85
}

// Without an ensemble: neurons in physical units, each with a current of its own.
func Example_population() {
	const nA = unit.Nanoampere
	net := soma.New("Leaky integrate-and-fire", 1)
	currents := signal.Constant{0.9 * nA, 1.1 * nA, 2 * nA} // the threshold is 1 nA
	cells := net.Population("cells", 3, neuron.LeakyIF{})
	net.Connect(net.Node("drive", currents), cells)
	spikes := net.Probe("spikes", cells)

	s, err := sim.New(net, sim.Options{})
	if err != nil {
		log.Fatal(err)
	}
	if err := s.Run(context.Background(), 1); err != nil {
		log.Fatal(err)
	}
	count := make([]int, 3)
	for _, id := range s.Data(spikes).IDs {
		count[id]++
	}
	fmt.Println(count)
	// Output: [0 20 72]
}

// All mistakes of a network are reported together.
func ExampleNew_errors() {
	net := soma.New("mistaken", 1)
	cell := net.Ensemble("cell", 10, 2)
	cell.MaxRates = dist.Constant{Value: 600}
	net.Connect(net.Node("stimulus", signal.Constant{1}), cell)

	_, err := sim.New(net, sim.Options{})
	for _, e := range soma.AsErrors(err) {
		fmt.Printf("%s.%s: %s\n", e.Object, e.Field, e.Problem)
	}
	// Output:
	// stimulus->cell.to: 1 value into 2
	// cell.max_rates: neuron 0: 600 Hz cannot be reached with a refractory period of 2 ms
}

// A loop around the simulation: in each step the program reads what the network
// gives and sets what it gets. Here an integrator of 500 neurons holds what it is
// told while the input is on.
func ExampleSimulator_Set() {
	net := soma.New("loop", 1)
	input := net.Node("input", signal.External{N: 1})
	memory := net.Ensemble("memory", 500, 1)
	net.Connect(input, memory).Transform = connect.Scale(0.1)
	net.Connect(memory, memory).Synapse = synapse.Lowpass{Tau: 0.1}
	out := net.Probe("out", memory)
	out.Synapse = synapse.Lowpass{Tau: 0.05}

	s, err := sim.New(net, sim.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for step := range 1200 {
		on := 0.0
		if step < 500 {
			on = 1 // for half a second
		}
		if err := s.Set(input, on); err != nil {
			log.Fatal(err)
		}
		if err := s.Step(); err != nil {
			log.Fatal(err)
		}
	}
	values := s.Data(out).Values
	fmt.Printf("at 0.7 s: %.1f, at 1.2 s: %.1f\n", values[699], values[1199])
	// Output:
	// at 0.7 s: 0.5, at 1.2 s: 0.5
}
