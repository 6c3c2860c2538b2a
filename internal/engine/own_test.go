package engine_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/neuron"
)

// unlike is populations with parameters of every neuron's own, which package sparse
// steps by vectors.
func unlike() *soma.Network {
	net := soma.New("unlike", 3)
	around := func(name string, x float64) neuron.Parameter {
		return neuron.Parameter{Name: name, Value: dist.Normal{Mean: x, Std: math.Abs(x) / 50}}
	}
	var first *soma.Population
	for i, one := range []neuron.Varied{
		{Model: neuron.IafPscExp{IE: 500 * pA}, Parameters: []neuron.Parameter{around("V_th", -55*mV), around("E_L", -70*mV), around("C_m", 250e-12)}},
		{Model: neuron.IafPscExp{IE: 500 * pA}, Parameters: []neuron.Parameter{around("tau_syn_ex", 2*ms), around("tau_m", 10*ms)}},
		{Model: neuron.IafPscDelta{IE: 500 * pA}, Parameters: []neuron.Parameter{around("V_reset", -70*mV), around("t_ref", 2*ms)}},
		{Model: neuron.IafPscAlpha{}, Parameters: []neuron.Parameter{around("I_e", 500*pA), around("tau_syn_in", 2*ms)}},
	} {
		name := fmt.Sprint("p", i)
		p := net.Population(name, 150, one)
		if first == nil {
			first = p
		}
		c := net.Connect(first, p)
		c.Rule, c.Weight, c.Delay = connect.FixedIndegree{K: 10}, connect.Constant(20*pA), connect.Constant(1*ms)
		if _, volts := one.Model.(neuron.IafPscDelta); volts {
			c.Weight = connect.Constant(0.1 * mV)
		}
		net.Probe("spikes of "+name, p)
		net.Probe("V_m of "+name, p, "V_m")
	}
	return net
}

// Neurons with parameters of their own are stepped by vectors as the interpreter
// does it one by one, and to the bit on any number of threads and at any level.
func TestOwnParametersByVectors(t *testing.T) {
	const steps = 1000
	p := compiledAt(t, unlike(), 0.1*ms).Program
	in := interpreted(t, p, steps)
	somethingRecorded(t, p, in)
	first := executed(t, p, engine.Options{Threads: 1, Partitions: 1}, steps)
	for i, r := range records(p) {
		got, want := first.Recorded(r), in.Recorded[i]
		if !slices.Equal(got.Steps, want.Steps) || !slices.Equal(got.IDs, want.IDs) {
			t.Errorf("%s: %d spikes, want %d", r.Object(), len(got.Steps), len(want.Steps))
		}
		for k, v := range got.Values {
			if !(math.Abs(v-want.Values[k]) <= 1e-13) {
				t.Fatalf("%s: value %d is %.17g, want %.17g", r.Object(), k, v, want.Values[k])
			}
		}
	}
	for _, level := range kernel.Levels() {
		for _, threads := range []int{1, 3} {
			e := executed(t, p, engine.Options{Threads: threads, Partitions: threads, Level: level}, steps)
			for _, r := range records(p) {
				if diff := different(e.Recorded(r), first.Recorded(r)); diff != "" {
					t.Errorf("%v, %d threads: %s: %s", level, threads, r.Object(), diff)
				}
			}
		}
	}
}
