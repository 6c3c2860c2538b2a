package compile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

// A joint gives what two products give one after the other, whatever parts of the
// signal between them they write and read.
func TestJointsGiveWhatTwoProductsGive(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	joined := 0
	for range 5000 {
		p := &program.Program{}
		x, m, y := p.Add("x", numbers(random, 20)), p.Add("m", make([]float64, 12)), p.Add("y", make([]float64, 20))
		in := &program.Product{From: someOf(random, x, 0), To: someOf(random, m, 0)}
		out := &program.Product{From: someOf(random, m, 0), To: someOf(random, y, 0)}
		weigh(random, in, x, m)
		weigh(random, out, m, y)
		both, ok := joinProducts(in, out)
		if !ok {
			continue
		}
		start := slices.Clone(p.Signals[y.Signal].Init)
		p.Preset(in)
		p.Preset(out)
		want := p.Signals[y.Signal].Init
		p.Signals[y.Signal].Init = start
		if both.from.Count > 0 {
			joined++
			p.Preset(both.product(""))
		}
		for i, got := range p.Signals[y.Signal].Init {
			if math.Abs(got-want[i]) > 1e-12 {
				t.Fatalf("%+v, then %+v: value %d is %v, want %v", in, out, i, got, want[i])
			}
		}
	}
	if joined < 1000 {
		t.Errorf("only %d products were joined", joined)
	}
}

func numbers(random *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = random.NormFloat64()
	}
	return x
}

// someOf is some values of a view, n of them if that is given.
func someOf(random *rand.Rand, v program.View, n int) program.View {
	step := 1 + random.IntN(2)
	if n == 0 {
		n = 1 + random.IntN(v.Count/step)
	}
	for (n-1)*step >= v.Count {
		step--
	}
	return program.View{Signal: v.Signal, Start: random.IntN(v.Count - (n-1)*step), Step: step, Count: n}
}

// weigh makes a product one with a matrix or, of as many values, with a factor.
func weigh(random *rand.Rand, p *program.Product, from, to program.View) {
	if random.IntN(2) == 0 {
		p.Weights = &connect.Matrix{Rows: p.To.Count, Cols: p.From.Count, Data: numbers(random, p.To.Count*p.From.Count)}
		return
	}
	n := min(p.From.Count, p.To.Count)
	p.From, p.To, p.Scale = someOf(random, from, n), someOf(random, to, n), random.NormFloat64()
}

// withoutSynapse makes a connection one within the step.
func withoutSynapse(conn *soma.Connection) *soma.Connection {
	conn.Synapse = synapse.None{}
	return conn
}

// relayed is an ensemble whose vector goes through nodes, with or without a
// function that changes nothing, to others and back.
func relayed(function, probed bool) *soma.Network {
	net := soma.New("relayed", 3)
	relay := func(name string, size int) *soma.Node {
		if function {
			return net.Function(name, size, size, func(_ float64, x, y []float64) { copy(y, x) })
		}
		return net.Passthrough(name, size)
	}
	a, b, c := net.Ensemble("a", 40, 2), net.Ensemble("b", 40, 2), net.Ensemble("c", 30, 1)
	join, fork := relay("join", 4), relay("fork", 4)
	net.Connect(a, join.Part(0, 2)).Synapse = synapse.Lowpass{Tau: 0.01}
	net.Connect(b, join.Part(2, 4)).Synapse = synapse.Lowpass{Tau: 0.005}
	withoutSynapse(net.Connect(join, fork)).Transform = connect.Scale(0.8)
	withoutSynapse(net.Connect(fork.Part(0, 2), b))
	withoutSynapse(net.Connect(fork.Part(1, 2), c))
	withoutSynapse(net.Connect(fork.Part(2, 4), a)).Transform = connect.Dense{{0.5, 0.25}, {-1, 1}}
	last := net.Passthrough("last", 1)
	net.Connect(c, last)
	net.Probe("out", last).Synapse = synapse.Lowpass{Tau: 0.01}
	if probed {
		net.Probe("join", join)
		net.Probe("fork", fork).Synapse = synapse.Lowpass{Tau: 0.01}
	}
	return net
}

