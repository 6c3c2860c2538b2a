package sparse

import (
	"testing"

	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/rng"
	"soma/learn"
)

// noise fires at random, whatever arrives.
type noise struct {
	stream  rng.Stream
	p       float64   // of a spike in a step
	voltage []float64 // falls after a spike
}

func (n noise) step(step int64, first, count int, _ [][]float64, spikes []uint32) []uint32 {
	for i := first; i < first+count; i++ {
		if n.stream.Float64(uint64(i), uint64(step)) < n.p {
			spikes = append(spikes, uint32(i))
			n.voltage[i] = 0.03
		}
		n.voltage[i] += 0.05 * (-0.07 - n.voltage[i]) // above -45 mV for 28 steps
	}
	return spikes
}

// What a spike costs at a synapse that learns, where all neurons fire at 10 Hz.
func BenchmarkPlasticEvent(b *testing.B) {
	rules := []struct {
		name string
		rule learn.SynapseRule
	}{
		{"stdp_pl", learn.STDPPowerLaw{Mu: 0.4, Alpha: 0.05}},
		{"stdp additive", learn.STDP{MuPlus: 1e-300, MuMinus: 1e-300}},
		{"stdp multiplicative", learn.STDP{}},
		{"stdp nearest_presynaptic", learn.STDP{Pairing: "nearest_presynaptic"}},
		{"stdp nearest_reduced", learn.STDP{Pairing: "nearest_reduced"}},
		{"triplet", learn.STDPTriplet{}},
		{"vogels_sprekeler", learn.VogelsSprekeler{Wmax: 100 * pA}},
		{"clopath", learn.Clopath{}},
		{"scaling", learn.Scaling{}},
	}
	for _, r := range rules {
		for _, level := range kernel.Levels() {
			b.Run(r.name+"/"+level.String(), func(b *testing.B) { benchmarkRule(b, r.rule, level) })
		}
	}
}

func benchmarkRule(b *testing.B, rule learn.SynapseRule, level kernel.Level) {
	const neurons, indegree, rate, dt = 4500, 4000, 10, 0.1 * ms
	plasticity, err := rule.Start(learn.Env{Dt: dt, Unit: 1 * pA})
	if err != nil {
		b.Fatal(err)
	}
	stream := func(what string) rng.Stream { return rng.New(1, "bench", what) }
	voltage := make([]float64, neurons)
	for i := range voltage {
		voltage[i] = -0.07
	}
	n, err := New(Spec{
		Dt: dt, Threads: 1, Partitions: 1, Level: level,
		Populations: []Population{{N: neurons, Model: Stepped{Step: noise{stream("noise"), rate * dt, voltage}.step}}},
		Projections: []Projection{{
			Rule: connect.FixedIndegree{K: indegree}, Weight: connect.Constant(45 * pA), Delay: connect.Constant(1.5 * ms),
			Plastic: Plastic{Rule: plasticity, Voltages: Voltages{Now: voltage}}, Pairs: stream("pairs"), Weights: stream("weights"), Delays: stream("delays"),
		}},
	})
	if err != nil {
		b.Fatal(err)
	}
	advance(n, 1, 2000)
	before, steps := n.SpikeCount(0), 0
	b.ResetTimer()
	for b.Loop() {
		advance(n, 1, 10)
		steps += 10
	}
	events := float64(n.SpikeCount(0)-before) * indegree
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/events, "ns/event")
}
