package spa_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"soma"
	"soma/signal"
	"soma/sim"
	"soma/spa"
	"soma/synapse"
	"soma/validation"
)

// run simulates and gives what comes out, filtered.
func run(t *testing.T, net *soma.Network, seconds float64, of ...soma.Endpoint) []sim.Data {
	t.Helper()
	var probes []*soma.Probe
	for i, end := range of {
		p := net.Probe(string(rune('a'+i)), end)
		p.Synapse = synapse.Lowpass{Tau: 0.03}
		probes = append(probes, p)
	}
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context(), seconds); err != nil {
		t.Fatal(err)
	}
	var data []sim.Data
	for _, p := range probes {
		data = append(data, s.Data(p))
	}
	return data
}

// at is the sample at a time, s.
func at(d sim.Data, seconds float64) []float64 {
	i := min(int(seconds*1000), d.Samples()-1)
	return d.Values[i*d.Width : (i+1)*d.Width]
}

// give feeds an expression without a synapse.
func give(net *soma.Network, v *spa.Vocabulary, name, text string, to soma.Endpoint) {
	out := spa.Transcode{Vocab: v, Pieces: []spa.Piece{{Text: text}}}.Add(net, name).Output
	net.Connect(out, to).Synapse = synapse.None{}
}

// Errors are no larger than Nengo SPA's with as many neurons.
func TestErrorsBesideNengo(t *testing.T) {
	var nengo map[string]float64
	validation.JSON(t, "nengo/semantic_pointers.json", &nengo)
	for _, c := range []struct {
		name   string
		factor float64
		build  func(net *soma.Network, v *spa.Vocabulary) (out soma.Endpoint, want string)
	}{
		{"state", 1, func(net *soma.Network, v *spa.Vocabulary) (soma.Endpoint, string) {
			s := spa.State{Vocab: v}.Add(net, "state")
			give(net, v, "x", "A", s.Input)
			return s.Output, "A"
		}},
		{"state of the identity", 1.1, func(net *soma.Network, v *spa.Vocabulary) (soma.Endpoint, string) {
			s := spa.State{Vocab: v}.Add(net, "state")
			give(net, v, "x", "Identity", s.Input)
			return s.Output, "Identity"
		}},
		{"bind", 0.6, func(net *soma.Network, v *spa.Vocabulary) (soma.Endpoint, string) {
			s := spa.Bind{Vocab: v}.Add(net, "bind")
			give(net, v, "x", "A", s.InputLeft)
			give(net, v, "y", "B", s.InputRight)
			return s.Output, "A*B"
		}},
		{"compare equal", 1, func(net *soma.Network, v *spa.Vocabulary) (soma.Endpoint, string) {
			s := spa.Compare{Vocab: v}.Add(net, "compare")
			give(net, v, "x", "A", s.InputA)
			give(net, v, "y", "A", s.InputB)
			return s.Output, "dot(A, A)"
		}},
		{"compare different", 1, func(net *soma.Network, v *spa.Vocabulary) (soma.Endpoint, string) {
			s := spa.Compare{Vocab: v}.Add(net, "compare")
			give(net, v, "x", "A", s.InputA)
			give(net, v, "y", "B", s.InputB)
			return s.Output, "dot(A, B)"
		}},
	} {
		total, count := 0.0, 0
		for seed := range uint64(2) {
			v := spa.NewVocabulary(64)
			v.Seed, v.MaxSimilarity = seed, 1
			if err := v.Populate("A; B"); err != nil {
				t.Fatal(err)
			}
			net := soma.New("error", seed)
			out, text := c.build(net, v)
			var want []float64
			switch text {
			case "dot(A, A)":
				want = []float64{1}
			case "dot(A, B)":
				want = []float64{dot(v.Vectors()[0], v.Vectors()[1])}
			default:
				want, _ = v.Parse(text)
			}
			data := run(t, net, 0.3, out)[0]
			for i, x := range data.Values[200*data.Width:] {
				e := x - want[i%data.Width]
				total += e * e
				count++
			}
		}
		rmse := math.Sqrt(total / float64(count))
		t.Logf("%s: %.5f, Nengo SPA %.5f", c.name, rmse, nengo[c.name])
		if rmse > c.factor*nengo[c.name] {
			t.Errorf("%s: an error of %.5f, Nengo SPA has %.5f", c.name, rmse, nengo[c.name])
		}
	}
}

