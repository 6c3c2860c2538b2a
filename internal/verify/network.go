package verify

import (
	"context"
	"fmt"
	"math"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/kernel"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
	"soma/validation"
)

// oneNeuron is the first example, made deterministic.
func oneNeuron(r *report) {
	want := validation.Columns(r, "nengo/seed_model.csv")
	var params struct {
		Decoder    float64
		SpikeSteps []int64 `json:"spike_steps"`
	}
	validation.JSON(r, "nengo/seed_model_params.json", &params)
	net := soma.New("A single neuron", 1)
	cell := net.Ensemble("cell", 1, 1)
	cell.Intercepts, cell.MaxRates, cell.Encoders = dist.Constant{Value: -0.5}, dist.Constant{Value: 100}, dist.Values(1)
	cell.Init = map[string]dist.Distribution{"voltage": dist.Constant{}}
	stimulus := net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Cos(8 * t) }))
	net.Connect(stimulus, cell)
	decoded := net.Passthrough("decoded", 1)
	readout := net.Connect(cell.Neurons, decoded)
	readout.Transform, readout.Synapse = connect.Dense{{params.Decoder}}, synapse.Lowpass{Tau: 0.01}
	probes := map[string]*soma.Probe{
		"J": net.Probe("J", cell.Neurons, soma.Input), "v": net.Probe("v", cell.Neurons, "voltage"),
		"out": net.Probe("out", cell.Neurons, soma.Output), "filtered": net.Probe("filtered", decoded),
	}
	spikes := net.Probe("spikes", cell.Neurons)
	s, err := sim.New(net, sim.Options{})
	r.must(err)
	r.must(s.Run(context.Background(), 1))
	for name, p := range probes {
		r.near(name, s.Data(p).Values, want[name])
	}
	equal(r, "spikes", s.Data(spikes).Steps, params.SpikeSteps)
}

func determinism() []Case {
	return []Case{{"threads and vector instructions", "soma itself", "", 0, bits}}
}

// bits runs networks on several threads and with every kernel.
func bits(r *report) {
	var want []float64
	for _, level := range kernel.Levels() {
		for _, threads := range []int{1, 2, 3} {
			got := activity(r, level.String(), threads)
			if want == nil {
				want = got
			}
			equal(r, fmt.Sprintf("%s on %d threads", level, threads), got, want)
		}
	}
}

// activity is what ensembles and a network of point neurons do in 50 ms.
func activity(r *report, level string, threads int) []float64 {
	net := soma.New("bits", 1)
	a, b := net.Ensemble("a", 300, 2), net.Ensemble("b", 200, 1)
	net.Connect(net.Node("u", signal.WhiteSignal{Period: 1, High: 20, Dims: 2}), a)
	product := net.Connect(a, b)
	product.Function = func(x []float64) []float64 { return []float64{float64(x[0] * x[1])} }
	out := net.Probe("out", b)
	out.Synapse = synapse.Lowpass{Tau: 0.01}

	cells := net.Population("cells", 1000, neuron.IafPscExp{})
	noise := net.Connect(net.Population("noise", 1, neuron.PoissonGenerator{Rate: 8000}), cells)
	noise.Rule, noise.Weight = connect.AllToAll{}, connect.Constant(80e-12)
	recurrent := net.Connect(cells, cells)
	recurrent.Rule, recurrent.Weight = connect.FixedIndegree{K: 50}, connect.Constant(-40e-12)
	spikes := net.Probe("spikes", cells)

	s, err := sim.New(net, sim.Options{Dt: 1e-4, Threads: threads, Kernel: level})
	r.must(err)
	r.must(s.Run(context.Background(), 0.05))
	values := append([]float64(nil), s.Data(out).Values...)
	data := s.Data(spikes)
	for i, step := range data.Steps {
		values = append(values, float64(step), float64(data.IDs[i]))
	}
	return values
}
