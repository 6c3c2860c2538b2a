package sparse

import (
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"

	"soma/internal/kernel"
)

// measure builds a network, runs it in, and reports what a second of biological
// time costs: in all, per event and per neuron and step.
func measure(b *testing.B, spec Spec, threads int, warmUp, steps int) *Network {
	spec.Threads, spec.Level = threads, kernel.Best()
	runtime.GC()
	begin := time.Now()
	n, err := New(spec)
	if err != nil {
		b.Fatal(err)
	}
	built := time.Since(begin).Seconds()
	advance(n, threads, warmUp)
	before := uint64(0)
	neurons := 0
	for i, p := range spec.Populations {
		before += n.SpikeCount(i)
		neurons += p.N
	}
	for _, p := range n.partitions {
		p.profile = &profile{last: time.Now()}
	}
	b.ResetTimer()
	for range b.N {
		advance(n, threads, steps)
	}
	b.StopTimer()
	b.ReportMetric(built, "s-build")
	synapses, bytes := n.Synapses()
	b.ReportMetric(float64(bytes)/float64(synapses), "B/synapse")
	after := uint64(0)
	for i := range spec.Populations {
		after += n.SpikeCount(i)
	}
	seconds := float64(b.N*steps) * spec.Dt
	b.ReportMetric(float64(after-before)/float64(neurons)/seconds, "Hz")
	b.ReportMetric(b.Elapsed().Seconds()/seconds, "s/s")
	var sum profile
	for _, p := range n.partitions {
		for i, d := range p.profile.spent {
			sum.spent[i] += d
		}
		sum.runs += p.profile.runs
		sum.events += p.profile.events
	}
	for i, name := range []string{"receive", "deliver", "update", "wait"} {
		b.ReportMetric(sum.spent[i].Seconds()/seconds/float64(len(n.partitions)), name+"-s/s")
	}
	b.ReportMetric(float64(sum.spent[deliverPhase].Nanoseconds())/float64(sum.events), "ns/event")
	b.ReportMetric(float64(sum.events)/float64(sum.runs), "events/run")
	b.ReportMetric(float64(sum.spent[updatePhase].Nanoseconds())/float64(neurons*b.N*steps), "ns/update")
	b.ReportMetric(0, "ns/op")
	return n
}

// How long does a second of Brunel's network of 10 000 neurons take?
func BenchmarkBrunel(b *testing.B) {
	for _, threads := range []int{1, 2} {
		b.Run(fmt.Sprint("threads=", threads), func(b *testing.B) {
			measure(b, brunel(8000, 5, 2), threads, 1000, 10000)
		})
	}
}

// How long does a second of the full-density microcircuit take? It needs 2 GB.
func BenchmarkMicrocircuit(b *testing.B) {
	n := measure(b, microcircuit(1), 2, 2000, 10000)
	for i, want := range microcircuitRates {
		rate := float64(n.SpikeCount(i)) / float64(n.populations[i].N) / (float64(n.Step()) * 1e-4)
		b.Logf("population %d: %.2f Hz, NEST %.2f Hz", i, rate, want)
		if math.Abs(rate-want) > 0.1*want {
			b.Errorf("population %d fires at %.2f Hz, want %.2f", i, rate, want)
		}
	}
}

// What does the update of one neuron cost in cache, without and with Poisson
// input, with parameters of its own, silent and firing in 5 % of the steps?
func BenchmarkUpdate(b *testing.B) {
	two := IafPscExp{C: 250 * pF, TauM: 10 * ms, TauEx: 2 * ms, TauIn: 3 * ms, VTh: 15 * mV, TRef: 2 * ms}
	one := two
	one.TauIn, one.OneCurrent = one.TauEx, true
	delta := IafPscDelta{C: 250 * pF, TauM: 10 * ms, VTh: 15 * mV, TRef: 2 * ms}
	alpha := IafPscAlpha{C: 250 * pF, TauM: 10 * ms, TauEx: 2 * ms, TauIn: 2 * ms, VTh: 15 * mV, TRef: 2 * ms}
	firing := delta
	firing.TRef, firing.Ie = 0.1*ms, 50000*pA
	for _, c := range []struct {
		name  string
		model Model
		rate  float64
		own   bool
	}{
		{"two", two, 0, false},
		{"one", one, 0, false},
		{"delta", delta, 0, false},
		{"alpha", alpha, 0, false},
		{"two+poisson", two, 12800, false},
		{"one+poisson", one, 12800, false},
		{"delta+poisson", delta, 12800, false},
		{"firing", firing, 0, false},
		{"two+own", two, 0, true},
		{"one+own", one, 0, true},
		{"delta+own", delta, 0, true},
		{"alpha+own", alpha, 0, true},
	} {
		for _, level := range kernel.Levels() {
			b.Run(fmt.Sprint(c.name, "/", level), func(b *testing.B) {
				const n = 4096
				p := Population{N: n, Model: c.model, Poisson: Poisson{Rate: c.rate, Weight: 0.1 * pA}}
				if c.own {
					p.Each = unlike(c.model, n)
				}
				x := newCells(p, share{n: n}, [][]float64{make([]float64, n), make([]float64, n)})
				k := p.kernel(1e-4, share{n: n}, level)
				spikes, total := make([]uint32, 0, n+group), 0
				for i := range b.N {
					total += len(k.step(&x, uint64(i), spikes))
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/update")
				b.ReportMetric(100*float64(total)/float64(b.N)/n, "%firing")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
