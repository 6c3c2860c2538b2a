package soma_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/compile"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

// world is a small correct network that each case below spoils.
type world struct {
	net      *soma.Network
	cell     *soma.Ensemble
	pair     *soma.Ensemble
	pop      *soma.Population
	stimulus *soma.Node
	relay    *soma.Node
	conn     *soma.Connection
	probe    *soma.Probe
}

func newWorld() world {
	net := soma.New("world", 1)
	w := world{
		net:      net,
		cell:     net.Ensemble("cell", 10, 1),
		pair:     net.Ensemble("pair", 20, 2),
		pop:      net.Population("pop", 5, neuron.LeakyIF{}),
		stimulus: net.Node("stimulus", signal.Constant{1}),
		relay:    net.Passthrough("relay", 2),
	}
	w.conn = net.Connect(w.stimulus, w.cell)
	w.probe = net.Probe("decoded", w.cell)
	return w
}

func build(net *soma.Network, dt float64) error {
	_, err := compile.Network(net, compile.Options{Dt: dt})
	return err
}

func TestCorrectNetworkBuilds(t *testing.T) {
	if err := build(newWorld().net, 0.001); err != nil {
		t.Fatal(err)
	}
}

func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w world)
		says  []string // parts of the message, "object.field:" first
	}{
		"no neurons":        {func(w world) { w.cell.N = 0 }, []string{"cell.n:", "0 neurons"}},
		"no dimensions":     {func(w world) { w.cell.Dimensions = 0 }, []string{"cell.dimensions:", "0"}},
		"radius":            {func(w world) { w.cell.Radius = -1 }, []string{"cell.radius:", "-1"}},
		"negative tau":      {func(w world) { w.cell.Neuron = neuron.LIF{TauRC: -0.02} }, []string{"cell.neuron.tau_rc:", "-20 ms", "above 0"}},
		"negative tau_ref":  {func(w world) { w.cell.Neuron = neuron.LIF{TauRef: -0.02} }, []string{"cell.neuron.tau_ref:"}},
		"dt":                {func(w world) { w.cell.Neuron = neuron.LIF{TauRC: 0.0005} }, []string{"cell.neuron.tau_rc:", "shorter than the step", "dt of at most 500 us"}},
		"reset":             {func(w world) { w.pop.Neuron = neuron.LeakyIF{Reset: 0.03} }, []string{"pop.neuron.reset:", "30 mV", "below the threshold"}},
		"max rate":          {func(w world) { w.cell.MaxRates = dist.Constant{Value: 600} }, []string{"cell.max_rates:", "600 Hz", "500 Hz"}},
		"intercept":         {func(w world) { w.cell.Intercepts = dist.Constant{Value: 1} }, []string{"cell.intercepts:", "not below 1"}},
		"uniform":           {func(w world) { w.cell.Intercepts = dist.Uniform{Low: 1, High: -1} }, []string{"cell.intercepts.low:", "above"}},
		"encoder count":     {func(w world) { w.cell.Encoders = dist.Values(1, -1) }, []string{"cell.encoders:", "2 × 1 values given, 10 × 1 needed"}},
		"zero encoder":      {func(w world) { w.cell.Encoders = dist.Constant{} }, []string{"cell.encoders:", "neuron 0"}},
		"ragged encoders":   {func(w world) { w.pair.Encoders = dist.Samples{{1, 0}, {1}} }, []string{"pair.encoders:", "row 1"}},
		"gain alone":        {func(w world) { w.cell.Gain = dist.Constant{Value: 1} }, []string{"cell.gain:", "bias"}},
		"eval points":       {func(w world) { w.pair.EvalPoints = dist.Values(1, 2) }, []string{"pair.eval_points:", "2 dimensions"}},
		"init name":         {func(w world) { w.cell.Init = map[string]dist.Distribution{"voltag": dist.Constant{}} }, []string{"cell.init:", `"voltage"`}},
		"duplicate name":    {func(w world) { w.net.Node("cell", signal.Constant{1}) }, []string{"cell.name:", "is the name of an ensemble at"}},
		"no name":           {func(w world) { w.net.Node("", signal.Constant{1}) }, []string{"name:", "a node without a name"}},
		"duplicate probe":   {func(w world) { w.net.Probe("decoded", w.pair) }, []string{"decoded.name:", "a probe"}},
		"Direct population": {func(w world) { w.net.Population("d", 3, neuron.Direct{}) }, []string{"d.neuron:", "ensemble"}},
		"shape":             {func(w world) { w.net.Connect(w.stimulus, w.pair) }, []string{"stimulus->pair.to:", "1 value into 2", "(2, 1)"}},
		"matrix":            {func(w world) { w.conn.Transform = connect.Dense{{1, 2}} }, []string{"stimulus->cell.transform:", "2 columns", "(1, 1)"}},
		"ragged matrix":     {func(w world) { w.conn.Transform = connect.Dense{{1}, {1, 2}} }, []string{"stimulus->cell.transform:", "row 1"}},
		"points of a part": {func(w world) {
			w.net.Connect(w.pair.At(0), w.cell).EvalPoints = dist.Values(0, 1)
		}, []string{"pair[0]->cell.eval_points:", "points of 1 value given", "2 dimensions", "give points of 2 values"}},
		"neurons of Direct": {func(w world) {
			w.cell.Neuron = neuron.Direct{}
			w.net.Connect(w.pair.At(0), w.cell.Neurons)
			w.net.Probe("none", w.cell.Neurons, "output")
		}, []string{"to: an ensemble of Direct has no neurons; connect to the ensemble", "none.target: an ensemble of Direct has no neurons; probe the ensemble"}},
		"slice":          {func(w world) { w.net.Connect(w.stimulus, w.pair.At(2)) }, []string{"stimulus->pair[2].to:", "of 2 values"}},
		"into a source":  {func(w world) { w.net.Connect(w.cell, w.stimulus) }, []string{"cell->stimulus.to:", "takes no input"}},
		"foreign object": {func(w world) { w.net.Connect(newWorld().cell, w.cell) }, []string{".from:", "not in this network"}},
		"nothing":        {func(w world) { w.net.Connect(nil, w.cell) }, []string{".from:", "nothing to connect"}},
		"tau of synapse": {func(w world) { w.conn.Synapse = synapse.Lowpass{Tau: -1} }, []string{"stimulus->cell.synapse.tau:", "-1 s"}},
		"function of neurons": {func(w world) {
			w.net.Connect(w.cell.Neurons, w.relay).Function = func(x []float64) []float64 { return x }
		}, []string{".function:", "ensemble cell"}},
		"function panics": {func(w world) {
			w.net.Connect(w.cell, w.pair).Function = func(x []float64) []float64 { return []float64{x[0], x[1]} }
		}, []string{"cell->pair.function:", "index out of range"}},
		"function gives NaN": {func(w world) {
			w.net.Connect(w.cell, w.relay.At(0)).Function = func(x []float64) []float64 { return []float64{math.Sqrt(x[0])} }
		}, []string{"cell->relay[0].function:", "NaN for x = [-"}},
		"function of varying length": {func(w world) {
			w.net.Connect(w.cell, w.relay.At(0)).Function = func(x []float64) []float64 {
				if x[0] > 0.5 {
					return []float64{1, 2}
				}
				return []float64{1}
			}
		}, []string{"cell->relay[0].function:", "2 values", "1 for x = 0"}},
		"probe of nothing":       {func(w world) { w.net.Probe("p", nil) }, []string{"p.target:", "nothing"}},
		"unknown quantity":       {func(w world) { w.net.Probe("p", w.pop, "voltag") }, []string{"p.what:", `did you mean "voltage"?`, "it has: spikes"}},
		"voltage of an ensemble": {func(w world) { w.net.Probe("p", w.cell, "voltage") }, []string{"p.what:", "probe cell.neurons"}},
		"sampling":               {func(w world) { w.probe.SampleEvery = -1 }, []string{"decoded.sample_every:", "-1 s"}},
		"sampling too often":     {func(w world) { w.probe.SampleEvery = 1e-4 }, []string{"decoded.sample_every:", "below the step"}},
		"loop": {func(w world) {
			a := w.net.Function("a", 1, 1, func(_ float64, x, y []float64) { y[0] = x[0] })
			b := w.net.Function("b", 1, 1, func(_ float64, x, y []float64) { y[0] = x[0] })
			w.net.Connect(a, b).Synapse = synapse.None{}
			w.net.Connect(b, a).Synapse = synapse.None{}
		}, []string{"loop without a synapse", "a →", "synapse = 0.005"}},
		"silent ensemble": {func(w world) {
			w.cell.EvalPoints = dist.Values(-0.9)
			w.cell.Encoders, w.cell.Intercepts = dist.Constant{Value: 1}, dist.Constant{Value: 0.5}
		}, []string{"decoded.target:", "no neuron is active"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			c.spoil(w)
			err := build(w.net, 0.001)
			var list soma.Errors
			if !errors.As(err, &list) {
				t.Fatalf("got %v, want soma.Errors", err)
			}
			text := list.Error()
			for _, part := range c.says {
				if !strings.Contains(text, part) {
					t.Errorf("%q does not say %q", text, part)
				}
			}
			for _, one := range list {
				if one.Pos.File == "" {
					t.Errorf("no position: %v", one)
				}
				if strings.Contains(one.Pos.File, "network.go") {
					t.Errorf("the position is inside the library: %v", one)
				}
			}
		})
	}
}

