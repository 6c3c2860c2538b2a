package nef_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"soma"
	"soma/internal/rng"
	"soma/nef"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
	"soma/validation"
)

// random gives n values on [-1, 1).
func random(seed uint64, n int) []float64 {
	src := rng.New(seed, "test", "values").Source(0)
	x := make([]float64, n)
	for i := range x {
		x[i] = 2*src.Float64() - 1
	}
	return x
}

// unit gives a random vector of length 1.
func unit(seed uint64, n int) []float64 {
	src := rng.New(seed, "test", "unit").Source(0)
	x, length := make([]float64, n), 0.0
	for i := range x {
		x[i] = src.Normal()
		length += x[i] * x[i]
	}
	for i := range x {
		x[i] /= math.Sqrt(length)
	}
	return x
}

func convolved(a, b []float64) []float64 {
	d := len(a)
	c := make([]float64, d)
	for i := range c {
		for j := range a {
			c[i] += a[j] * b[(i-j+d)%d]
		}
	}
	return c
}

func inverse(a []float64) []float64 {
	b := make([]float64, len(a))
	for i, x := range a {
		b[(len(a)-i)%len(a)] = x
	}
	return b
}

// feed connects constant values without a synapse.
func feed(net *soma.Network, name string, values []float64, to soma.Endpoint) {
	net.Connect(net.Node(name, signal.Constant(values)), to).Synapse = synapse.None{}
}

// run simulates and gives what comes out, filtered, sample by sample.
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
	if err := s.Run(context.Background(), seconds); err != nil {
		t.Fatal(err)
	}
	var data []sim.Data
	for _, p := range probes {
		data = append(data, s.Data(p))
	}
	return data
}

// last is the final sample.
func last(d sim.Data) []float64 { return d.Values[len(d.Values)-d.Width:] }

// Without neurons the networks compute exactly.
func TestExactWithoutNeurons(t *testing.T) {
	direct := neuron.Direct{}
	for d := 1; d <= 9; d++ {
		net := soma.New("direct", 1)
		a, b := random(uint64(d), d), random(uint64(d+100), d)
		type ends struct {
			a, b, out *soma.Node
			want      []float64
		}
		product, dot := make([]float64, d), 0.0
		for i := range a {
			product[i] = a[i] * b[i]
			dot += product[i]
		}
		p := nef.Product{NNeurons: 2, Dimensions: d, Neuron: direct}.Add(net, "product")
		o := nef.DotProduct{NNeurons: 2, Dimensions: d, Neuron: direct}.Add(net, "dot")
		c := nef.CircularConvolution{NNeurons: 2, Dimensions: d, Neuron: direct}.Add(net, "convolution")
		ca := nef.CircularConvolution{NNeurons: 2, Dimensions: d, InvertA: true, Neuron: direct}.Add(net, "inverted a")
		cb := nef.CircularConvolution{NNeurons: 2, Dimensions: d, InvertB: true, Neuron: direct}.Add(net, "inverted b")
		var outputs []soma.Endpoint
		all := []ends{
			{p.InputA, p.InputB, p.Output, product},
			{o.InputA, o.InputB, o.Output, []float64{dot}},
			{c.InputA, c.InputB, c.Output, convolved(a, b)},
			{ca.InputA, ca.InputB, ca.Output, convolved(inverse(a), b)},
			{cb.InputA, cb.InputB, cb.Output, convolved(a, inverse(b))},
		}
		na, nb := net.Node("a", signal.Constant(a)), net.Node("b", signal.Constant(b))
		for _, e := range all {
			net.Connect(na, e.a).Synapse = synapse.None{}
			net.Connect(nb, e.b).Synapse = synapse.None{}
			outputs = append(outputs, e.out)
		}
		for i, data := range run(t, net, 1.5, outputs...) {
			for k, x := range last(data) {
				if math.Abs(x-all[i].want[k]) > 1e-9 {
					t.Errorf("%d dimensions, output %d: value %d is %g, want %g", d, i, k, x, all[i].want[k])
				}
			}
		}
	}
}

