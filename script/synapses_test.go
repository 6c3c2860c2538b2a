package script_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/script"
	"soma/sim"
)

// TestSynapses compares connections by rules with what they say.
func TestSynapses(t *testing.T) {
	m := mustLoad(t, `
model = Network("synapses")
a = model.population(4, neuron.iaf_psc_exp(), init = {"V_m": dist.normal(-65*mV, 5*mV, high = -55*mV)})
b = model.population(4, neuron.iaf_cond_alpha(E_L = -65*mV))
model.connect(a, b, weight = 1)
model.connect(a, b, rule = connect.one_to_one(), weight = [1, 2, 3, 4], delay = 2*ms)
model.connect(a, b, rule = connect.all_to_all(autapses = False), weight = dist.uniform(1, 2), receptor = "in")
model.connect(a, b, rule = connect.fixed_indegree(2, multapses = False), weight = dist.normal(1, 2, low = 0))
model.connect(a, b, rule = connect.fixed_outdegree(k = 3, autapses = True), weight = dist.normal(-1, 2, high = 0))
model.connect(a, b, rule = connect.fixed_total(10), weight = dist.lognormal(1, 0.5), delay = dist.exponential(1*ms, 0.5*ms))
model.connect(a[1:3], b, rule = connect.bernoulli(0.5, autapses = False), weight = dist.constant(2))
model.connect(a, b, rule = connect.explicit([0, 1], array([2, 3])), weight = dist.samples([5, 6]))
model.connect(a, b[:2], weight = [[1, 2, 3, 4], [5, 6, 7, 8]])
simulate(1)
`, script.Options{})
	inf := math.Inf(1)
	ms := connect.Constant(1e-3)
	want := []soma.Connection{
		{Rule: connect.AllToAll{}, Weight: connect.Constant(1), Delay: ms},
		{Rule: connect.OneToOne{}, Weight: connect.Array{1, 2, 3, 4}, Delay: connect.Constant(2e-3)},
		{Rule: connect.AllToAll{NoAutapses: true}, Weight: connect.Uniform{Low: 1, High: 2}, Delay: ms, Receptor: "in"},
		{Rule: connect.FixedIndegree{K: 2, NoMultapses: true}, Weight: connect.Normal{Mean: 1, Std: 2, High: inf}, Delay: ms},
		{Rule: connect.FixedOutdegree{K: 3}, Weight: connect.Normal{Mean: -1, Std: 2, Low: -inf}, Delay: ms},
		{Rule: connect.FixedTotal{N: 10}, Weight: connect.Lognormal{Mu: 1, Sigma: 0.5}, Delay: connect.ShiftedExponential{Scale: 1e-3, Shift: 0.5e-3}},
		{Rule: connect.Bernoulli{P: 0.5, NoAutapses: true}, Weight: connect.Constant(2), Delay: ms},
		{Rule: connect.Explicit{Pre: []int{0, 1}, Post: []int{2, 3}}, Weight: connect.Array{5, 6}, Delay: ms},
		{Rule: connect.AllToAll{}, Weight: connect.Array{1, 2, 3, 4, 5, 6, 7, 8}, Delay: ms},
	}
	for i, conn := range m.Network.Connections {
		got := soma.Connection{Rule: conn.Rule, Weight: conn.Weight, Delay: conn.Delay, Receptor: conn.Receptor}
		if diff := cmp.Diff(want[i], got, cmpopts.IgnoreUnexported(soma.Connection{})); diff != "" {
			t.Errorf("connection %d (-want +got):\n%s", i, diff)
		}
	}
	init := m.Network.Populations[0].Init["V_m"]
	if want := (dist.Normal{Mean: -0.065, Std: 0.005, High: -0.055}); cmp.Diff(want, init, cmpopts.EquateApprox(1e-12, 0)) != "" {
		t.Errorf("initial voltages from %+v", init)
	}
}

// TestRulesCanBeRead: parameters of a rule have the names of model files.
func TestRulesCanBeRead(t *testing.T) {
	var printed []string
	_, err := load(t, `
rule = connect.fixed_indegree(5, autapses = False)
print(rule.k, rule.autapses, rule.multapses, rule)
model = Network("rules")
model.node(1)
simulate(1)
`, script.Options{Print: func(text string) { printed = append(printed, text) }})
	if want := []string{"5 False True connect.fixed_indegree(k = 5, autapses = False)"}; err != nil || !slices.Equal(printed, want) {
		t.Errorf("%q, %v; want %q", printed, err, want)
	}
}

