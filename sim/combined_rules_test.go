package sim_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/sim"
)

// learnedBy runs a network with some rules, and gives its weights before and after.
func learnedBy(t *testing.T, rules ...learn.Rule) (before, after []float64, err error) {
	t.Helper()
	net := soma.New("rules", 4)
	p := net.Population("p", 30, neuron.IafPscExp{IE: 400 * pA})
	p.Init = map[string]dist.Distribution{"V_m": dist.Uniform{Low: -0.07, High: -0.056}}
	// The weights do not act back, so that rules can be compared.
	q := net.Population("q", 20, neuron.IafPscExp{IE: 1000 * pA, CM: 1e-9, TauM: 0.02})
	q.Init = p.Init
	c := net.Connect(p, q)
	c.Rule, c.Weight, c.Learning = connect.Bernoulli{P: 0.2}, connect.Uniform{Low: 1e-3 * pA, High: 3e-3 * pA}, rules
	s, err := sim.New(net, sim.Options{Dt: 0.1 * ms})
	if err != nil {
		return nil, nil, err
	}
	before = weightsOf(s, c)
	if err := s.Run(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	return before, weightsOf(s, c), nil
}

// Two additive rules do what one of twice the step does, where no bound is near.
func TestTwoRulesAddUp(t *testing.T) {
	rule := learn.STDP{Lambda: 1e-3, MuPlus: neuron.Zero, MuMinus: neuron.Zero, Wmax: 0.01 * pA}
	_, two, err := learnedBy(t, rule, rule)
	if err != nil {
		t.Fatal(err)
	}
	rule.Lambda *= 2
	start, one, err := learnedBy(t, rule)
	if err != nil {
		t.Fatal(err)
	}
	moved := 0.0
	for i := range one {
		moved = max(moved, math.Abs(one[i]-start[i]))
		if math.Abs(two[i]-one[i]) > 1e-12*one[i] {
			t.Fatalf("weight %d is %.15g, want %.15g", i, two[i], one[i])
		}
	}
	if moved < 0.1e-3*pA {
		t.Errorf("weights move by %g A at most", moved)
	}
}

// Scaling multiplies all weights of a neuron by one factor.
func TestScalingKeepsRatios(t *testing.T) {
	before, after, err := learnedBy(t, learn.Scaling{Rate: 10, Tau: 0.5, Beta: 0.05, Wmax: 1 * pA})
	if err != nil {
		t.Fatal(err)
	}
	low, high := math.Inf(1), 0.0
	for i := range before {
		factor := after[i] / before[i]
		low, high = min(low, factor), max(high, factor)
	}
	// The neurons fire alike, but for their first spike.
	if !(low > 0 && high < 0.99 && high/low < 1.2) {
		t.Errorf("weights change by factors from %g to %g", low, high)
	}
}

// Rules that cannot stand together are refused when the network is built.
func TestRulesThatExcludeEachOther(t *testing.T) {
	for _, rules := range [][]learn.Rule{
		{learn.STDPDopamine{}, learn.STDP{}},
		{learn.Scaling{}, learn.Scaling{}},
		{learn.Tsodyks{}, learn.Tsodyks{}},
	} {
		if _, _, err := learnedBy(t, rules...); err == nil || !strings.Contains(err.Error(), "p->q.learning: ") {
			t.Errorf("%T and %T: %v", rules[0], rules[1], err)
		}
	}
}
