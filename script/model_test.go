package script_test

import (
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/param"
	"soma/neuron"
	"soma/plot"
	"soma/script"
	"soma/signal"
	"soma/synapse"
)

func mustLoad(t testing.TB, text string, opts script.Options) *script.Model {
	t.Helper()
	m, err := load(t, text, opts)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestNote compares the note's example with what it says.
func TestNote(t *testing.T) {
	m, err := script.Load("testdata/good/note.star", script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if m.Time != 1 || m.Dt != 1e-3 || m.Network.Seed != 1 || m.Network.Name != "A single neuron" {
		t.Errorf("%g s in steps of %g s, seed %d, %q", m.Time, m.Dt, m.Network.Seed, m.Network.Name)
	}
	e := m.Network.Ensembles[0]
	want := &soma.Ensemble{
		N: 1, Dimensions: 1, Radius: 1,
		Neuron:     neuron.LIF{TauRC: 0.02, TauRef: 0.002},
		Encoders:   dist.Samples{{1}},
		Intercepts: dist.Uniform{Low: -0.5, High: -0.5},
		MaxRates:   dist.Uniform{Low: 100, High: 100},
		EvalPoints: dist.ScatteredHypersphere{},
	}
	got := *e
	want.Name, want.Pos, want.FieldPos = "cell", got.Pos, got.FieldPos
	for _, pair := range [][2]any{
		{want.Neuron, got.Neuron},
		{want.Encoders, got.Encoders},
		{want.Intercepts, got.Intercepts},
		{want.MaxRates, got.MaxRates},
		{want.EvalPoints, got.EvalPoints},
		{want.Name, got.Name},
		{want.N, got.N},
		{want.Dimensions, got.Dimensions},
		{want.Radius, got.Radius},
	} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("ensemble (-want +got):\n%s", diff)
		}
	}
	if pos := e.FieldPos["encoders"].String(); pos != "testdata/good/note.star:8:5" {
		t.Errorf("encoders at %s", pos)
	}
	if got := play(t, m.Network.Nodes[0], 0.1); math.Abs(got[0]-math.Cos(0.8)) > 1e-15 {
		t.Errorf("stimulus at 0.1 s is %v", got)
	}
	figures := []plot.Figure{
		{Name: "decoded", Panels: []plot.Panel{{Kind: plot.Lines, Probes: []string{"decoded", "input"}}}},
		{Name: "activity", Panels: []plot.Panel{
			{Kind: plot.Raster, Probes: []string{"spikes"}}, {Kind: plot.Lines, Probes: []string{"voltage"}},
		}},
	}
	if diff := cmp.Diff(figures, m.Figures); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
}

// play gives the values of a node without input at time t.
func play(t *testing.T, n *soma.Node, at float64) []float64 {
	t.Helper()
	run, err := n.Source.Start(signal.Env{Dt: 1e-3})
	if err != nil {
		t.Fatal(err)
	}
	out := make([]float64, n.SizeOut)
	run(at, out)
	return out
}

func TestNodes(t *testing.T) {
	m := mustLoad(t, `
model = Network("nodes")
model.node(2.5)
model.node([1, 2])
model.node(lambda t: t)
model.node(lambda t: [t, t > 0.05])
model.node(signal.piecewise({0.2: 3, 0: -1}))
model.node(signal.function(sin))
model.node(lambda t, x: [x[0] + t, sum(x)], size_in = 2)
model.node(size_in = 3)
def decay(t):
    """A function with a local variable."""
    y = exp(-t)
    return (y, 2*y)
model.node(decay)
simulate(1)
`, script.Options{})
	want := [][]float64{{2.5}, {1, 2}, {0.1}, {0.1, 1}, {-1}, {math.Sin(0.1)}}
	for i, w := range want {
		if diff := cmp.Diff(w, play(t, m.Network.Nodes[i], 0.1)); diff != "" {
			t.Errorf("node %d (-want +got):\n%s", i, diff)
		}
	}
	n := m.Network.Nodes[6]
	y := make([]float64, n.SizeOut)
	n.Function(0.5, []float64{1, 2}, y)
	if diff := cmp.Diff([]float64{1.5, 3}, y); diff != "" {
		t.Errorf("function of input (-want +got):\n%s", diff)
	}
	if p := m.Network.Nodes[7]; p.SizeIn != 3 || p.SizeOut != 3 || p.Function != nil {
		t.Errorf("a node that passes on: %+v", p)
	}
	if got := play(t, m.Network.Nodes[8], 0); got[1] != 2 {
		t.Errorf("def gives %v", got)
	}
}