func TestAllErrorsAtOnce(t *testing.T) {
	w := newWorld()
	w.cell.Radius = 0
	w.pair.Neuron = neuron.LIF{TauRC: -1}
	w.conn.Synapse = synapse.Lowpass{Tau: -1}
	w.probe.SampleEvery = -1
	w.net.Probe("p", w.pop, "voltag")
	w.net.Connect(w.stimulus, w.pair)
	// Found only by building what is right:
	fast := w.net.Ensemble("fast", 10, 1)
	fast.MaxRates = dist.Constant{Value: 600}
	w.net.Connect(fast, w.relay.At(0))
	fine := w.net.Ensemble("fine", 10, 1)
	w.net.Connect(fine, w.relay.At(0)).Function = func(x []float64) []float64 { return []float64{math.Sqrt(x[0])} }
	err := build(w.net, 0.001)
	if got := len(soma.AsErrors(err)); got != 8 {
		t.Errorf("%d errors, want 8:\n%v", got, err)
	}
}

// Names of nested networks stand in paths, and only there must they be unique.
func TestNestedNames(t *testing.T) {
	net := soma.New("outer", 1)
	a, b := net.Network("a"), net.Network("b")
	x, y := a.Ensemble("cell", 10, 1), b.Ensemble("cell", 10, 1)
	net.Connect(x, y)
	net.Probe("p", y)
	if err := build(net, 0.001); err != nil {
		t.Fatal(err)
	}
	if x.Path() != "a.cell" || y.Neurons.Path() != "b.cell.neurons" {
		t.Errorf("paths are %q and %q", x.Path(), y.Neurons.Path())
	}
}
