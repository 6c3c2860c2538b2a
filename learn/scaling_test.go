package learn_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"soma/learn"
)

const dt = 1e-4 // s

// scaled lets a synapse pass through the spikes of its target, in steps, and what
// follows up to an end, in one piece from each to the next or step by step.
func scaled(t *testing.T, rule learn.Scaling, weight float64, spikes []int64, end int64, whole bool) float64 {
	t.Helper()
	unit := 1.0
	if weight < 0 {
		unit = -1
	}
	p, err := rule.Start(learn.Env{Dt: dt, Unit: unit})
	if err != nil {
		t.Fatal(err)
	}
	decay := learn.NewDecay(p.Traces().Post[0].Tau, dt)
	e := learn.Event{Weight: weight}
	at := int64(0)
	pass := func(to int64) {
		for at < to {
			steps := int64(1)
			if whole {
				steps = to - at
			}
			p.(learn.Flowing).Pass(&e, steps)
			e.Post[0] *= decay.At(steps)
			at += steps
		}
	}
	for _, s := range spikes {
		pass(s)
		p.OnPost(&e)
		e.Post[0]++
	}
	pass(end)
	return e.Weight
}

func train(rate float64, end int64) (spikes []int64) {
	rng := rand.New(rand.NewPCG(1, 2))
	for at := int64(0); ; {
		at += int64(rng.ExpFloat64()/(rate*dt)) + 1
		if at >= end {
			return spikes
		}
		spikes = append(spikes, at)
	}
}

// Without bounds the logarithm of a weight grows by β times what is missing: the
// spikes that should have been less those that were, but for what the measured rate
// still holds.
func TestScalingIsClosed(t *testing.T) {
	const end, tau, beta, target = 200_000, 3.0, 0.01, 20.0
	for _, rate := range []float64{5, 20, 80} {
		spikes := train(rate, end)
		got := scaled(t, learn.Scaling{Rate: target, Tau: tau, Beta: beta, Wmax: 1e9}, 2, spikes, end, true)
		held := 0.0
		for _, s := range spikes {
			held += math.Exp(-float64(end-s) * dt / tau)
		}
		want := 2 * math.Exp(beta*(target*end*dt-float64(len(spikes))+held))
		if math.Abs(got/want-1) > 1e-12 {
			t.Errorf("%g Hz: weight %.15g, want %.15g", rate, got, want)
		}
	}
}

// Where bounds are reached on the way, a pass in one piece is what small ones make.
func TestScalingMeetsItsBounds(t *testing.T) {
	const end = 60_000
	for _, rule := range []learn.Scaling{
		{Rate: 20, Tau: 0.2, Beta: 0.3, Wmin: 1.9, Wmax: 2.3},
		{Rate: 20, Tau: 0.05, Beta: 0.2, Wmin: 1.99, Wmax: 2.01},
		{Rate: 20, Tau: 0.05, Beta: -0.3, Wmin: 1.9, Wmax: 2.02},
		{Rate: 1e-9, Tau: 0.05, Beta: 0.3, Wmin: 1.5, Wmax: 2.3},
		{Rate: 20, Tau: 0.2, Beta: 0.3, Wmin: 1.9, Wmax: -2.3},
	} {
		weight := math.Copysign(2, rule.Wmax)
		spikes := train(15, end)
		seen := map[string]bool{}
		for stop := int64(500); stop <= end; stop += 3500 {
			var before []int64
			for _, s := range spikes {
				if s < stop {
					before = append(before, s)
				}
			}
			got, want := scaled(t, rule, weight, before, stop, true), scaled(t, rule, weight, before, stop, false)
			if math.Abs(got-want) > 1e-5 {
				t.Errorf("%+v, step %d: weight %.9g, by single steps %.9g", rule, stop, got, want)
			}
			seen["low"] = seen["low"] || math.Abs(got) < rule.Wmin+0.02
			seen["high"] = seen["high"] || math.Abs(got) > math.Abs(rule.Wmax)-0.02
		}
		if !seen["low"] {
			t.Errorf("%+v: the lower bound is out of reach", rule)
		}
	}
}

// Rules that cannot stand together are refused.
func TestCombinations(t *testing.T) {
	for _, c := range []struct {
		rules []learn.SynapseRule
		fine  bool
	}{
		{[]learn.SynapseRule{learn.STDP{}, learn.Scaling{}}, true},
		{[]learn.SynapseRule{learn.Clopath{}, learn.STDPTriplet{}, learn.Scaling{}}, true},
		{[]learn.SynapseRule{learn.STDP{}, learn.STDPPowerLaw{}}, true},
		{[]learn.SynapseRule{learn.Scaling{}, learn.Scaling{Rate: 3}}, false},
		{[]learn.SynapseRule{learn.Clopath{}, learn.Clopath{}}, false},
		{[]learn.SynapseRule{learn.STDPDopamine{}, learn.Scaling{}}, false},
		{[]learn.SynapseRule{learn.STDP{}, learn.Scaling{Delay: "axonal"}}, false},
		{[]learn.SynapseRule{learn.STDPTriplet{}, learn.STDPTriplet{}, learn.STDP{}}, false},
	} {
		var started []learn.Plasticity
		for _, r := range c.rules {
			p, err := r.Start(learn.Env{Dt: dt, Unit: 1e-12})
			if err != nil {
				t.Fatal(err)
			}
			started = append(started, p)
		}
		p, err := learn.Combine(started)
		if (err == nil) != c.fine {
			t.Errorf("%+v: %v", c.rules, err)
		}
		if err != nil {
			continue
		}
		flows, senses := false, false
		for _, s := range started {
			_, f := s.(learn.Flowing)
			_, v := s.(learn.Sensing)
			flows, senses = flows || f, senses || v
		}
		_, f := p.(learn.Flowing)
		if _, v := p.(learn.Sensing); f != flows || v != senses {
			t.Errorf("%+v: flowing %v, sensing %v", c.rules, f, v)
		}
	}
}