// What is written is what is computed: each route beside its expression.
func TestRoutes(t *testing.T) {
	v, w := vocabulary(t, 16, "A; B; C; U.unitary()"), spa.NewVocabulary(16)
	w.Name = "other"
	if err := w.Populate("A; X"); err != nil {
		t.Fatal(err)
	}
	net := soma.New("routes", 1)
	modules := spa.Modules{}
	for name, text := range map[string]string{"a": "A", "b": "B", "u": "U"} {
		modules[name] = spa.Transcode{Vocab: v, Pieces: []spa.Piece{{Text: text}}}.Add(net, name).Module()
	}
	half := spa.Scalar{NNeurons: 200}.Add(net, "half")
	spa.Connect(net, spa.Modules{"half": half.Module()}, "0.5 -> half")
	modules["half"] = half.Module()
	type check struct {
		text, want string
		vocab      *spa.Vocabulary
	}
	checks := []check{
		{"a", "A", v},
		{"a*b", "A*B", v},
		{"a*u*~u", "A", v},
		{"~a*u", "~A*U", v},
		{"a*U", "A*U", v},
		{"C*a - 0.5*b + A", "C*A - 0.5*B + A", v},
		{"(a + C)*u", "(A + C)*U", v},
		{"half*a", "0.5*A", v},
		{"half*C", "0.5*C", v},
		{"dot(a, A)*b", "B", v},
		{"translate(a)", "A", w},
		{"translate(a)*X", "A*X", w},
		{"half*half*A", "0.25*A", v},
		{"dot(a, b)*A + dot(a, a)*B", "0*A + B", v},
	}
	var ends []soma.Endpoint
	for i, c := range checks {
		name := "result" + string(rune('a'+i))
		s := spa.State{Vocab: c.vocab}.Add(net, name)
		modules[name] = s.Module()
		spa.Connect(net, modules, c.text+" -> "+name)
		ends = append(ends, s.Output)
	}
	ab, _ := v.Parse("dot(A, B)*A")
	for i, data := range run(t, net, 0.5, ends...) {
		want, err := checks[i].vocab.Parse(checks[i].want)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(checks[i].text, "dot(a, b)") {
			for k := range want {
				want[k] += ab[k]
			}
		}
		got, worst := at(data, 0.5), 0.0
		for k := range want {
			worst = max(worst, math.Abs(got[k]-want[k]))
		}
		if worst > 0.15 {
			t.Errorf("%s is not %s: off by %.3f", checks[i].text, checks[i].want, worst)
		}
	}
}

func TestAssociativeMemories(t *testing.T) {
	v := vocabulary(t, 64, "A; B; C; D")
	for _, kind := range []string{spa.WTA, spa.Threshold, spa.IA} {
		for input, want := range map[string]string{"0.9*A + 0.3*C": "B", "Zero": "D"} {
			if kind == spa.IA && input == "Zero" {
				continue
			}
			net := soma.New(kind, 1)
			m := spa.AssocMem{
				InputVocab: v, Mapping: [][2]string{{"A", "B"}, {"B", "C"}, {"C", "A"}},
				NNeurons: 100, Threshold: 0.5, Step: true, Select: kind, Default: "D",
			}.Add(net, "memory")
			give(net, v, "x", input, m.Input)
			got := at(run(t, net, 0.5, m.Output)[0], 0.5)
			name, s := v.Closest(got)
			if name != want || math.Abs(s-1) > 0.2 {
				t.Errorf("%s: %s gives %.2f of %s, want %s", kind, input, s, name, want)
			}
		}
	}
}

