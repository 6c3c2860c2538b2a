package engine_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"go.uber.org/goleak"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/compile"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// randomNetwork builds a network of every kind of object, wired at random.
func randomNetwork(seed uint64) *soma.Network {
	r := rand.New(rand.NewPCG(seed, 1))
	net := soma.New("random", seed)
	models := []neuron.Model{
		neuron.LIF{},
		neuron.LIF{TauRC: 0.03},
		neuron.LIFRate{},
		neuron.RectifiedLinear{},
		neuron.SpikingRectifiedLinear{},
		neuron.Direct{},
		neuron.AdaptiveLIF{TauN: 0.05},
		neuron.RegularSpiking{BaseType: neuron.AdaptiveLIFRate{}},
		neuron.StochasticSpiking{BaseType: neuron.LIFRate{}},
		neuron.PoissonSpiking{BaseType: neuron.RectifiedLinear{}},
	}
	synapses := []synapse.Synapse{
		synapse.Lowpass{Tau: 0.005},
		synapse.Alpha{Tau: 0.01},
		synapse.Lowpass{},
		synapse.Triangle{T: 0.004},
		synapse.Linear{Num: []float64{0.01, 0}, Den: []float64{0.01, 1}},
	}

	var ends []soma.Endpoint
	var dims []int
	add := func(e soma.Endpoint, d int) { ends, dims = append(ends, e), append(dims, d) }
	for i := range 3 + r.IntN(4) {
		d := 1 + r.IntN(3)
		e := net.Ensemble(fmt.Sprint("e", i), 5+r.IntN(30), d)
		e.Neuron = models[r.IntN(len(models))]
		if e.Neuron != (neuron.Direct{}) && r.IntN(3) == 0 {
			e.Noise = []signal.Signal{signal.FilteredNoise{}, signal.Sine{Frequency: 3}}[r.IntN(2)]
		}
		add(e, d)
	}
	for i := range 2 {
		p := net.Passthrough(fmt.Sprint("p", i), 2)
		add(p, 2)
	}
	f := net.Function("f", 2, 1, func(t float64, x, y []float64) { y[0] = t + x[0]*x[1] })
	add(f, 1)
	pop := net.Population("pop", 7, neuron.LIF{})
	source := net.Node("source", signal.Func(func(t float64) float64 { return math.Cos(8 * t) }))
	net.Connect(source, pop)

	var extras []*soma.Connection
	for range 12 {
		a, b := r.IntN(len(ends)), r.IntN(len(ends))
		to := dims[b]
		if b == len(ends)-1 {
			to = 2
		}
		conn := net.Connect(ends[a], ends[b])
		conn.Synapse = synapses[r.IntN(len(synapses))]
		if r.IntN(4) == 0 {
			each := make(synapse.Each, to)
			for i := range each {
				each[i] = synapses[r.IntN(len(synapses))]
			}
			conn.Synapse = each
		}
		w := make(connect.Dense, to)
		for i := range w {
			w[i] = make([]float64, dims[a])
			for j := range w[i] {
				w[i][j] = 0.2 * r.NormFloat64() // small, so that loops stay bounded
			}
		}
		conn.Transform = w
		if r.IntN(3) == 0 {
			conn.Function = func(x []float64) []float64 { return []float64{x[0] * x[0]} }
			conn.Transform = connect.Dense(w)[:to]
			for i := range w {
				w[i] = w[i][:1]
			}
		}
		extras = append(extras, conn)
	}
	randomExtras(net, r, extras, source)
	for i, e := range ends {
		c := net.Connect(source, e.At(0))
		c.Synapse = synapse.None{}
		net.Probe(fmt.Sprint("value", i), e)
		if e, ok := e.(*soma.Ensemble); ok && e.Neuron.Spec().Name != "Direct" {
			net.Probe(fmt.Sprint("neurons", i), e.Neurons)
			net.Probe(fmt.Sprint("input", i), e.Neurons.Part(1, 4), soma.Input)
			filtered := net.Probe(fmt.Sprint("filtered", i), e.Neurons, soma.Output)
			filtered.Synapse = synapse.Lowpass{Tau: 0.02}
			neurons := net.Connect(e.Neurons.Part(0, 5), ends[len(ends)-2].At(1))
			neurons.Transform = connect.Dense{{1e-3, 2e-3, -1e-3, 3e-3, 1e-3}}
		}
	}
	net.Probe("pop", pop)
	return net
}

