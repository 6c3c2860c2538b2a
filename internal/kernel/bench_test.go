package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// firing returns n neurons with currents at random between 0 and top, after
// enough steps to have left their common start behind.
func firing(k *LIF, n int, top float64) population {
	random := rand.New(rand.NewPCG(12, 12))
	p := population{make([]float64, n), make([]float64, n), make([]float64, n)}
	for i := range n {
		p.v[i], p.j[i] = random.Float64(), top*random.Float64()
	}
	for range 100 {
		k.Step(p.v, p.r, p.j, 0, nil, nil)
	}
	return p
}

// What does a neuron cost in a step, with everything: refractory neurons, the
// part of the step after it, spikes with their times? One thread; 9 % of the
// neurons fire per step, or none; private: nobody sees their state. 10 000
// neurons fit the second-level cache, 100 000 do not. The lower quartile of the
// steps is what they take when nothing else runs on the machine.
func BenchmarkLIF(b *testing.B) {
	for _, load := range []struct {
		name   string
		top    float64
		tauRef float64
	}{
		{"firing", 6.3, 0.002}, {"quiet", 0.9, 0.002}, {"without refractory time", 4.7, 0},
	} {
		for _, n := range []int{10000, 100000} {
			for _, level := range Levels() {
				b.Run(fmt.Sprintf("%s/%d/%s", load.name, n, level), func(b *testing.B) {
					k := NewLIF(level, normalised(0.001, load.tauRef))
					benchmarkLIF(b, firing(k, n, load.top), k.Step)
				})
				if level == Portable || load.tauRef == 0 {
					continue
				}
				b.Run(fmt.Sprintf("%s/%d/%s private", load.name, n, level), func(b *testing.B) {
					k := NewLIF(level, normalised(0.001, load.tauRef))
					p, private := firing(k, n, load.top), k.Private()
					benchmarkLIF(b, p, func(v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64) {
						return private.Step(0, v, r, j, base, spikes, at)
					})
				})
			}
		}
	}
}

// lifStep is LIF.Step, or what has the same arguments.
type lifStep func(v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64)

func benchmarkLIF(b *testing.B, p population, step lifStep) {
	n := len(p.v)
	var spikes []int32
	var at []float64
	fired := 0
	durations := make([]float64, b.N)
	b.ResetTimer()
	for i := range durations {
		start := time.Now()
		spikes, at = step(p.v, p.r, p.j, 0, spikes[:0], at[:0])
		durations[i] = float64(time.Since(start).Nanoseconds())
		fired += len(spikes)
	}
	b.StopTimer()
	slices.Sort(durations)
	b.ReportMetric(durations[b.N/4]/float64(n), "ns/neuron")
	b.ReportMetric(100*float64(fired)/(float64(b.N)*float64(n)), "%spiking")
}
