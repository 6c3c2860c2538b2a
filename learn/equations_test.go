package learn_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"soma/internal/param"
	"soma/internal/rng"
	"soma/learn"
)

const pA = 1e-12

func given(values ...any) (list []learn.Parameter) {
	for i := 0; i < len(values); i += 2 {
		list = append(list, learn.Parameter{Name: values[i].(string), Value: values[i+1].(float64)})
	}
	return list
}

const pairs = `
	dx/dt = -x/tau_plus : 1 (event-driven)
	dy/dt = -y/tau_minus : 1 (event-driven)`

// The built-in rules as text.
var asText = []struct {
	name    string
	builtin learn.SynapseRule
	text    *learn.Equations
}{
	{
		"stdp, additive",
		learn.STDP{Wmax: 50 * pA, MuPlus: param.Zero, MuMinus: param.Zero, Lambda: 0.05, Alpha: 1.1, TauPlus: 0.03},
		&learn.Equations{
			Text:       pairs,
			OnPre:      "x += 1; w = clip(w - alpha*lam*w_max*y, 0*pA, w_max)",
			OnPost:     "y += 1; w = clip(w + lam*w_max*x, 0*pA, w_max)",
			Parameters: given("tau_plus", 0.03, "tau_minus", 0.02, "lam", 0.05, "alpha", 1.1, "w_max", 50*pA),
		},
	},
	{
		"stdp, nearest, with exponents",
		learn.STDP{Wmax: 50 * pA, MuPlus: 0.4, MuMinus: 0.4, Pairing: "nearest_symmetric", Delay: "axonal"},
		&learn.Equations{
			Text: pairs,
			OnPre: `w = clip(w - lam*w_max*(w/w_max)**0.4*y, 0*pA, w_max)
			        x = 1`,
			OnPost:     "w = clip(w + lam*w_max*(1 - w/w_max)**0.4*x, 0*pA, w_max); y = 1",
			Parameters: given("tau_plus", 0.02, "tau_minus", 0.02, "lam", 0.01, "w_max", 50*pA), Delay: "axonal",
		},
	},
	{
		"stdp_pl",
		learn.STDPPowerLaw{W0: 2 * pA},
		&learn.Equations{
			Text:       pairs,
			OnPre:      "w = max(w - lam*w*y, 0*pA); x += 1",
			OnPost:     "w += lam*w_0*(w/w_0)**0.4*x; y += 1",
			Parameters: given("tau_plus", 0.02, "tau_minus", 0.02, "lam", 0.1, "w_0", 2*pA),
		},
	},
	{
		"stdp_triplet",
		learn.STDPTriplet{Aplus: 0.1 * pA},
		&learn.Equations{
			Text: `
				dr1/dt = -r1/(16.8*ms) : 1 (event-driven)
				dr2/dt = -r2/(101*ms) : 1 (event-driven)
				do1/dt = -o1/(33.7*ms) : amp (event-driven)
				do2/dt = -o2/(125*ms) : 1 (event-driven)`,
			OnPre: "r1 += 1; w = max(w - o1*(7e-3 + 2.3e-4*r2), 0*pA); r2 += 1",
			// The trace may have a unit.
			OnPost: "o1 += 1*pA; w = min(w + r1*(0.1 + 6.2e-3*o2)*pA, 100*pA); o2 += 1",
		},
	},
	{
		"vogels_sprekeler",
		learn.VogelsSprekeler{Wmax: 80 * pA, Eta: 1 * pA},
		&learn.Equations{
			Text:       pairs,
			OnPre:      "w = max(min(w + eta*y, w_max) - eta*alpha, 0*pA); x += 1",
			OnPost:     "w = min(w + eta*x, w_max); y += 1",
			Parameters: given("tau_plus", 0.02, "tau_minus", 0.02, "eta", 1*pA, "alpha", 0.12, "w_max", 80*pA),
		},
	},
}