func compiled(t *testing.T, net *soma.Network, level kernel.Level) *compile.Built {
	t.Helper()
	built, err := compile.Network(net, compile.Options{Dt: 0.001, Level: level})
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func compiledAt(t *testing.T, net *soma.Network, dt float64) *compile.Built {
	t.Helper()
	built, err := compile.Network(net, compile.Options{Dt: dt, Level: kernel.Best()})
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func records(p *program.Program) (list []*program.Record) {
	for _, op := range p.Operators {
		if r, ok := op.(*program.Record); ok {
			list = append(list, r)
		}
	}
	return list
}

// The engine computes what the interpreter computes, bit for bit, with every
// kernel.
func TestEqualToInterpreter(t *testing.T) {
	const steps = 300
	for seed := range uint64(12) {
		net := randomNetwork(seed)
		p := compiled(t, net, kernel.Portable).Program
		in := interpreted(t, p, steps)
		for _, level := range kernel.Levels() {
			p := compiled(t, net, level).Program
			e := executed(t, p, engine.Options{Threads: 2, Level: level}, steps)
			sameRecordings(t, fmt.Sprintf("network %d, %v", seed, level), p, e, in)
		}
	}
}

// large is a network that is worth several threads.
func large() *soma.Network {
	net := soma.New("large", 3)
	e := net.Ensemble("e", 40000, 2)
	e.EvalPoints, e.NEvalPoints = dist.ScatteredHypersphere{}, 10
	pop := net.Population("pop", 30000, neuron.LIF{})
	source := net.Node("source", signal.Func(func(t float64) float64 { return 1 + math.Sin(20*t) }))
	net.Connect(source, e.At(1))
	net.Connect(source, pop)
	net.Probe("spikes", e.Neurons)
	net.Probe("pop spikes", pop)
	net.Probe("voltage", pop.Part(100, 200), "voltage")
	return net
}

func TestEqualOnAnyNumberOfThreads(t *testing.T) {
	var want []program.Recording
	for _, threads := range []int{1, 2, 3, 8} {
		p := compiled(t, large(), kernel.Best()).Program
		e := executed(t, p, engine.Options{Threads: threads, Level: kernel.Best()}, 40)
		for i, r := range records(p) {
			got := e.Recorded(r)
			if threads == 1 {
				want = append(want, got)
				if len(got.Values)+len(got.Steps) == 0 {
					t.Fatalf("%s recorded nothing", r.Object())
				}
				continue
			}
			if diff := different(got, want[i]); diff != "" {
				t.Errorf("%d threads, %s: %s", threads, r.Object(), diff)
			}
		}
	}
}

// Runs in pieces, and a run after a reset, give the same as one run.
func TestPiecesAndReset(t *testing.T) {
	p := compiled(t, randomNetwork(5), kernel.Best()).Program
	e, err := engine.New(p, engine.Options{Threads: 1, Level: kernel.Best()})
	if err != nil {
		t.Fatal(err)
	}
	run := func(pieces ...int64) (kept []program.Recording) {
		if err := e.Reset(); err != nil {
			t.Fatal(err)
		}
		for _, n := range pieces {
			if err := e.Run(context.Background(), n); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range records(p) {
			kept = append(kept, e.Recorded(r))
		}
		return kept
	}
	want := run(200)
	for i, got := range run(1, 77, 100, 22) {
		if diff := different(got, want[i]); diff != "" {
			t.Errorf("%s: %s", records(p)[i].Object(), diff)
		}
	}
}

// A filter that reads what another filter updates sees the value from before.
func TestFiltersInARing(t *testing.T) {
	p := &program.Program{Dt: 0.001}
	system, _ := synapse.Lowpass{Tau: 0.005}.Discrete(p.Dt)
	a, b := p.Add("a", []float64{1}), p.Add("b", []float64{0})
	p.Operate(&program.Filter{Label: "a to b", From: a, To: b, System: system})
	p.Operate(&program.Filter{Label: "b to a", From: b, To: a, System: synapse.System{D: 1}})
	ra, rb := &program.Record{From: a, Every: 1}, &program.Record{From: b, Every: 1}
	p.Operate(ra)
	p.Operate(rb)
	in := interpreted(t, p, 5)
	e := executed(t, p, engine.Options{Threads: 1}, 5)
	for i, r := range []*program.Record{ra, rb} {
		if diff := different(e.Recorded(r), in.Recorded[i]); diff != "" {
			t.Error(diff)
		}
	}
	if got := in.Recorded[0].Values; got[0] != 1 || got[1] != 0 {
		t.Errorf("a is %v; it must follow b one step later", got)
	}
}

func TestFaultsOfFunctions(t *testing.T) {
	broken := errors.New("broken")
	for name, f := range map[string]func(t float64) float64{
		"NaN":      func(t float64) float64 { return math.Sqrt(0.005 - t) },
		"infinite": func(t float64) float64 { return 1 / max(0, 0.0055-t) },
		"panic": func(t float64) float64 {
			if t > 0.0055 {
				panic(broken)
			}
			return 0
		},
	} {
		net := soma.New("faulty", 1)
		node := net.Node("node", signal.Func(f))
		net.Probe("p", node)
		b := compiled(t, net, kernel.Portable)
		e, err := engine.New(b.Program, engine.Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		err = e.Run(context.Background(), 10)
		var fault *engine.Fault
		if !errors.As(err, &fault) || fault.Object != "node" || math.Abs(fault.Time-0.006) > 1e-12 {
			t.Errorf("%s: got %v, want a fault of node at 0.006 s", name, err)
		}
		if name == "panic" && !errors.Is(err, broken) {
			t.Errorf("the cause is lost: %v", err)
		}
		if got := len(e.Recorded(records(b.Program)[0]).Values); got != 5 {
			t.Errorf("%s: %d samples kept, want 5", name, got)
		}
	}
}

func TestStopsWhenTheContextEnds(t *testing.T) {
	p := compiled(t, randomNetwork(1), kernel.Best()).Program
	e, err := engine.New(p, engine.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := e.Run(ctx, 1<<40); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if e.Steps() == 0 {
		t.Log("stopped before the first step")
	}
}

func BenchmarkSmallModel(b *testing.B) {
	net := soma.New("small", 1)
	cell := net.Ensemble("cell", 1, 1)
	source := net.Node("source", signal.Func(func(t float64) float64 { return math.Cos(8 * t) }))
	net.Connect(source, cell)
	net.Probe("in", source)
	net.Probe("spikes", cell.Neurons)
	net.Probe("v", cell.Neurons, "voltage")
	net.Probe("decoded", cell).Synapse = synapse.Lowpass{Tau: 0.01}
	built, err := compile.Network(net, compile.Options{Dt: 0.001, Level: kernel.Best()})
	if err != nil {
		b.Fatal(err)
	}
	e, err := engine.New(built.Program, engine.Options{Threads: 1, Level: kernel.Best()})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	_ = e.Run(context.Background(), int64(b.N))
}

// A neuron whose input grows without bounds stops the run with its name and
// input, before it fills the memory with spikes.
func TestRunawayActivityIsSaid(t *testing.T) {
	net := soma.New("runaway", 1)
	quiet := net.Population("quiet", 3, neuron.SpikingRectifiedLinear{})
	wild := net.Population("wild", 2, neuron.SpikingRectifiedLinear{})
	net.Connect(net.Node("drive", signal.Constant{0, 1e12}), wild)
	net.Probe("q", quiet)
	e, err := engine.New(compiled(t, net, kernel.Best()).Program, engine.Options{Threads: 1, Level: kernel.Best()})
	if err != nil {
		t.Fatal(err)
	}
	err = e.Run(context.Background(), 10)
	var fault *engine.Fault
	if !errors.As(err, &fault) || fault.Object != "wild" {
		t.Errorf("got %v, want a fault of wild", err)
	}
}