func TestMatrixMultiplication(t *testing.T) {
	for _, transpose := range []bool{false, true} {
		net := soma.New("matrices", 1)
		m := nef.MatrixMultiplication{
			NNeurons: 2, Rows: 2, Inner: 3, Columns: 2, TransposeRight: transpose, Neuron: neuron.Direct{},
		}.Add(net, "m")
		feed(net, "a", []float64{1, 2, 3, 4, 5, 6}, m.InputA)
		right := []float64{1, 2, 3, 4, 5, 6}
		if transpose {
			right = []float64{1, 3, 5, 2, 4, 6}
		}
		feed(net, "b", right, m.InputB)
		got := last(run(t, net, 1.5, m.Output)[0])
		for i, want := range []float64{22, 28, 49, 64} {
			if math.Abs(got[i]-want) > 1e-9 {
				t.Errorf("transposed %v: got %v", transpose, got)
				break
			}
		}
	}
}

// With as many neurons as in Nengo, errors are no larger; where products are
// taken, half as large.
func TestErrorsBesideNengo(t *testing.T) {
	var nengo map[string]float64
	validation.JSON(t, "nengo/networks.json", &nengo)
	for _, c := range []struct {
		name   string
		factor float64
		build  func(net *soma.Network, seed uint64) (out soma.Endpoint, want []float64)
	}{
		{"ensemble_array 100 x 8", 1.1, func(net *soma.Network, seed uint64) (soma.Endpoint, []float64) {
			x := random(seed, 8)
			a := nef.EnsembleArray{NNeurons: 100, NEnsembles: 8}.Add(net, "array")
			feed(net, "x", x, a.Input)
			return a.Output, x
		}},
		{"product 200, 8-D", 0.6, func(net *soma.Network, seed uint64) (soma.Endpoint, []float64) {
			x, y := random(seed, 8), random(seed+50, 8)
			p := nef.Product{NNeurons: 200, Dimensions: 8}.Add(net, "product")
			feed(net, "x", x, p.InputA)
			feed(net, "y", y, p.InputB)
			want := make([]float64, 8)
			for i := range want {
				want[i] = x[i] * y[i]
			}
			return p.Output, want
		}},
		{"circular convolution 200, 16-D", 0.5, func(net *soma.Network, seed uint64) (soma.Endpoint, []float64) {
			x, y := unit(seed, 16), unit(seed+50, 16)
			p := nef.CircularConvolution{NNeurons: 200, Dimensions: 16}.Add(net, "convolution")
			feed(net, "x", x, p.InputA)
			feed(net, "y", y, p.InputB)
			return p.Output, convolved(x, y)
		}},
	} {
		total, count := 0.0, 0
		for seed := range uint64(6) {
			net := soma.New("error", seed)
			out, want := c.build(net, seed)
			data := run(t, net, 0.5, out)[0]
			for i, x := range data.Values[200*data.Width:] {
				e := x - want[i%data.Width]
				total += e * e
				count++
			}
		}
		rmse := math.Sqrt(total / float64(count))
		t.Logf("%s: %.5f, Nengo %.5f", c.name, rmse, nengo[c.name])
		if rmse > c.factor*nengo[c.name] {
			t.Errorf("%s: an error of %.5f, Nengo has %.5f", c.name, rmse, nengo[c.name])
		}
	}
}

// The basal ganglia choose the largest input, and the thalamus turns that on
// alone.
func TestTheLargestActionIsSelected(t *testing.T) {
	const trials = 20
	net := soma.New("selection", 3)
	var ends []soma.Endpoint
	var best []int
	for k := range trials {
		values := random(uint64(k), 4)
		largest, second := 0, math.Inf(-1)
		for i := range values {
			values[i] = 0.3 + 0.3*(values[i]+1)
			if values[i] > values[largest] {
				largest = i
			}
		}
		for i, v := range values {
			if i != largest {
				second = max(second, v)
			}
		}
		values[largest] = max(values[largest], second+0.1)
		scope := net.Network(string(rune('A' + k)))
		bg := nef.BasalGanglia{Dimensions: 4}.Add(scope, "bg")
		thalamus := nef.Thalamus{Dimensions: 4}.Add(scope, "thalamus")
		feed(scope, "values", values, bg.Input)
		scope.Connect(bg.Output, thalamus.Input)
		ends, best = append(ends, thalamus.Output), append(best, largest)
	}
	for k, data := range run(t, net, 0.4, ends...) {
		for i, x := range last(data) {
			if i == best[k] && x < 0.6 || i != best[k] && x > 0.15 {
				t.Errorf("trial %d: action %d is at %.2f, the best one is %d", k, i, x, best[k])
			}
		}
	}
}