func TestConnections(t *testing.T) {
	m := mustLoad(t, `
model = Network("connections")
a = model.ensemble(10, 2)
b = model.ensemble(10, 2)
p = model.population(20, neuron.LIF(tau_ref = 0))
model.connect(a, b, lambda x: [x[1], x[0] * x[0]], transform = [[0, 1], [1, 0]], synapse = 10*ms)
model.connect(a[0], p[10:20:2], synapse = None, transform = [[1]] * 5)
model.connect(a, b, transform = -1, synapse = synapse.alpha(3*ms))
model.connect(a, b, transform = connect.dense([[1, 2], [3, 4]]), synapse = 0, function = lambda x: x)
model.connect(a[1], p)
simulate(1)
`, script.Options{})
	c := m.Network.Connections
	if diff := cmp.Diff([]float64{3, 4}, c[0].Function([]float64{2, 3})); diff != "" {
		t.Errorf("function (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{
		connect.Dense{{0, 1}, {1, 0}},
		synapse.Lowpass{Tau: 0.01},
		synapse.None{},
		connect.Scale(-1),
		synapse.Alpha{Tau: 0.003},
		connect.Dense{{1, 2}, {3, 4}},
		synapse.Lowpass{},
		synapse.None{},
	}, []any{
		c[0].Transform, c[0].Synapse, c[1].Synapse, c[2].Transform,
		c[2].Synapse, c[3].Transform, c[3].Synapse, c[4].Synapse,
	}); diff != "" {
		t.Errorf("connections (-want +got):\n%s", diff)
	}
	if got := c[1].From.String() + " " + c[1].To.String(); got != "a[0] p[10:20:2]" {
		t.Errorf("ends %s", got)
	}
	if lif := param.Resolve(m.Network.Populations[0].Neuron).(neuron.LIF); lif.TauRef != 0 {
		t.Errorf("an explicit 0 became %g", lif.TauRef)
	}
	if diff := cmp.Diff([]float64{5, 6}, c[3].Function([]float64{5, 6})); diff != "" {
		t.Errorf("identity (-want +got):\n%s", diff)
	}
}

// TestFunctionsRunInParallel calls one function from several goroutines.
func TestFunctionsRunInParallel(t *testing.T) {
	m := mustLoad(t, `
model = Network("parallel")
a = model.ensemble(10, 1)
model.connect(a, a, lambda x: sum([x[0], 1]))
simulate(1)
`, script.Options{})
	f := m.Network.Connections[0].Function
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 500 {
				if got := f([]float64{float64(i)}); got[0] != float64(i)+1 {
					t.Errorf("f(%d) = %v", i, got)
					return
				}
			}
		}()
	}
	wg.Wait()
}

