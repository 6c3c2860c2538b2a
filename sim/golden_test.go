package sim_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"testing"

	"soma"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
)

// Everything a run computes, from drawn encoders and solved decoders to the last
// filtered value, has the same bits on every machine. Whoever changes a number
// on purpose replaces the sum here; a machine that changes it has a fault, most
// likely a fused multiply-add.
func TestTheSameBitsOnEveryMachine(t *testing.T) {
	const want = "d71e9e1377bc6084"
	net := soma.New("golden", 42)
	ramp := net.Node("ramp", signal.Func(func(t float64) float64 { return 8*t - 1 }))
	var probes []*soma.Probe
	for i, model := range []neuron.Model{
		neuron.LIF{},
		neuron.LIF{TauRef: 1e-4},
		neuron.LIFRate{},
		neuron.RectifiedLinear{},
		neuron.SpikingRectifiedLinear{},
		neuron.LeakyIF{TauRef: 0.001},
		neuron.IF{TauRef: 0.001},
	} {
		e := net.Ensemble(fmt.Sprint("e", i), 40, 2)
		e.Neuron = model
		net.Connect(ramp, e.At(0)).Synapse = synapse.Alpha{Tau: 0.01}
		square := net.Connect(e.At(0), e.At(1))
		square.Function = func(x []float64) []float64 { return []float64{float64(x[0] * x[0])} }
		square.Synapse = synapse.Lowpass{Tau: 0.02}
		p := net.Probe(fmt.Sprint("p", i), e)
		p.Synapse = synapse.Lowpass{Tau: 0.01}
		probes = append(probes, p, net.Probe(fmt.Sprint("j", i), e.Neurons, soma.Input))
	}
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), 0.25); err != nil {
		t.Fatal(err)
	}
	sum := fnv.New64a()
	for _, p := range probes {
		for _, x := range s.Data(p).Values {
			_ = binary.Write(sum, binary.LittleEndian, math.Float64bits(x))
		}
	}
	if got := fmt.Sprintf("%016x", sum.Sum64()); got != want {
		t.Errorf("the sum is %s, want %s", got, want)
	}
}