// A state with feedback remembers.
func TestStateRemembers(t *testing.T) {
	v := vocabulary(t, 64, "A; B")
	net := soma.New("memory", 1)
	input := spa.Transcode{Vocab: v, Pieces: []spa.Piece{{0, "A"}, {0.25, "0"}}}.Add(net, "input")
	state := spa.State{Vocab: v, Feedback: 1}.Add(net, "state")
	conn := net.Connect(input.Output, state.Input)
	conn.Synapse = synapse.Lowpass{Tau: 0.1}
	got := at(run(t, net, 0.7, state.Output)[0], 0.7)
	if name, s := v.Closest(got); name != "A" || s < 0.7 {
		t.Errorf("it remembers %.2f of %s", s, name)
	}
}

// The action of the highest utility passes a vector on and sets another state.
func TestActionSelection(t *testing.T) {
	v := vocabulary(t, 32, "A; B; C")
	net := soma.New("actions", 1)
	cue := spa.Transcode{Vocab: v, Pieces: []spa.Piece{{0, "A"}, {0.4, "B"}}}.Add(net, "cue")
	source := spa.Transcode{Vocab: v, Pieces: []spa.Piece{{0, "C"}}}.Add(net, "source")
	target, mark := spa.State{Vocab: v}.Add(net, "target"), spa.State{Vocab: v}.Add(net, "mark")
	actions := spa.ActionSelection{
		Actions: []spa.Action{
			{Utility: "dot(cue, A)", Effects: []string{"source -> target", "A -> mark"}},
			{Utility: "dot(cue, B)", Effects: []string{"B -> mark"}},
			{Utility: "0.4"},
		},
		Modules: spa.Modules{"cue": cue.Module(), "source": source.Module(), "target": target.Module(), "mark": mark.Module()},
	}.Add(net, "actions")
	data := run(t, net, 0.8, target.Output, mark.Output, actions.Thalamus.Output)
	for _, c := range []struct {
		seconds float64
		target  float64
		mark    string
		action  int
	}{{0.39, 1, "A", 0}, {0.79, 0, "B", 1}} {
		if s := v.Similarities(at(data[0], c.seconds))[2]; math.Abs(s-c.target) > 0.2 {
			t.Errorf("at %g s: %.2f of C has passed, want %g", c.seconds, s, c.target)
		}
		if name, s := v.Closest(at(data[1], c.seconds)); name != c.mark || s < 0.7 {
			t.Errorf("at %g s: %.2f of %s is marked, want %s", c.seconds, s, name, c.mark)
		}
		for i, x := range at(data[2], c.seconds) {
			if (x > 0.6) != (i == c.action) {
				t.Errorf("at %g s: action %d is at %.2f", c.seconds, i, x)
			}
		}
	}
}

func TestMistakesOfNetworks(t *testing.T) {
	v := vocabulary(t, 10, "A")
	vtb := spa.NewVocabulary(10)
	vtb.Algebra = spa.VTB{}
	for name, c := range map[string]struct {
		add  func(net *soma.Network)
		says string
	}{
		"no vocabulary": {func(net *soma.Network) { spa.State{}.Add(net, "s") }, "s.vocab: no vocabulary"},
		"no square":     {func(net *soma.Network) { spa.Bind{Vocab: vtb}.Add(net, "b") }, "b.vocab: 10 dimensions are no square, as VTB needs; give 9 or 16"},
		"no pointers":   {func(net *soma.Network) { spa.AssocMem{InputVocab: spa.NewVocabulary(4)}.Add(net, "m") }, "m.mapping: no pointers"},
		"mapping": {func(net *soma.Network) {
			spa.AssocMem{InputVocab: v, Mapping: [][2]string{{"A", "X"}}}.Add(net, "m")
		}, `m.mapping: "X", column 1: the vocabulary of 10 dimensions has no pointer "X"`},
		"transcode": {func(net *soma.Network) { spa.Transcode{Vocab: v, Pieces: []spa.Piece{{0, "A +"}}}.Add(net, "t") }, `t.value: "A +", column 4`},
		"route":     {func(net *soma.Network) { spa.Connect(net, nil, "A -> x") }, `there is no module "x"`},
		"actions":   {func(net *soma.Network) { spa.ActionSelection{}.Add(net, "s") }, "s.actions: no actions"},
		"effect": {func(net *soma.Network) {
			spa.ActionSelection{Actions: []spa.Action{{Utility: "0.5", Effects: []string{"A -> x"}}}, Modules: spa.Modules{}}.Add(net, "s")
		}, "s.actions[0].effects[0]: "},
	} {
		net := soma.New("mistakes", 1)
		c.add(net)
		_, err := sim.New(net, sim.Options{})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v does not say %q", name, err, c.says)
			continue
		}
		for _, e := range soma.AsErrors(err) {
			if !strings.HasSuffix(e.Pos.File, "networks_test.go") {
				t.Errorf("%s: the position is inside of the library: %v", name, e)
			}
		}
	}
}