func TestEquationsAgainstBuiltInRules(t *testing.T) {
	for _, c := range asText {
		for _, p := range learn.Check(c.text) {
			t.Fatalf("%s: %s: %s", c.name, p.Field, p.Problem)
		}
		env := learn.Env{Dt: 1e-4, Unit: pA}
		want, err := c.builtin.Start(env)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.text.Start(env)
		if err != nil {
			t.Fatal(err)
		}
		wt, gt := want.Traces(), got.Traces()
		if diff := differentTraces(wt.Pre, gt.Pre) + differentTraces(wt.Post, gt.Post); diff != "" || wt.Axonal != gt.Axonal {
			t.Errorf("%s: traces %+v, want %+v", c.name, gt, wt)
		}
		stream := rng.New(1, c.name, "events")
		a, b := learn.Event{Weight: 40 * pA}, learn.Event{Weight: 40 * pA}
		ends := 0
		for k := range 3000 {
			for j := range learn.MaxTraces {
				a.Pre[j], a.Post[j] = 3*stream.Float64(uint64(j), uint64(k)), 3*stream.Float64(uint64(10+j), uint64(k))
			}
			b.Pre, b.Post = a.Pre, a.Post
			if stream.Float64(20, uint64(k)) < 0.5 {
				want.OnPre(&a)
				got.OnPre(&b)
			} else {
				want.OnPost(&a)
				got.OnPost(&b)
			}
			if math.Abs(a.Weight-b.Weight) > 1e-12*50*pA {
				t.Fatalf("%s, event %d: weight %g, want %g", c.name, k, b.Weight, a.Weight)
			}
			if a.Weight == 0 {
				ends++
			}
		}
		if a.Weight == 40*pA || ends == 3000 {
			t.Errorf("%s: nothing was learned", c.name)
		}
	}
}

func differentTraces(want, got []learn.Trace) string {
	if len(want) != len(got) {
		return "another number"
	}
	for i := range want {
		if want[i].Nearest != got[i].Nearest || math.Abs(want[i].Tau-got[i].Tau) > 1e-12*want[i].Tau {
			return "others"
		}
	}
	return ""
}

// A synapse may have variables of its own, which start at 0 and keep their value
// between spikes.
func TestOwnVariables(t *testing.T) {
	r := &learn.Equations{Text: "n : 1\nlast : volt", OnPre: "n += 1; last = w", OnPost: "w += n*last"}
	p, err := r.Start(learn.Env{Dt: 1e-4, Unit: 1e-3})
	if err != nil {
		t.Fatal(err)
	}
	if p.Traces().Own != 2 {
		t.Fatalf("%d variables, want 2", p.Traces().Own)
	}
	e := learn.Event{Weight: 2, Own: make([]float64, 2)}
	for _, on := range []func(*learn.Event){p.OnPost, p.OnPre, p.OnPre, p.OnPost} {
		on(&e)
	}
	if e.Weight != 6 || fmt.Sprint(e.Own) != "[2 2]" {
		t.Errorf("weight %g and %v, want 6 and [2 2]", e.Weight, e.Own)
	}
}

func TestMistakesInRules(t *testing.T) {
	for _, c := range []struct {
		rule *learn.Equations
		want string
	}{
		{&learn.Equations{}, "on_pre: nothing happens at spikes"},
		{&learn.Equations{OnPre: "v += 1"}, "on_pre, line 1, column 1: v is not known"},
		{&learn.Equations{OnPre: "w += a"}, "on_pre, line 1, column 6: a is not known"},
		{&learn.Equations{OnPre: "w = t*1*mV/ms"}, "on_pre, line 1, column 5: t has no meaning in a synapse"},
		{&learn.Equations{Text: "dx/dt = -x/ms : 1", OnPre: "w += x*mV"}, "text, line 1, column 1: x is changed by no spike, so it is always 0"},
		{&learn.Equations{Text: "dx/dt = -x*x/ms : 1", OnPre: "w += x*mV; x += 1"}, "text, line 1, column 1: x does not go exponentially to a constant"},
		{&learn.Equations{Text: "dx/dt = (0.5 - x)/ms : 1", OnPre: "w += x*mV"}, "text, line 1, column 1: x is changed by no spike, so it is always 0.5"},
		{&learn.Equations{Text: "dx/dt = (y - x)/ms : 1\ny : 1", OnPre: "w += x*mV; x += y; y += 1"}, "text, line 1, column 1: x does not go exponentially to a constant"},
		{&learn.Equations{OnPre: "sent = 1*mV; w += 1*mA"}, "on_pre, line 1, column 14: w is in V, and 1*mA is in A"},
		{&learn.Equations{OnPre: "w += 1", OnPost: "sent = w"}, "on_post, line 1, column 1: a spike of the target sends nothing over the synapse"},
		{&learn.Equations{Text: "w : 1", OnPre: "w += 1"}, "text, line 1, column 1: w cannot be defined: it is the weight"},
		{&learn.Equations{Text: "x : volt", OnPre: "w += x; x += 2*amp"}, "on_pre, line 1, column 9: x is in V, and 2*amp is in A"},
		{&learn.Equations{OnPre: "w += a", Parameters: given("a", 1.0, "b", 1.0)}, "b: the equations have no b"},
	} {
		problems := c.rule.Check()
		got := ""
		if len(problems) > 0 {
			got = problems[0].Field + ": " + problems[0].Problem
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%q, %q, %q: got %s, want %s", c.rule.Text, c.rule.OnPre, c.rule.OnPost, got, c.want)
		}
	}
}