// outcome is what a network is built into, and what a probe of it records.
func outcome(t *testing.T, net *soma.Network, probe string) (*Built, []float64) {
	t.Helper()
	built, err := Network(net, Options{Dt: 0.001, Level: kernel.Best(), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	in, err := program.NewInterpreter(built.Program)
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		in.Step()
	}
	k := 0
	for _, op := range built.Program.Operators {
		if r, ok := op.(*program.Record); ok {
			if r.Object() == probe {
				return built, in.Recorded[k].Values
			}
			k++
		}
	}
	t.Fatalf("%s has recorded nothing", probe)
	return nil, nil
}

func names(nodes []*soma.Node) (list []string) {
	for _, n := range nodes {
		list = append(list, n.Path())
	}
	return list
}

// Nodes that are taken out leave the numbers as they are, but for the last digits;
// probes of them leave all bits.
func TestPassThroughNodesAreTakenOut(t *testing.T) {
	built, got := outcome(t, relayed(false, false), "out")
	if removed, want := fmt.Sprint(names(built.PassedThrough)), "[join fork]"; removed != want {
		t.Errorf("taken out: %s, want %s", removed, want)
	}
	kept, want := outcome(t, relayed(true, false), "out")
	if len(kept.PassedThrough) > 0 {
		t.Errorf("nodes with a function are taken out: %v", names(kept.PassedThrough))
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-9 {
			t.Fatalf("sample %d is %v, with functions %v", i, got[i], want[i])
		}
	}
	built, probed := outcome(t, relayed(false, true), "out")
	if !slices.Equal(probed, got) {
		t.Error("probes of nodes change what the network does")
	}
	if removed, want := fmt.Sprint(names(built.PassedThrough)), "[join fork]"; removed != want {
		t.Errorf("with probes, taken out: %s, want %s", removed, want)
	}
	_, join := outcome(t, relayed(false, true), "join")
	_, wantJoin := outcome(t, relayed(true, true), "join")
	for i := range wantJoin {
		if math.Abs(join[i]-wantJoin[i]) > 1e-9 {
			t.Fatalf("sample %d of the node is %v, with functions %v", i, join[i], wantJoin[i])
		}
	}
}

// What costs more without the node keeps it: many values into few and into many
// again.
func TestNarrowNodesStay(t *testing.T) {
	net := soma.New("narrow", 1)
	narrow, out := net.Passthrough("narrow", 1), net.Passthrough("out", 64)
	ones := make(connect.Dense, 64)
	for i := range ones {
		ones[i] = []float64{float64(i)}
	}
	wide := net.Node("wide", signal.Vector{N: 64, F: func(t float64, y []float64) { y[0] = t }})
	withoutSynapse(net.Connect(wide, narrow)).Transform = transposed(ones)
	withoutSynapse(net.Connect(narrow, out)).Transform = ones
	pop := net.Population("pop", 64, neuron.LIF{})
	withoutSynapse(net.Connect(out, pop))
	net.Probe("out", pop)
	built, _ := outcome(t, net, "out")
	if got, want := fmt.Sprint(names(built.PassedThrough)), "[out]"; got != want {
		t.Errorf("taken out: %s, want %s", got, want)
	}
}

func transposed(m connect.Dense) connect.Dense {
	row := make([]float64, len(m))
	for i := range m {
		row[i] = m[i][0]
	}
	return connect.Dense{row}
}

// A loop of nodes without a synapse is still an error that names them.
func TestLoopsOfPassThroughNodesAreReported(t *testing.T) {
	net := soma.New("loop", 1)
	a, b := net.Passthrough("a", 1), net.Passthrough("b", 1)
	withoutSynapse(net.Connect(a, b))
	withoutSynapse(net.Connect(b, a))
	net.Probe("p", a)
	_, err := Network(net, Options{Dt: 0.001, Level: kernel.Best()})
	if err == nil || !strings.Contains(err.Error(), "a → ") {
		t.Errorf("error %v, want the loop", err)
	}
}
