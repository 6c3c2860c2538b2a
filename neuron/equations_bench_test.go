package neuron_test

import (
	"testing"

	"soma/neuron"
)

// What does a model from equations cost, beside the built-in one?
func BenchmarkEquations(b *testing.B) {
	const n = 4000
	for _, c := range asText {
		for _, m := range []struct {
			name  string
			model neuron.Model
		}{{"builtin", c.builtin}, {"equations", c.text}} {
			b.Run(c.name+"/"+m.name, func(b *testing.B) {
				s, block := rows(b, m.model, 1e-4, n)
				for range b.N {
					block.Step++
					block.Spikes, block.At = block.Spikes[:0], block.At[:0]
					s.Step(block)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/update")
			})
		}
	}
}
