package main

import (
	"context"
	"math"
	"time"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/neuron"
	"soma/sim"
	"soma/unit"
)

const (
	mV = unit.Millivolt
	ms = unit.Millisecond
	pF = unit.Picofarad
)

// brunel is Brunel's network A (2000) with g = 5 and η = 2, and 1000 synapses
// from within the network onto each neuron.
func brunel(excitatory int) *soma.Network {
	const weight, g, eta = 0.1 * mV, 5.0, 2.0
	model := neuron.IafPscDelta{
		TauM: 20 * ms, EL: neuron.Zero, VTh: 20 * mV, VReset: 10 * mV, TRef: 2 * ms,
	}
	net := soma.New("Brunel", 1)
	e, i := net.Population("E", excitatory, model), net.Population("I", excitatory/4, model)
	const ce, ci = 800, 200
	const threshold = 20 * mV / (weight * ce * 20 * ms)
	external := net.Population("external", 1, neuron.PoissonGenerator{Rate: eta * threshold * ce})
	for _, to := range []*soma.Population{e, i} {
		link(net, e, to, connect.FixedIndegree{K: ce}, connect.Constant(weight), connect.Constant(1.5*ms))
		link(net, i, to, connect.FixedIndegree{K: ci}, connect.Constant(-g*weight), connect.Constant(1.5*ms))
		link(net, external, to, connect.AllToAll{}, connect.Constant(weight), connect.Constant(1.5*ms))
	}
	net.Probe("spikes of E", e)
	return net
}

func link(net *soma.Network, from, to soma.Endpoint, rule connect.Rule, weight, delay connect.Value) {
	c := net.Connect(from, to)
	c.Rule, c.Weight, c.Delay = rule, weight, delay
}

// microcircuit is the cortical microcircuit of Potjans and Diesmann (2014) at
// full density with Poisson input.
func microcircuit() *soma.Network {
	const c, tauM, tauSyn = 250 * pF, 10 * ms, 0.5 * ms
	model := neuron.IafPscExp{
		CM: c, TauM: tauM, EL: -65 * mV, VReset: -65 * mV, VTh: -50 * mV, TRef: 2 * ms,
		TauSynEx: tauSyn, TauSynIn: tauSyn,
	}
	net := soma.New("Cortical microcircuit", 1)
	weight := 0.15 * mV * pscPerPSP(c, tauM, tauSyn)
	var populations []*soma.Population
	for _, layer := range layers {
		p := net.Population(layer.name, layer.n, model)
		p.Init = map[string]dist.Distribution{"V_m": dist.Normal{Mean: layer.v * mV, Std: layer.sd * mV}}
		external := net.Population("external "+layer.name, 1, neuron.PoissonGenerator{Rate: 8 * layer.external})
		link(net, external, p, connect.AllToAll{}, connect.Constant(weight), connect.Constant(1.5*ms))
		net.Probe("spikes of "+layer.name, p)
		populations = append(populations, p)
	}
	for to, row := range probabilities {
		for from, p := range row {
			if p == 0 {
				continue
			}
			pairs := float64(layers[to].n) * float64(layers[from].n)
			synapses := math.Round(math.Log1p(-p) / math.Log1p(-1/pairs))
			mean, delay, low, high := weight, 1.5*ms, 0.0, math.Inf(1)
			switch {
			case from%2 == 1: // inhibitory
				mean, delay, low, high = -4*weight, 0.75*ms, math.Inf(-1), 0
			case from == 2 && to == 0: // L4E to L2/3E
				mean = 2 * weight
			}
			link(net, populations[from], populations[to], connect.FixedTotal{N: int(synapses)},
				connect.Normal{Mean: mean, Std: 0.1 * math.Abs(mean), Low: low, High: high},
				connect.Normal{Mean: delay, Std: delay / 2, Low: 0.05 * ms, High: 1})
		}
	}
	return net
}

// pscPerPSP is the amplitude of the exponential current that gives a potential of
// one volt at its peak.
func pscPerPSP(c, tauM, tauSyn float64) float64 {
	ratio := math.Pow(tauM/tauSyn, 1/(tauSyn-tauM))
	return c * (1/tauSyn - 1/tauM) / (math.Pow(ratio, tauSyn) - math.Pow(ratio, tauM))
}

var layers = []struct {
	name            string
	n               int
	external, v, sd float64 // inputs of 8 Hz; initial voltage, mV
}{
	{"L2/3E", 20683, 1600, -68.28, 5.36},
	{"L2/3I", 5834, 1500, -63.16, 4.57},
	{"L4E", 21915, 2100, -63.33, 4.74},
	{"L4I", 5479, 1900, -63.45, 4.94},
	{"L5E", 4850, 2000, -63.11, 4.94},
	{"L5I", 1065, 1900, -61.66, 4.55},
	{"L6E", 14395, 2900, -66.72, 5.46},
	{"L6I", 2948, 2100, -61.43, 4.48},
}

// probabilities of connection; row: target, column: source.
var probabilities = [8][8]float64{
	{.1009, .1689, .0437, .0818, .0323, 0, .0076, 0},
	{.1346, .1371, .0316, .0515, .0755, 0, .0042, 0},
	{.0077, .0059, .0497, .1350, .0067, .0003, .0453, 0},
	{.0691, .0029, .0794, .1597, .0033, 0, .1057, 0},
	{.1004, .0622, .0505, .0057, .0831, .3726, .0204, 0},
	{.0548, .0269, .0257, .0022, .0600, .3158, .0086, 0},
	{.0156, .0066, .0211, .0166, .0572, .0197, .0396, .2252},
	{.0364, .0010, .0034, .0005, .0277, .0080, .0658, .1443},
}

// perSecond is the seconds that one simulated second takes, after the first
// tenth of a second, on the given number of threads.
func perSecond(net func() *soma.Network, threads int, seconds float64) func() (float64, error) {
	return func() (float64, error) {
		s, err := sim.New(net(), sim.Options{Dt: 0.1 * ms, Threads: threads})
		if err != nil {
			return 0, err
		}
		if err := s.Run(context.Background(), 0.1); err != nil {
			return 0, err
		}
		start := time.Now()
		err = s.Run(context.Background(), seconds)
		return time.Since(start).Seconds() / seconds, err
	}
}

// building is the seconds that a network takes to be connected.
func building(net func() *soma.Network, threads int) func() (float64, error) {
	return func() (float64, error) {
		start := time.Now()
		_, err := sim.New(net(), sim.Options{Dt: 0.1 * ms, Threads: threads})
		return time.Since(start).Seconds(), err
	}
}

// update is the time of one iaf_psc_exp neuron in one step without synapses, in
// ns; the currents make 60 Hz.
func update() (float64, error) {
	const n, steps = 100_000, 2000
	net := soma.New("update", 1)
	p := net.Population("cells", n, neuron.IafPscExp{IE: 500e-12})
	p.Init = map[string]dist.Distribution{"V_m": dist.Uniform{Low: -70 * mV, High: -55 * mV}}
	s, err := sim.New(net, sim.Options{Dt: 0.1 * ms, Threads: 1})
	if err != nil {
		return 0, err
	}
	start := time.Now()
	err = s.RunSteps(context.Background(), steps)
	return time.Since(start).Seconds() * 1e9 / n / steps, err
}
