package script_test

import (
	"math"
	"strings"
	"testing"

	"soma"
	"soma/script"
	"soma/sim"
)

// TestNoteRuns simulates the note's example: the neuron follows cos(8t) where
// that is above its threshold.
func TestNoteRuns(t *testing.T) {
	m, err := script.Load("testdata/good/note.star", script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := sim.New(m.Network, sim.Options{Dt: m.Dt})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context(), m.Time); err != nil {
		t.Fatal(err)
	}
	input := s.Data(m.Network.Probes[0])
	if n := input.Samples(); n != 1000 {
		t.Fatalf("%d samples of the input", n)
	}
	for i, x := range input.Column(0) {
		if want := math.Cos(8 * float64(i+1) * 1e-3); math.Abs(x-want) > 1e-12 {
			t.Fatalf("input %d is %v, want %v", i, x, want)
		}
	}
}

// TestFrameworkRuns simulates every neuron model, synapse, solver and signal of the
// framework: probes have values that are numbers, and change.
func TestFrameworkRuns(t *testing.T) {
	m, err := script.Load("testdata/good/framework.star", script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := sim.New(m.Network, sim.Options{Dt: m.Dt})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context(), m.Time); err != nil {
		t.Fatal(err)
	}
	for _, p := range m.Network.Probes {
		values := s.Data(p).Values
		low, high := values[0], values[0]
		for _, x := range values {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("%s: %g", p.Name, x)
			}
			low, high = min(low, x), max(high, x)
		}
		if low == high {
			t.Errorf("%s is %g all the time", p.Name, low)
		}
	}
}

// TestFailingFunctionEndsTheRun: the error says where in the file, and when.
func TestFailingFunctionEndsTheRun(t *testing.T) {
	m := mustLoad(t, `
model = Network("fails")
n = model.node(lambda t: sqrt(0.0505 - t))
model.probe(n)
simulate(1)
`, script.Options{})
	s, err := sim.New(m.Network, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Run(t.Context(), m.Time)
	list := soma.AsErrors(err)
	if len(list) != 1 || list[0].Pos.Line != 3 || list[0].Pos.Col != 30 || list[0].Object != "n" ||
		!strings.Contains(list[0].Problem, "at t = 0.051 s: sqrt(-0.0005") ||
		!strings.HasSuffix(list[0].Problem, "the square root needs a number of 0 or more") {
		t.Errorf("error %v", err)
	}
}

// Functions and signals take turns in a piecewise signal: each is asked from its
// time on, and sees the time of the simulation.
func TestPiecesOfFunctions(t *testing.T) {
	s := newRun(t, `
model = Network("pieces")
n = model.node(signal.piecewise({2*ms: 5, 4*ms: lambda t: [1/(t - 3*ms)][0], 6*ms: lambda t: t, 8*ms: signal.step(9*ms)}))
model.probe(n)
simulate(10*ms)
`)
	want := []float64{0, 5, 5, 1000, 500, 0.006, 0.007, 0, 1, 1}
	for i, x := range s.Data(s.Network().Probes[0]).Values {
		if math.Abs(x-want[i]) > 1e-9*want[i] {
			t.Errorf("step %d: %v, want %v", i+1, x, want[i])
		}
	}
}

// newRun simulates a model.
func newRun(t *testing.T, source string) *sim.Simulator {
	t.Helper()
	m := mustLoad(t, source, script.Options{})
	s, err := sim.New(m.Network, sim.Options{Dt: m.Dt})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context(), m.Time); err != nil {
		t.Fatal(err)
	}
	return s
}