// TestFunctionErrors looks at functions that fail only while the model runs.
func TestFunctionErrors(t *testing.T) {
	tests := []struct{ function, want string }{
		{"lambda t: 1e308 * 10 if t > 0 else 0", ":3:16: n.value: value 0 is +Inf; look for an overflow"},
		{"lambda t: [1, 2] if t > 0 else 1", ":3:16: n.value: it gives 2 values instead of 1; always give as many values"},
		{"lambda t: None if t > 0 else 1", ":3:16: n.value: it gives None"},
		{"lambda t: [5][int(t * 10)]", ":3:29: n.value: list index 1 out of range"},
		{"lambda t: state.append(t) or 1 if t > 0 else 1", "n.value: append: cannot append to frozen list"},
		{"lambda t: sqrt(-t)", ":3:30: n.value: sqrt(-0.1): the square root needs"},
	}
	for _, test := range tests {
		t.Run(test.function, func(t *testing.T) {
			m := mustLoad(t, "model = Network('f')\nstate = []\nn = model.node("+test.function+")\nsimulate(1)\n", script.Options{})
			err := soma.Call(func() { play(t, m.Network.Nodes[0], 0.1) })
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestNames(t *testing.T) {
	m := mustLoad(t, `
model = Network("names")
cell = model.ensemble(10)
alias = cell
cells = [model.ensemble(10) for i in range(2)]
given = model.ensemble(10, name = "ensemble2")
twice = model.ensemble(10, name = "sub")
sub = model.network()
inner = sub.ensemble(10)
cell_probe = model.probe(cell)
cell = model.probe(inner)
model.probe(given)
x, y = model.node(1), model.node(2)
figure("f", lines(cell, cell_probe, "probe1"))
simulate(1)
`, script.Options{})
	var names []string
	for _, n := range m.Network.All() {
		for _, e := range n.Ensembles {
			names = append(names, e.Path())
		}
		for _, node := range n.Nodes {
			names = append(names, node.Path())
		}
		for _, p := range n.Probes {
			names = append(names, "probe "+p.Path())
		}
	}
	want := []string{
		"alias", "ensemble1", "ensemble3", "ensemble2", "sub", "x", "y",
		"probe cell_probe", "probe cell", "probe probe1", "network1.inner",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"cell", "cell_probe", "probe1"}, m.Figures[0].Panels[0].Probes); diff != "" {
		t.Errorf("probes of the panel (-want +got):\n%s", diff)
	}
}

const parameters = `
model = Network("parameters", seed = 3)
g = param("g", 5.0, "relative inhibition", min = 0, max = 8)
n = param("n", 10)
tau = param("tau", 20*ms)
label = param("label", "a")
on = param("on", False)
model.ensemble(n, radius = g + 1, neuron = neuron.LIF(tau_rc = tau), name = label)
simulate(1*second, dt = 0.5*ms, seed = 4)
`

func TestParams(t *testing.T) {
	m := mustLoad(t, parameters, script.Options{Set: map[string]string{
		"g": "4", "n": "30", "tau": "5ms", "label": "cell", "on": "true",
	}})
	var values []any
	for _, p := range m.Params {
		values = append(values, p.Name, p.Value, p.Default)
	}
	want := []any{"g", 4.0, 5.0, "n", int64(30), int64(10), "tau", 0.005, 0.02, "label", "cell", "a", "on", true, false}
	if diff := cmp.Diff(want, values); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
	p := m.Params[0]
	if p.Doc != "relative inhibition" || *p.Min != 0 || *p.Max != 8 || p.Pos.Line != 3 {
		t.Errorf("parameter %+v", p)
	}
	e := m.Network.Ensembles[0]
	if e.N != 30 || e.Radius != 5 || e.Name != "cell" || m.Network.Seed != 4 || m.Dt != 0.0005 {
		t.Errorf("ensemble %q of %d, radius %g, seed %d, dt %g", e.Name, e.N, e.Radius, m.Network.Seed, m.Dt)
	}
	seed := uint64(9)
	if m := mustLoad(t, parameters, script.Options{Seed: &seed, Dt: 2e-3}); m.Network.Seed != 9 || m.Dt != 2e-3 {
		t.Errorf("seed %d, dt %g", m.Network.Seed, m.Dt)
	}
}

func TestParamErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"gg", "4", `--set gg: there is no such parameter (did you mean "g"?); the file declares: g, n, tau, label, on`},
		{"g", "9", "--set g: 9 is above the maximum of 8; give a value from 0 to 8"},
		{"g", "five", `--set g: "five" is no number; give a number, such as 5, 1e-3 or 5ms`},
		{"n", "2.5", `--set n: "2.5" is no whole number; give a whole number`},
		{"tau", "5 mss", `--set tau: "mss" is no unit (did you mean "ms"?); give a number, such as 5, 1e-3 or 5ms`},
		{"on", "maybe", `--set on: "maybe" is neither true nor false; give true or false`},
	}
	for _, test := range tests {
		_, err := load(t, parameters, script.Options{Set: map[string]string{test.name: test.text}})
		if err == nil || err.Error() != test.want {
			t.Errorf("--set %s=%s: error %v, want %s", test.name, test.text, err, test.want)
		}
	}
}