func TestWinnerTakeAll(t *testing.T) {
	net := soma.New("wta", 1)
	wta := nef.Thresholding{NNeurons: 100, NEnsembles: 3, Threshold: 0.3, InhibitScale: 1, Step: true}.Add(net, "wta")
	all := nef.Thresholding{NNeurons: 100, NEnsembles: 3, Threshold: 0.3}.Add(net, "all")
	ia := nef.IndependentAccumulators{NNeurons: 100, NEnsembles: 3}.Add(net, "ia")
	values := []float64{0.7, 0.9, 0.2}
	feed(net, "w", values, wta.Input)
	feed(net, "t", values, all.Input)
	feed(net, "i", values, ia.Input)
	data := run(t, net, 0.6, wta.Output, all.Output, ia.Output)
	for i, want := range [][]float64{{0, 1, 0}, {0.7, 0.9, 0}, {0, 1, 0}} {
		for k, x := range last(data[i]) {
			if math.Abs(x-want[k]) > 0.12 {
				t.Errorf("network %d: output %d is %.3f, want %g", i, k, x, want[k])
			}
		}
	}
}

func TestAssociativeMemory(t *testing.T) {
	in := [][]float64{unit(1, 16), unit(2, 16), unit(3, 16)}
	memory := nef.AssociativeMemory{
		InputVectors: in, OutputVectors: [][]float64{{1, 0}, {0, 1}, {-1, 0}},
		InhibitScale: 1.5, DefaultOutput: []float64{0, -0.5}, Inhibitable: true,
	}
	for name, c := range map[string]struct {
		input   []float64
		inhibit float64
		want    []float64
	}{
		"second item": {in[1], 0, []float64{0, 1}},
		"none":        {make([]float64, 16), 0, []float64{0, -0.5}},
		"silenced":    {in[1], 1, []float64{0, 0}},
	} {
		net := soma.New("memory", 1)
		m := memory.Add(net, "memory")
		feed(net, "x", c.input, m.Input)
		feed(net, "silence", []float64{c.inhibit}, m.Inhibit)
		for k, x := range last(run(t, net, 0.4, m.Output)[0]) {
			if math.Abs(x-c.want[k]) > 0.1 {
				t.Errorf("%s: value %d is %.3f, want %g", name, k, x, c.want[k])
			}
		}
	}
}

// An input of 2 for 0.25 s adds 0.5, which stays.
func TestIntegratorHolds(t *testing.T) {
	net := soma.New("integrator", 1)
	g := nef.Integrator{RecurrentTau: 0.1, NNeurons: 500}.Add(net, "integrator")
	pulse := net.Node("pulse", signal.Func(func(t float64) float64 {
		if t <= 0.25 {
			return 2
		}
		return 0
	}))
	net.Connect(pulse, g.Input).Synapse = synapse.None{}
	data := run(t, net, 1.5, g.Output)[0].Column(0)
	for _, at := range []int{700, 1000, 1499} {
		if math.Abs(data[at]-0.5) > 0.05 {
			t.Errorf("at %d ms it holds %.3f, want 0.5", at, data[at])
		}
	}
}

// After a kick the oscillator makes as many turns as its frequency says.
func TestOscillatorFrequency(t *testing.T) {
	net := soma.New("oscillator", 1)
	o := nef.Oscillator{RecurrentTau: 0.1, Frequency: 2 * math.Pi * 4, NNeurons: 400}.Add(net, "oscillator")
	kick := net.Node("kick", signal.Func(func(t float64) float64 {
		if t < 0.1 {
			return 1
		}
		return 0
	}))
	net.Connect(kick, o.Input.At(0))
	data := run(t, net, 2.2, o.Output)[0].Column(0)
	var up []int
	for i := 200; i < len(data); i++ {
		if data[i-1] < 0 && data[i] >= 0 {
			up = append(up, i)
		}
	}
	turns, seconds := float64(len(up)-1), float64(up[len(up)-1]-up[0])/1000
	if got := turns / seconds; math.Abs(got-4) > 0.15 {
		t.Errorf("%.3f turns per second, want 4", got)
	}
}

