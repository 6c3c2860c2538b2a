package engine_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/learn"
	"soma/neuron"
)

// plastic is a network in which every rule, with both kinds of delay, learns
// between neurons that fire at all rates, some twice in a step.
func plastic() *soma.Network {
	net := soma.New("plastic", 23)
	fast := net.Population("fast", 50, neuron.IafPscExp{IE: 520 * pA, TRef: 1 * ms})
	slow := net.Population("slow", 40, neuron.IafPscAlpha{IE: 377 * pA, VMin: -1})
	burst := net.Population("burst", 3, neuron.SpikeGenerator{SpikeTimes: []float64{
		1 * ms, 1 * ms, 1.1 * ms, 1.2 * ms, 1.3 * ms, 1.3 * ms, 1.3 * ms, 1.4 * ms, 1.5 * ms, 20 * ms, 60 * ms, 60.1 * ms,
	}})
	fast.Init = map[string]dist.Distribution{"V_m": dist.Uniform{Low: -70 * mV, High: -56 * mV}}
	slow.Init = fast.Init
	shaped := net.Population("shaped", 12, neuron.AeifPscDeltaClopath{IE: 1200 * pA, TClamp: 1 * ms})
	shaped.Init = map[string]dist.Distribution{"V_m": dist.Uniform{Low: -70 * mV, High: -45 * mV}}
	plain := net.Population("plain", 9, neuron.HHPscAlpha{IE: 900 * pA})
	plain.Init = shaped.Init
	spread := connect.Normal{Mean: 1.5 * ms, Std: 0.7 * ms, Low: 0.1 * ms, High: 4 * ms}
	exc := connect.Uniform{Low: 1 * pA, High: 30 * pA}
	link := func(from, to soma.Endpoint, rule connect.Rule, weight, delay connect.Value, rules ...learn.Rule) {
		c := net.Connect(from, to)
		c.Rule, c.Weight, c.Delay, c.Learning = rule, weight, delay, rules
	}
	some := connect.FixedIndegree{K: 5}
	for _, delay := range []string{"dendritic", "axonal"} {
		for _, pairing := range []string{"all_to_all", "nearest_symmetric", "nearest_presynaptic", "nearest_reduced"} {
			link(fast, slow, some, exc, spread, learn.STDP{Pairing: pairing, Delay: delay, Wmax: 40 * pA, MuPlus: 0.4, MuMinus: neuron.Zero, Lambda: 0.1})
		}
		link(slow, fast, connect.Bernoulli{P: 0.2}, connect.Constant(10*pA), connect.Constant(0.1*ms), learn.STDPPowerLaw{Delay: delay})
		link(fast, fast, some, exc, spread, learn.STDPTriplet{Delay: delay, Aplus: 0.1 * pA, Aminus: 0.2 * pA, AplusTriplet: 0.1 * pA})
		link(slow, slow.Part(5, 30), some, connect.Uniform{Low: -20 * pA, High: 0}, spread, learn.VogelsSprekeler{Delay: delay, Wmax: -50 * pA, Eta: 1 * pA})
		link(burst, fast, connect.AllToAll{}, exc, spread, learn.STDP{Delay: delay}, learn.Tsodyks{TauFac: 0.1})
		link(fast, slow, some, exc, spread, learn.STDPDopamine{Delay: delay, TauC: 0.1, TauN: 0.05, B: 20, Aplus: 0.3 * pA, Aminus: 0.3 * pA, Wmin: 2 * pA, Wmax: 30 * pA})
		gate := net.Connect(slow.Part(3, 9), net.Connections[len(net.Connections)-1].LearningInput(0))
		gate.Delay = connect.Constant(1.2 * ms)
		link(fast, fast.Part(10, 20), some, exc, spread, learn.STDP{Delay: delay, Lambda: 0.2})
	}
	for i, delay := range []string{"dendritic", "axonal"} {
		jumps := connect.Uniform{Low: 0.05 * mV, High: 0.3 * mV}
		link(fast, shaped, some, jumps, spread, learn.Clopath{Delay: delay, Wmax: 0.5 * mV, DelayUBars: 3 * ms})
		link(shaped, shaped.Part(3, 9), some, jumps, spread, learn.Clopath{Delay: delay, ALTD: 0.1, URefSquared: 4e-3, TauX: 5 * ms}, learn.Tsodyks{})
		rule := learn.Clopath{Delay: delay, Wmin: 3 * pA, Wmax: 40 * pA, DelayUBars: []float64{neuron.Zero, 1 * ms}[i], TauUBarPlus: 20 * ms}
		link(slow, plain, some, exc, spread, rule)
		link(burst, fast, connect.AllToAll{}, exc, spread, &learn.Equations{ // short-term plasticity, and a variable that both neurons change
			Text:  "dx/dt = (1 - x)/(50*ms) : 1\ndu/dt = -u/(90*ms) : 1\ndc/dt = -c/(20*ms) : 1",
			OnPre: "u += 0.3*(1 - u); sent = w*u*x; x -= u*x; c = 0.7*c + 0.2", OnPost: "c += 1 - 0.1*c; w = clip(w + (0.4 - c)*pA, 1*pA, 40*pA)", Delay: delay,
		}, learn.STDP{Delay: delay})
		homeostasis := learn.Scaling{Delay: delay, Rate: 60, Tau: 0.05, Beta: 0.2, Wmin: 2 * pA, Wmax: 35 * pA}
		link(fast, slow, some, exc, spread, homeostasis)
		link(slow, plain, some, exc, spread, learn.STDP{Delay: delay, Lambda: 0.1, Wmax: 40 * pA}, rule, homeostasis)
		link(fast, fast, some, exc, spread, learn.STDP{Delay: delay, Pairing: "nearest_presynaptic"}, homeostasis, learn.Tsodyks{})
		link(slow, fast, some, connect.Uniform{Low: -30 * pA, High: -1 * pA}, spread,
			learn.VogelsSprekeler{Delay: delay, Wmax: -50 * pA, Eta: 1 * pA},
			learn.Scaling{Delay: delay, Rate: 60, Tau: 0.02, Beta: -0.3, Wmin: 3 * pA, Wmax: -25 * pA})
		link(fast, slow, some, exc, spread, learn.STDPTriplet{Delay: delay, Wmax: 30 * pA}, learn.STDPPowerLaw{Delay: delay})
		link(slow, fast, some, exc, spread, learn.Clopath{Delay: delay, ALTD: 2e-10, ThetaPlus: -0.09, ThetaMinus: -0.09, ALTP: 2e-8})
	}
	link(fast, slow, some, exc, spread, &learn.Equations{
		Text: `
			dx/dt = -x/(20*ms) : 1 (event-driven)
			dy/dt = -y/(30*ms) : 1 (event-driven)
			n : 1`,
		OnPre: "w = max(w - 0.3*pA*y*(1 + 0.1*n), 0*pA); x += 1; n += 1", OnPost: "w += 0.5*pA*x; y = 1",
	})
	link(slow, fast, some, connect.Constant(20*pA), connect.Constant(1*ms), learn.Tsodyks{})
	link(slow, fast, some, exc, spread, learn.Tsodyks{U: 0.2, TauFac: 0.5})
	net.Probe("fast spikes", fast)
	net.Probe("slow spikes", slow)
	net.Probe("V_m", slow, "V_m")
	return net
}

