package sparse

import (
	"fmt"
	"slices"
	"testing"

	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/rng"
	"soma/learn"
)

// Histories that are short, so that synapses are often brought up to date and room
// is made now and then, give the weights of histories that never end.
func TestShortHistoriesChangeNothing(t *testing.T) {
	rules := []learn.SynapseRule{
		learn.STDPPowerLaw{},
		learn.STDP{Delay: "axonal"},
		learn.STDP{Pairing: "nearest_presynaptic"},
		learn.STDP{Pairing: "nearest_reduced", Delay: "axonal"},
		learn.STDPTriplet{},
		learn.VogelsSprekeler{Wmax: 100 * pA},
	}
	for i, rule := range rules {
		level := kernel.Levels()[i%len(kernel.Levels())]
		t.Run(fmt.Sprintf("%+v %v", rule, level), func(t *testing.T) {
			var weights [2][]float64
			caught := 0
			for long := range weights {
				n := learning(t, rule, level)
				h := &n.partitions[0].stores[0].plastic.history
				h.resize([]int{4, 4096}[long])
				advance(n, 1, 1500)
				if long == 0 && n.partitions[0].stores[0].plastic.caught > never && h.room > 4 {
					caught++
				}
				weights[long], _ = n.Weights(0, nil)
			}
			if !slices.Equal(bitsOf(weights[0]), bitsOf(weights[1])) {
				t.Error("other weights")
			}
			if caught == 0 {
				t.Error("synapses were never brought up to date, or room never made")
			}
		})
	}
}

// learning is neurons that fire at 200 Hz, with synapses of several delays that
// learn.
func learning(t *testing.T, rule learn.SynapseRule, level kernel.Level) *Network {
	const dt = 0.1 * ms
	plasticity, err := rule.Start(learn.Env{Dt: dt, Unit: 1 * pA})
	if err != nil {
		t.Fatal(err)
	}
	stream := func(what string) rng.Stream { return rng.New(1, "history", what) }
	noise := stream("noise")
	n, err := New(Spec{
		Dt: dt, Threads: 1, Partitions: 1, Level: level,
		Populations: []Population{{N: 70, Model: Stepped{Step: func(step int64, first, n int, _ [][]float64, spikes []uint32) []uint32 {
			for i := first; i < first+n; i++ {
				if noise.Float64(uint64(i), uint64(step)) < 0.02 {
					spikes = append(spikes, uint32(i))
				}
			}
			return spikes
		}}}},
		Projections: []Projection{{
			Rule: connect.FixedIndegree{K: 30}, Weight: connect.Uniform{Low: 20 * pA, High: 60 * pA}, Delay: connect.Uniform{Low: 0.1 * ms, High: 3 * ms},
			Plastic: Plastic{Rule: plasticity}, Pairs: stream("pairs"), Weights: stream("weights"), Delays: stream("delays"),
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
