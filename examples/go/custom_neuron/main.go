// A neuron model of one's own: the quadratic integrate-and-fire neuron
//
//	τ dv/dt = v² + I,   spike and v ← −10 where v reaches 10,
//
// as a population among the built-in models. A model is a plain struct with two
// methods; its step works on a block of neurons.
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
)

// Quadratic is the quadratic integrate-and-fire neuron (B. Ermentrout and N.
// Kopell, 1986), normalised. For a constant current I its rate is √I/(π τ) as
// threshold and reset go to infinity.
type Quadratic struct {
	Tau  float64 // membrane time constant, s
	Peak float64 // threshold, and minus the reset
}

// Spec implements neuron.Model.
func (q Quadratic) Spec() neuron.Spec {
	return neuron.Spec{
		Name:      "Quadratic",
		States:    []neuron.State{{Name: "v", Init: dist.Constant{Value: -q.Peak}}},
		Spiking:   true,
		Amplitude: 1,
	}
}

// NewStepper implements neuron.Model.
func (q Quadratic) NewStepper(env neuron.Env) (neuron.Stepper, error) {
	if !(q.Tau > 0) {
		return nil, fmt.Errorf("tau is %g s; give a positive time", q.Tau)
	}
	return &step{q, env.Dt / q.Tau}, nil
}

type step struct {
	q Quadratic
	h float64 // step in units of tau
}

// Step takes one midpoint step of each neuron.
func (s *step) Step(b *neuron.Block) {
	v := b.State[0]
	for i, current := range b.Input {
		middle := v[i] + s.h/2*(v[i]*v[i]+current)
		v[i] += s.h * (middle*middle + current)
		if v[i] >= s.q.Peak {
			v[i] = -s.q.Peak
			b.Fire(i, s.h*s.q.Tau)
		}
	}
}

func main() {
	net := soma.New("Quadratic integrate-and-fire", 1)
	currents := signal.Constant{0.25, 1, 4}
	cells := net.Population("cells", len(currents), Quadratic{Tau: 0.01, Peak: 100})
	net.Connect(net.Node("drive", currents), cells)
	spikes := net.Probe("spikes", cells)

	s, err := sim.New(net, sim.Options{Dt: 1e-5})
	if err != nil {
		log.Fatal(err)
	}
	if err := s.Run(context.Background(), 2); err != nil {
		log.Fatal(err)
	}
	count := make([]int, len(currents))
	for _, id := range s.Data(spikes).IDs {
		count[id]++
	}
	for i, current := range currents {
		fmt.Printf("I = %4.2f: %5.1f Hz, theory %5.1f Hz\n", current, float64(count[i])/s.Time(), math.Sqrt(current)/math.Pi/0.01)
	}
}
