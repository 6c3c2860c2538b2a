package neuron_test

import (
	"fmt"
	"testing"

	"soma/dist"
	"soma/neuron"
)

// How long do a neuron and a step take in portable Go? Neurons fire at some
// 30 Hz (I_e), and the row fits the cache.
func BenchmarkPointNeurons(b *testing.B) {
	for _, model := range []neuron.Model{
		neuron.IafPscDelta{IE: 400e-12},
		neuron.IafPscExp{IE: 400e-12},
		neuron.IafPscAlpha{IE: 400e-12},
		neuron.IzhikevichPoint{IE: 10e-12},
		neuron.IafCondExp{IE: 300e-12},
		neuron.IafCondAlpha{IE: 300e-12},
		neuron.AeifCondExp{IE: 700e-12},
		neuron.AeifCondAlpha{IE: 700e-12},
		neuron.AeifPscDeltaClopath{IE: 900e-12},
		neuron.HHPscAlpha{IE: 650e-12},
	} {
		for _, rate := range []int{0, 1} { // spikes per receptor, neuron and 16 steps
			b.Run(fmt.Sprintf("%s/arrivals=%d", model.Spec().Name, rate), func(b *testing.B) {
				const n = 4096
				r := newPointRun(b, model, 1e-4, n)
				size := map[string]float64{"V": 1e-4, "A": 1e-11, "S": 1e-9}[model.Spec().Receptors[0].Unit]
				for i := range n { // out of phase
					r.block.State[0][i] += 0.01 * float64(i) / n
					for _, row := range r.block.Arrived {
						if i%16 < rate {
							row[i] = size
						}
					}
				}
				b.ResetTimer()
				for range b.N {
					r.block.Spikes, r.block.At = r.block.Spikes[:0], r.block.At[:0]
					r.stepper.Step(&r.block)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/neuron")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// Every neuron has a threshold of its own.
func BenchmarkVaried(b *testing.B) {
	for _, model := range pointNeurons {
		varied := neuron.Varied{Model: model, Parameters: []neuron.Parameter{{Name: "I_e", Value: dist.Uniform{High: 1e-12}}}}
		b.Run(model.Spec().Name, func(b *testing.B) {
			const n = 1000
			each, err := varied.Of(n, func(p neuron.Parameter) ([]float64, error) { return p.Value.Draw(dist.Stream{}, n, 1) })
			if err != nil {
				b.Fatal(err)
			}
			r := newPointRun(b, each, 1e-4, n)
			for b.Loop() {
				r.block.Spikes, r.block.At = r.block.Spikes[:0], r.block.At[:0]
				r.stepper.Step(&r.block)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/neuron")
		})
	}
}
