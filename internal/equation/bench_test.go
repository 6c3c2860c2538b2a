package equation

import (
	"testing"

	"soma/internal/kernel"
)

// What does noise cost, per neuron and step?
func BenchmarkNoise(b *testing.B) {
	const n = 4096
	tr := newTrial(b, Source{Text: "dv/dt = -v/(10*ms) + xi*second**-0.5 : 1"}, 1e-4, kernel.Best(), n)
	tr.steps(10)
	b.ResetTimer()
	tr.steps(b.N)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/update")
}
