package neuron_test

import (
	"testing"

	"soma/internal/kernel"
	"soma/internal/rng"
	"soma/neuron"
)

// What does a neuron of each model cost in a step? Normalised models with
// currents from 0 to 3, of which two thirds fire; divide by 1000.
func BenchmarkFrameworkModels(b *testing.B) {
	const n = 1000
	for _, m := range []neuron.Model{
		neuron.LIF{},
		neuron.AdaptiveLIF{},
		neuron.LIFRate{},
		neuron.AdaptiveLIFRate{},
		neuron.Izhikevich{},
		neuron.Sigmoid{},
		neuron.Tanh{},
		neuron.RegularSpiking{},
		neuron.StochasticSpiking{},
		neuron.PoissonSpiking{},
	} {
		b.Run(m.Spec().Name, func(b *testing.B) {
			s, err := m.NewStepper(neuron.Env{Dt: 1e-3, Level: kernel.Best(), Stream: rng.New(1, "cells", "neuron")})
			if err != nil {
				b.Fatal(err)
			}
			block := &neuron.Block{Input: make([]float64, n), Output: make([]float64, n)}
			for i := range block.Input {
				block.Input[i] = 3 * float64(i) / n
			}
			for _, state := range m.Spec().States {
				row, _ := state.Init.Draw(rng.New(1, "cells", state.Name), n, 1)
				block.State = append(block.State, row)
			}
			for b.Loop() {
				block.Step++
				block.Spikes, block.At = block.Spikes[:0], block.At[:0]
				s.Step(block)
			}
		})
	}
}