// Synapses learn the same in the engine as in the interpreter, in which each is
// an object that meets every spike by itself: bit for bit, on any number of
// partitions.
func TestPlasticityEqualToInterpreter(t *testing.T) {
	const steps = 1500
	p := compiledAt(t, plastic(), 0.1*ms).Program
	in := interpreted(t, p, steps)
	cells := cellsOf(p)
	for i, threads := range []int{1, 2, 3, 8} {
		levels := kernel.Levels()
		level := levels[(len(levels)-1+i)%len(levels)]
		e, err := engine.New(p, engine.Options{Threads: threads, Partitions: threads, Level: level})
		if err != nil {
			t.Fatal(err)
		}
		for again := range 2 { // the second time after a reset
			if err := e.Run(context.Background(), steps); err != nil {
				t.Fatal(err)
			}
			sameRecordings(t, fmt.Sprintf("%d threads, run %d", threads, again), p, e, in)
			for i, s := range cells.Synapses {
				if s.Learning == nil {
					continue
				}
				got, want := e.Weights(i), in.Weights(cells, i)
				if diff := differentWeights(got, want); diff != "" {
					t.Errorf("%d threads, run %d: synapses %d of %s (%T): %s", threads, again, i, s.Label, s.Learning, diff)
				}
			}
			if err := e.Reset(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func cellsOf(p *program.Program) *program.Cells {
	for _, op := range p.Operators {
		if c, ok := op.(*program.Cells); ok {
			return c
		}
	}
	return nil
}

func differentWeights(got, want []float64) string {
	if len(got) != len(want) || len(got) == 0 {
		return fmt.Sprintf("%d weights, want %d", len(got), len(want))
	}
	changed := false
	for k := range want {
		if math.Float64bits(got[k]) != math.Float64bits(want[k]) {
			return fmt.Sprintf("weight %d is %g, want %g", k, got[k], want[k])
		}
		changed = changed || got[k] != got[0]
	}
	if !changed {
		return "all weights are alike"
	}
	return ""
}