// The same bits with one thread and plain loops as with all there is.
func TestSameOnAnyMachine(t *testing.T) {
	v := vocabulary(t, 16, "A; B; C")
	build := func() (*soma.Network, *soma.Probe) {
		net := soma.New("same", 1)
		modules := spa.Modules{}
		for name, text := range map[string]string{"a": "A", "b": "B"} {
			modules[name] = spa.Transcode{Vocab: v, Pieces: []spa.Piece{{Text: text}}}.Add(net, name).Module()
		}
		state := spa.State{Vocab: v, Feedback: 0.8}.Add(net, "state")
		modules["state"] = state.Module()
		spa.Connect(net, modules, "a * ~b -> state")
		spa.ActionSelection{Actions: []spa.Action{{Utility: "dot(state, A)", Effects: []string{"b -> state"}}, {Utility: "0.3"}}, Modules: modules}.Add(net, "actions")
		return net, net.Probe("p", state.Output)
	}
	var runs [][]float64
	for _, opts := range []sim.Options{{}, {Threads: 1, Kernel: "portable"}, {Threads: 3}} {
		net, probe := build()
		s, err := sim.New(net, opts)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(t.Context(), 0.05); err != nil {
			t.Fatal(err)
		}
		runs = append(runs, s.Data(probe).Values)
	}
	if !slices.Equal(runs[0], runs[1]) || !slices.Equal(runs[0], runs[2]) {
		t.Error("the results differ")
	}
}

// What a node gives can be taken for vectors.
func TestTranscodeFromANode(t *testing.T) {
	v := vocabulary(t, 16, "A; B")
	net := soma.New("node", 1)
	source := net.Node("source", signal.Constant(v.Vectors()[1]))
	x := spa.Transcode{Vocab: v, From: source}.Add(net, "x")
	state := spa.State{Vocab: v}.Add(net, "state")
	spa.Connect(net, spa.Modules{"x": x.Module(), "state": state.Module()}, "x -> state")
	if name, s := v.Closest(at(run(t, net, 0.3, state.Output)[0], 0.3)); name != "B" || s < 0.8 {
		t.Errorf("%.2f of %s", s, name)
	}
}

// Binding and unbinding by the other algebra, whose order matters.
func TestVTBNetworks(t *testing.T) {
	v := spa.NewVocabulary(16)
	v.Algebra = spa.VTB{}
	if err := v.Populate("A; B; U.unitary()"); err != nil {
		t.Fatal(err)
	}
	net := soma.New("vtb", 1)
	modules := spa.Modules{}
	for name, text := range map[string]string{"a": "A", "b": "B", "u": "U"} {
		modules[name] = spa.Transcode{Vocab: v, Pieces: []spa.Piece{{Text: text}}}.Add(net, name).Module()
	}
	texts := [][2]string{{"a * b", "A*B"}, {"b * a", "B*A"}, {"a * u * ~u", "A"}, {"a * U", "A*U"}, {"A * u", "A*U"}}
	var ends []soma.Endpoint
	for i, text := range texts {
		name := "result" + string(rune('a'+i))
		s := spa.State{Vocab: v}.Add(net, name)
		modules[name] = s.Module()
		spa.Connect(net, modules, text[0]+" -> "+name)
		ends = append(ends, s.Output)
	}
	for i, data := range run(t, net, 0.3, ends...) {
		want, err := v.Parse(texts[i][1])
		if err != nil {
			t.Fatal(err)
		}
		for k, x := range at(data, 0.3) {
			if math.Abs(x-want[k]) > 0.12 {
				t.Errorf("%s: element %d is %.3f, want %.3f", texts[i][0], k, x, want[k])
			}
		}
	}
}