func TestFigures(t *testing.T) {
	m := mustLoad(t, `
model = Network("figures")
cell = model.ensemble(10, 2)
model.probe(cell, name = "value")
spikes = model.probe(cell.neurons)
currents = linspace(0, 1, 3)
figure("all",
    lines("value", title = "T", xlim = (0, 1), ylabel = "x", labels = ["a", "b"]),
    raster(spikes), rate(spikes, bin = 10*ms, sigma = 5*ms), isi(spikes, bins = 7), histogram("value"),
    xy(currents, rates(spikes), currents, currents * 2, styles = ["points", "dashed"], xunit = "A"),
    xy("value"),
    image([[1, 2], [3, 4]], levels = (0, 4)), image("value"),
    image([[1, 2]], rows = ["to"], columns = ["a", "b"]), raster(spikes, neurons = 5),
    mean_rates(spikes, reference = [4.5]), cv(spikes, bins = 9), spectrum(spikes, bin = 2*ms),
    correlation(spikes, bin = 5*ms, neurons = 50, bins = 20),
    title = "All", width = 5)
simulate(1)
`, script.Options{})
	want := []plot.Figure{{Name: "all", Title: "All", Width: 5, Panels: []plot.Panel{
		{Kind: plot.Lines, Title: "T", Probes: []string{"value"}, XLim: &[2]float64{0, 1}, YLabel: "x", Labels: []string{"a", "b"}},
		{Kind: plot.Raster, Probes: []string{"spikes"}},
		{Kind: plot.Rate, Probes: []string{"spikes"}, Bin: 0.01, Sigma: 0.005},
		{Kind: plot.ISI, Probes: []string{"spikes"}, Bins: 7},
		{Kind: plot.Histogram, Probes: []string{"value"}},
		{Kind: plot.XY, XUnit: "A", Series: []plot.Series{
			{X: plot.Numbers{0, 0.5, 1}, Rates: "spikes", Style: "points"},
			{X: plot.Numbers{0, 0.5, 1}, Y: plot.Numbers{0, 1, 2}, Style: "dashed"},
		}},
		{Kind: plot.XY, Series: []plot.Series{{Probe: "value"}}},
		{Kind: plot.Image, Matrix: []plot.Numbers{{1, 2}, {3, 4}}, Levels: &[2]float64{0, 4}},
		{Kind: plot.Image, Probes: []string{"value"}},
		{Kind: plot.Image, Matrix: []plot.Numbers{{1, 2}}, Rows: []string{"to"}, Columns: []string{"a", "b"}},
		{Kind: plot.Raster, Probes: []string{"spikes"}, Neurons: 5},
		{Kind: plot.MeanRates, Probes: []string{"spikes"}, Reference: plot.Numbers{4.5}},
		{Kind: plot.CV, Probes: []string{"spikes"}, Bins: 9},
		{Kind: plot.Spectrum, Probes: []string{"spikes"}, Bin: 0.002},
		{Kind: plot.Correlation, Probes: []string{"spikes"}, Bin: 0.005, Neurons: 50, Bins: 20},
	}}}
	if diff := cmp.Diff(want, m.Figures); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
}

// FuzzLoad: no file makes Load panic or hang.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		ending, parameters, "x = [1, 2] * 3\nfor i, j in x: pass\n", "a = array([[1, 2], [3, 4]])\nb = a.T[0, 1] + a\n",
		"model = Network('m')\nc = model.ensemble(3, 2)\nmodel.connect(c[0], c[1:], lambda x: -x)\nmodel.probe(c.neurons[:2])\n",
		"def f(t, *a, **k):\n    return f(t)\nNetwork('m').node(f)\nsimulate(1)\n",
		"figure('x', xy([1], [2]), image([[1]]))\nsignal.piecewise({0: 1})\n", "load('x', 'y')\n", "x, (y, z) = q\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		load(t, text, script.Options{MaxSteps: 20_000, MaxMemory: 64 << 20})
	})
}