// The gate closes at 0.3 s, the input changes then; a reset at 0.8 s clears.
func TestGatedMemory(t *testing.T) {
	net := soma.New("memory", 1)
	m := nef.GatedMemory{NNeurons: 200, DifferenceGain: 10}.Add(net, "memory")
	step := func(name string, at, before, after float64) *soma.Node {
		return net.Node(name, signal.Func(func(t float64) float64 {
			if t < at {
				return before
			}
			return after
		}))
	}
	net.Connect(step("input", 0.3, 0.6, -0.4), m.Input)
	net.Connect(step("gate", 0.28, 0, 1), m.Gate)
	net.Connect(step("reset", 0.8, 0, 1), m.Reset)
	data := run(t, net, 1.2, m.Output)[0].Column(0)
	for _, c := range []struct {
		at   int
		want float64
	}{{270, 0.6}, {500, 0.6}, {790, 0.6}, {1190, 0}} {
		if math.Abs(data[c.at]-c.want) > 0.12 {
			t.Errorf("at %d ms: %.3f, want %g", c.at, data[c.at], c.want)
		}
	}
}

func TestNeuronNodes(t *testing.T) {
	net := soma.New("array", 1)
	a := nef.EnsembleArray{NNeurons: 20, NEnsembles: 3}.Add(net, "array")
	silence := a.AddNeuronInput()
	out := a.AddNeuronOutput()
	current := make([]float64, 60)
	for i := 20; i < 40; i++ {
		current[i] = -50 // the second ensemble
	}
	feed(net, "x", []float64{0.9, 0.9, 0.9}, a.Input)
	feed(net, "current", current, silence)
	activity := last(run(t, net, 0.3, out)[0])
	for e, fires := range []bool{true, false, true} {
		sum := 0.0
		for _, x := range activity[20*e : 20*e+20] {
			sum += x
		}
		if (sum > 0) != fires {
			t.Errorf("ensemble %d: activity %g", e, sum)
		}
	}
}

func TestMistakes(t *testing.T) {
	for name, c := range map[string]struct {
		add  func(net *soma.Network)
		says []string
	}{
		"neurons": {func(net *soma.Network) { nef.Product{Dimensions: 2}.Add(net, "p") }, []string{"p.n_neurons: 0 is out of range"}},
		"several": {func(net *soma.Network) { nef.EnsembleArray{NNeurons: -1, Radius: -2}.Add(net, "a") }, []string{"a.n_neurons:", "a.n_ensembles:", "a.radius:"}},
		"neuron":  {func(net *soma.Network) { nef.Thalamus{Dimensions: 2, Neuron: neuron.LIF{TauRC: -1}}.Add(net, "t") }, []string{"t.neuron.tau_rc: -1 s"}},
		"synapse": {func(net *soma.Network) {
			nef.BasalGanglia{Dimensions: 2, GABASynapse: synapse.Lowpass{Tau: -1}}.Add(net, "b")
		}, []string{"b.gaba_synapse.tau: -1 s"}},
		"no items": {func(net *soma.Network) { nef.AssociativeMemory{}.Add(net, "m") }, []string{"m.input_vectors: it has no values"}},
		"items": {func(net *soma.Network) {
			nef.AssociativeMemory{InputVectors: [][]float64{{1}, {2}}, OutputVectors: [][]float64{{1}}}.Add(net, "m")
		}, []string{"m.output_vectors: 1 output vectors for 2 input vectors"}},
		"default": {func(net *soma.Network) {
			nef.AssociativeMemory{InputVectors: [][]float64{{1}}, DefaultOutput: []float64{1, 2}}.Add(net, "m")
		}, []string{"m.default_output: 2 values"}},
		"function": {func(net *soma.Network) {
			nef.EnsembleArray{NNeurons: 5, NEnsembles: 1}.Add(net, "a").AddOutput("f", func(x []float64) []float64 { return x[:9] })
		}, []string{"a.f: ", "mend the function"}},
	} {
		net := soma.New("mistakes", 1)
		c.add(net)
		_, err := sim.New(net, sim.Options{})
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, part := range c.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %v does not say %q", name, err, part)
			}
		}
		for _, e := range soma.AsErrors(err) {
			if !strings.HasSuffix(e.Pos.File, "nef_test.go") {
				t.Errorf("%s: the position is inside of the library: %v", name, e)
			}
		}
	}
}
