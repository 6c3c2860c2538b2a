package examples_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"soma/stats"
)

// onePair is a single synapse: a spike of its source at 11 ms, one of its target
// 9 ms later, and one of the dopamine neuron. The synapse sees the latter two after
// 1 ms: dopamine comes to a trace of age `delay`.
const onePair = `
delay = param("delay", 1*second)
model = Network("a pair and its reward")
def firing(t, name):
    cell = model.population(1, neuron.iaf_psc_delta(), name = name)
    model.connect(model.population(1, neuron.spike_generator(spike_times = [t])), cell, weight = 1*V)
    return cell
pair = model.connect(firing(10*ms, "pre"), firing(19*ms, "post"), weight = 0*mV,
    learning = learn.stdp_dopamine(A_plus = 1e-3*mV))
model.connect(firing(19*ms + delay, "dopamine"), pair.learning, synapse = None)
model.probe(pair, "weights", name = "weight", sample_every = 20*second)
simulate(20*second, dt = 1*ms)
`

// The trace c₀ = A₊ exp(−10/20) that a pair leaves has decayed to c₀ exp(−d/τ_c)
// when dopamine comes after d. With dopamine of exp(−t/τ_n)/τ_n from then on, the
// weight changes by the integral of their product,
//
//	Δw = c₀ exp(−d/τ_c) τ_c/(τ_c + τ_n),   0.307 c₀ for 1 s.
func TestRewardOfOnePair(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pair.star")
	if err := os.WriteFile(file, []byte(onePair), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set   string
		delay float64
	}{{"1ms", 1e-3}, {"1s", 1}, {"3s", 3}} {
		r := run(t, file, map[string]string{"delay": c.set}, 0)
		want := 1e-6 * math.Exp(-0.5) * math.Exp(-c.delay) / 1.2
		near(t, "the change of the weight after a delay of "+c.set, r.last("weight", 1)[0], want, 1e-6)
	}
}

// Every pair is rewarded once, 1 to 3 s later, and its synapse grows past the others.
func TestTheRewardedSynapseGrows(t *testing.T) {
	r := run(t, "conditioning.star", map[string]string{"time": "300s", "step": "2mV"}, 0)
	pairs := pairsOf(r.data["first neuron"].Times, r.data["second neuron"].Times)
	rewards := r.data["reward"].Times
	for _, at := range rewards {
		if !slices.ContainsFunc(pairs, func(p float64) bool { return p+1 < at && at < p+3 }) {
			t.Errorf("a reward at %.3f s without a pair before it", at)
		}
	}
	due := 0
	for _, p := range pairs {
		if p < r.time-3 {
			due++
		}
	}
	if due < 10 || len(rewards) < due || len(rewards) > len(pairs) {
		t.Errorf("%d pairs and %d rewards", len(pairs), len(rewards))
	}
	chosen, others := r.last("chosen", 1)[0], r.last("others", 1)
	above := 0
	for _, w := range others {
		if w >= chosen {
			above++
		}
	}
	if chosen < 2e-3 || above > len(others)/10 || stats.Mean(others) > 1e-3 {
		t.Errorf("the rewarded synapse has %.2g V, %d of %d others have more, their mean is %.2g V", chosen, above, len(others), stats.Mean(others))
	}
}

// pairsOf are the times of spikes after one of the first neuron, within 20 ms.
func pairsOf(first, second []float64) (pairs []float64) {
	for _, t := range second {
		if slices.ContainsFunc(first, func(f float64) bool { return f < t-0.5e-3 && t < f+20.5e-3 }) {
			pairs = append(pairs, t)
		}
	}
	return pairs
}

// Without dopamine no bit of a weight changes, whatever the traces.
func TestNoRewardNoLearning(t *testing.T) {
	r := run(t, "conditioning.star", map[string]string{"time": "20s", "reward": "none"}, 0)
	if w := r.last("chosen", 1)[0]; w != 0 {
		t.Errorf("the chosen synapse has %g V", w)
	}
	for i, w := range r.last("others", 1) {
		if w != 1e-3 {
			t.Fatalf("synapse %d has %g V", i, w)
		}
	}
}