// TestBrunel runs the small network for several strengths of inhibition. In
// mean-field theory its neurons fire at 65.0 and 29.6 Hz; jumps of 0.5 mV in
// steps of 0.1 ms, and correlations, take a little off.
func TestBrunel(t *testing.T) {
	for g, theory := range map[string]float64{"5": 65.0, "8": 29.6} {
		m, err := script.Load("testdata/good/brunel.star", script.Options{Set: map[string]string{"g": g}})
		if err != nil {
			t.Fatal(err)
		}
		s, err := sim.New(m.Network, sim.Options{Dt: m.Dt})
		if err != nil {
			t.Fatal(err)
		}
		if synapses, _ := s.Synapses(); synapses != 1250*125 {
			t.Errorf("%d synapses, want %d", synapses, 1250*125)
		}
		if err := s.Run(t.Context(), m.Time); err != nil {
			t.Fatal(err)
		}
		spikes := len(s.Data(m.Network.Probes[0]).IDs) + len(s.Data(m.Network.Probes[1]).IDs)
		if rate := float64(spikes) / 100 / m.Time; rate < 0.87*theory || rate > 1.02*theory {
			t.Errorf("g = %s: %.1f Hz, in theory %.1f Hz", g, rate, theory)
		}
	}
}

// loadWith loads a model beside data files, given as name and content.
func loadWith(t *testing.T, text string, files ...string) (*script.Model, error) {
	t.Helper()
	dir := t.TempDir()
	for i, name := range append([]string{"model.star"}, files...) {
		content := text
		switch {
		case i%2 == 0 && i > 0:
			continue
		case i > 0:
			content = files[i]
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return script.Load(filepath.Join(dir, "model.star"), script.Options{})
}

const listed = `
model = Network("listed")
a = model.population(4, neuron.iaf_psc_exp())
b = model.population(4, neuron.iaf_psc_exp())
model.connect(a, b, rule = connect.explicit(file = "data/synapses.csv"))
model.connect(a, b, rule = connect.explicit(file = "data/synapses.csv"), weight = 1*pA)
simulate(1)
`

// TestSynapseFiles: a file brings the weights and delays that it has, unless the
// connection gives others; and it is part of the model's hash.
func TestSynapseFiles(t *testing.T) {
	m, err := loadWith(t, listed, "data/synapses.csv", "pre,post,weight\n0,1,2e-12\n3,2,3e-12\n")
	if err != nil {
		t.Fatal(err)
	}
	first, second := m.Network.Connections[0], m.Network.Connections[1]
	if diff := cmp.Diff(connect.Explicit{Pre: []int{0, 3}, Post: []int{1, 2}}, first.Rule); diff != "" {
		t.Errorf("synapses (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(connect.Value(connect.Array{2e-12, 3e-12}), first.Weight); diff != "" {
		t.Errorf("weights of the file (-want +got):\n%s", diff)
	}
	if second.Weight != connect.Value(connect.Constant(1e-12)) || first.Delay != connect.Value(connect.Constant(1e-3)) {
		t.Errorf("weight %v, delay %v", second.Weight, first.Delay)
	}
	if len(m.Files) != 2 || !strings.HasSuffix(filepath.ToSlash(m.Files[1]), "data/synapses.csv") {
		t.Errorf("files %v", m.Files)
	}
	other, err := loadWith(t, listed, "data/synapses.csv", "pre,post,weight\n0,1,2e-12\n3,2,4e-12\n")
	if err != nil || other.SHA256 == m.SHA256 {
		t.Errorf("another file, the same hash; %v", err)
	}
}

func TestBadSynapseFiles(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"pre,post,weight\n0,1,1\n0,x,1\n", `model.star:5:45: connect.explicit.file: data/synapses.csv:3: post: "x" is no number of a neuron; count from 0`},
		{"pre,post,weight\n0,9,1\n", "model.star:5:21: a->b.rule: synapse 0 goes from 0 to 9; the populations have 4 and 4 neurons, counted from 0"},
		{"pre,post,weight\n0,1,1\n0,1,-1\n", "model.star:5:1: a->b.receptor: weights from -1 A to 1 A are neither all excitatory nor all inhibitory; name a receptor, or bound the weights at 0"},
		{"pre,post\n0,1\n", "model.star:5:1: a->b.weight: no weight; give one in the unit of the receptor (A)"},
	} {
		_, err := loadWith(t, listed, "data/synapses.csv", c.content)
		list := soma.AsErrors(err)
		if len(list) == 0 || !strings.HasSuffix(strings.TrimSpace(list[0].Error()), c.want) {
			t.Errorf("%q:\n%v\nwant %s", c.content, err, c.want)
		}
	}
}
