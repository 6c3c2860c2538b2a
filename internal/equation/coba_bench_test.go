package equation

import (
	"fmt"
	"math"
	"testing"
	"time"

	"soma/internal/kernel"
)

// cobaText is the network of Vogels and Abbott (2005) as benchmarks have it.
var cobaText = Source{
	Text: `
		dv/dt   = (E_L - v + (g_e*(E_e - v) + g_i*(E_i - v))/g_L)/tau_m : volt (unless refractory)
		dg_e/dt = -g_e/tau_e : siemens
		dg_i/dt = -g_i/tau_i : siemens`,
	Threshold: "v > V_th", Reset: "v = V_r", Refractory: "5*ms",
	Receptors: []Receptor{{Name: "exc", Statements: "g_e += w"}, {Name: "inh", Statements: "g_i += w"}},
	Given: []Given{
		{Name: "E_L", Value: -0.06},
		{Name: "E_e", Value: 0},
		{Name: "E_i", Value: -0.08},
		{Name: "V_th", Value: -0.05},
		{Name: "V_r", Value: -0.06},
		{Name: "g_L", Value: 1e-8},
		{Name: "tau_m", Value: 0.02},
		{Name: "tau_e", Value: 0.005},
		{Name: "tau_i", Value: 0.01},
	},
}

// What does a neuron cost in cache, and in a population of 4000? The fastest of
// many runs of 100 steps, for machines that others use as well.
func BenchmarkCOBA(b *testing.B) {
	for _, n := range []int{256, 4000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tr := newTrial(b, cobaText, 1e-4, kernel.Best(), n)
			for k := range 2 {
				tr.block.Arrived = append(tr.block.Arrived, make([]float64, n))
				for i := range n {
					tr.block.Arrived[k][i] = []float64{0.2e-9, 2.1e-9}[k] * float64(3+i%7) / 6
				}
			}
			best := math.Inf(1)
			for range b.N {
				start := time.Now()
				tr.steps(100)
				best = min(best, time.Since(start).Seconds()*1e9/100)
			}
			b.ReportMetric(best/float64(n), "ns/update")
			b.ReportMetric(0, "ns/op")
		})
	}
}
