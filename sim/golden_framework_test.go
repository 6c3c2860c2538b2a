package sim_test

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"testing"

	"soma"
	"soma/dist"
	"soma/neuron"
	"soma/signal"
	"soma/solve"
	"soma/synapse"
)

// Like TestTheSameBitsOnEveryMachine, for every neuron model of the framework,
// every solver, synapse and signal.
func TestTheSameBitsOfTheFrameworkOnEveryMachine(t *testing.T) {
	const want = "19f56dbc132aab61"
	net := soma.New("golden", 42)
	noise := net.Node("noise", signal.FilteredNoise{Synapse: synapse.Alpha{Tau: 0.02}, Dims: 2})
	signals := []signal.Signal{
		signal.WhiteSignal{Period: 0.2, High: 20, Dims: 2},
		signal.WhiteNoise{Dist: dist.SqrtBeta{N: 5}, Dims: 2},
		signal.BrownNoise{Dims: 2},
		signal.Piecewise{Times: []float64{0, 0.1, 0.15, 0.3}, Values: [][]float64{{1, 0}, {-1, 2}, {0, 0.3}, {1, 1}}, Interpolation: "cubic"},
		signal.Chirp{Low: 1, High: 20, Duration: 1},
		signal.Sine{Frequency: 7, Phase: 0.3},
		signal.Ramp{Begin: 0.03, End: 0.2},
	}
	solvers := []solve.Solver{
		solve.LstsqL2nz{}, solve.Lstsq{}, solve.LstsqNoise{}, solve.LstsqL1{L1: 1e-3}, solve.LstsqDrop{}, solve.NNLS{}, solve.NNLSL2{},
	}
	synapses := []synapse.Synapse{
		synapse.Linear{Num: []float64{1}, Den: []float64{1e-6, 3.5e-4, 0.035, 1}},
		synapse.Triangle{T: 0.01},
		synapse.Linear{Num: []float64{0.01, 1}, Den: []float64{4e-4, 0.02, 1}, Method: "tustin"},
		synapse.Lowpasses(0.003, 0.02),
	}
	var probes []*soma.Probe
	for i, model := range []neuron.Model{
		neuron.AdaptiveLIF{},
		neuron.AdaptiveLIFRate{},
		neuron.Izhikevich{},
		neuron.Sigmoid{},
		neuron.Tanh{},
		neuron.RegularSpiking{},
		neuron.StochasticSpiking{BaseType: neuron.Tanh{}},
		neuron.PoissonSpiking{},
		neuron.IafPscExp{},
		neuron.IzhikevichPoint{},
	} {
		e := net.Ensemble(fmt.Sprint("e", i), 30, 2)
		e.Neuron, e.Noise, e.Intercepts = model, signal.WhiteNoise{Dist: dist.Normal{Std: 1e-3}}, dist.CosineSimilarity{Dimensions: 4}
		e.MaxRates = dist.Uniform{Low: 40, High: 80}
		if model.Spec().InputUnit != "" {
			e.Noise = nil
		}
		s := signals[i%len(signals)]
		source := net.Node(fmt.Sprint("s", i), s)
		net.Connect(noise, e).Synapse = synapses[i%len(synapses)]
		net.Connect(source.At(0), e.At(0))
		square := net.Connect(e, e)
		square.Function = func(x []float64) []float64 { return []float64{float64(x[0] * x[1]), 0} }
		square.Solver, square.Synapse = solvers[i%len(solvers)], synapses[(i+1)%len(synapses)]
		p := net.Probe(fmt.Sprint("p", i), e)
		p.Synapse = synapse.Lowpass{Tau: 0.01}
		probes = append(probes, p, net.Probe(fmt.Sprint("j", i), e.Neurons, soma.Input))
	}
	s := run(t, net, 250, 1e-3)
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
