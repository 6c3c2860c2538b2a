package engine_test

import (
	"errors"
	"fmt"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

const (
	ms = 1e-3
	mV = 1e-3
	pA = 1e-12
	nS = 1e-9
)

// mixed is a network of point neurons of several models, connected by every kind
// of rule, to and from an ensemble and a node.
func mixed() *soma.Network {
	net := soma.New("mixed", 11)
	alpha := net.Population("alpha", 60, neuron.IafPscAlpha{IE: 400 * pA})
	cond := net.Population("cond", 40, neuron.IafCondExp{IE: 400 * pA})
	escape := net.Population("escape", 30, neuron.Varied{
		Model: neuron.IafPscExp{IE: 380 * pA, Delta: 1 * mV},
		Parameters: []neuron.Parameter{
			{Name: "rho", Value: dist.Uniform{Low: 4, High: 6}},
			{Name: "tau_syn_in", Value: dist.Choice{Options: [][]float64{{2 * ms}, {3 * ms}}}},
		},
	})
	ens := net.Ensemble("ens", 40, 1)
	for _, p := range []*soma.Population{alpha, cond, escape} {
		p.Init = map[string]dist.Distribution{"V_m": dist.Uniform{Low: -70 * mV, High: -56 * mV}}
	}
	link := func(from, to soma.Endpoint, rule connect.Rule, weight, delay connect.Value) {
		c := net.Connect(from, to)
		c.Rule, c.Weight, c.Delay = rule, weight, delay
	}
	spread := connect.Normal{Mean: 1.5 * ms, Std: 0.7 * ms, Low: 0.1 * ms, High: 9 * ms}
	link(alpha, alpha, connect.FixedIndegree{K: 10}, connect.Constant(30*pA), connect.Constant(1.5*ms))
	link(alpha, cond, connect.Bernoulli{P: 0.2}, connect.Uniform{Low: 1 * nS, High: 4 * nS}, spread)
	link(cond, alpha, connect.FixedTotal{N: 200}, connect.Normal{Mean: -40 * pA, Std: 5 * pA, Low: -1, High: 0}, spread)
	link(cond.Part(0, 10), escape.Part(5, 15), connect.OneToOne{}, connect.Constant(-50*pA), connect.Constant(0.1*ms))
	link(escape, cond, connect.FixedOutdegree{K: 3}, connect.Constant(2*nS), connect.Uniform{Low: 1 * ms, High: 3 * ms})
	link(ens.Neurons, alpha, connect.FixedIndegree{K: 4}, connect.Constant(20*pA), connect.Constant(2*ms))
	link(alpha, escape, connect.AllToAll{}, connect.Constant(3*pA), connect.Constant(1*ms))
	link(alpha, alpha, connect.FixedIndegree{K: 2}, connect.Constant(-20*pA), connect.Constant(1*ms))

	alpha.Positions = connect.Scatter{Extent: []float64{1, 1}, Periodic: true}
	escape.Positions = connect.Grid{Extent: []float64{1, 1}, Shape: []int{6, 5}, Periodic: true}
	conduction := connect.ByDistance{Profile: connect.Linear{Base: 1 * ms, Slope: 4 * ms}}
	link(alpha, escape.Part(3, 27), connect.Spatial{Kernel: connect.Gaussian{Peak: 0.5, Sigma: 0.2}},
		connect.ByDistance{Profile: connect.Exponential{Peak: 30 * pA, Tau: 0.3}}, conduction)
	link(escape, alpha, connect.SpatialIndegree{K: 3, Kernel: connect.Box{Peak: 1, Radius: 0.4}, NoMultapses: true}, connect.Constant(5*pA), conduction)
	link(net.Population("noise", 1, neuron.NoiseGenerator{Std: 50 * pA}), alpha, connect.AllToAll{}, connect.Constant(1), connect.Constant(1*ms))
	link(net.Population("pulse", 2, neuron.DcGenerator{Amplitude: 20 * pA, Start: 20 * ms, Stop: 60 * ms}), cond,
		connect.FixedIndegree{K: 3}, connect.Uniform{Low: 0.5, High: 1}, connect.Constant(2*ms))

	rate := net.Passthrough("rate", 1)
	out := net.Connect(cond, rate)
	mean := make([]float64, 40)
	for i := range mean {
		mean[i] = 1.0 / 40 / 100
	}
	out.Transform, out.Synapse = connect.Dense{mean}, synapse.Lowpass{Tau: 20 * ms}
	net.Connect(rate, ens)
	drive := net.Node("drive", signal.Func(func(t float64) float64 { return 100 * pA * t }))
	net.Connect(drive, cond)

	for _, p := range []*soma.Population{alpha, cond, escape, ens.Neurons} {
		net.Probe("spikes of "+p.Name, p)
	}
	net.Probe("V_m", alpha, "V_m")
	net.Probe("g_ex", cond.Part(3, 7), "g_ex")
	net.Probe("rate", rate)
	net.Probe("input", cond, soma.Input)
	return net
}

// The engine delivers spikes as the interpreter does, which has every synapse as
// an object, bit for bit.
func TestCellsEqualToInterpreter(t *testing.T) {
	const steps = 1000
	p := compiledAt(t, mixed(), 0.1*ms).Program
	in := interpreted(t, p, steps)
	somethingRecorded(t, p, in)
	for _, threads := range []int{1, 2, 3, 8} {
		e := executed(t, p, engine.Options{Threads: threads, Partitions: threads, Level: kernel.Best()}, steps)
		sameRecordings(t, fmt.Sprintf("%d threads", threads), p, e, in)
	}
}

// A network that no memory holds is refused at once, with what it would need.
func TestMemoryIsRefusedBeforeItIsTaken(t *testing.T) {
	net := soma.New("huge", 1)
	p := net.Population("p", 2_000_000, neuron.IafPscExp{})
	c := net.Connect(p, p)
	c.Rule, c.Weight = connect.FixedIndegree{K: 100_000}, connect.Constant(1*pA)
	_, err := engine.New(compiledAt(t, net, 0.1*ms).Program, engine.Options{Threads: 2})
	var fault *engine.Fault
	if !errors.As(err, &fault) || fault.Field != "memory" {
		t.Errorf("got %v, want a refusal for lack of memory", err)
	}
}
