package sim_test

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
	"soma/validation"
)

// The note's network, step for step as the peer runs it.
func TestSingleNeuronAgainstNengo(t *testing.T) {
	want := validation.Columns(t, "nengo/seed_model.csv")
	var params struct {
		Gain, Bias, Decoder float64
		SpikeSteps          []int64 `json:"spike_steps"`
	}
	validation.JSON(t, "nengo/seed_model_params.json", &params)

	net := soma.New("A single neuron", 1)
	cell := net.Ensemble("cell", 1, 1)
	cell.Intercepts = dist.Constant{Value: -0.5}
	cell.MaxRates = dist.Constant{Value: 100}
	cell.Encoders = dist.Values(1)
	cell.Init = map[string]dist.Distribution{"voltage": dist.Constant{}}
	stimulus := net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Cos(8 * t) }))
	net.Connect(stimulus, cell)
	decoded := net.Passthrough("decoded", 1)
	readout := net.Connect(cell.Neurons, decoded)
	readout.Transform = connect.Dense{{params.Decoder}}
	readout.Synapse = synapse.Lowpass{Tau: 0.01}

	probes := map[string]*soma.Probe{
		"cos":      net.Probe("cos", stimulus),
		"J":        net.Probe("J", cell.Neurons, soma.Input),
		"v":        net.Probe("v", cell.Neurons, "voltage"),
		"ref":      net.Probe("ref", cell.Neurons, "refractory_time"),
		"out":      net.Probe("out", cell.Neurons, soma.Output),
		"filtered": net.Probe("filtered", decoded),
	}
	spikes := net.Probe("spikes", cell.Neurons)

	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	for name, p := range probes {
		if diff := validation.Near(s.Data(p).Values, want[name], 1e-12); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	got := s.Data(spikes)
	if len(got.Steps) != len(params.SpikeSteps) {
		t.Fatalf("%d spikes, want %d", len(got.Steps), len(params.SpikeSteps))
	}
	for i, step := range params.SpikeSteps {
		if got.Steps[i] != step {
			t.Errorf("spike %d in step %d, want %d", i, got.Steps[i], step)
		}
		if late := got.Times[i] - got.Exact[i]; late < 0 || late > s.Dt() {
			t.Errorf("spike %d at %g s lies %g s before the end of its step", i, got.Exact[i], late)
		}
	}
}

// What stops a run points at the object's place in the program.
func TestFaultsHaveAPlace(t *testing.T) {
	net := soma.New("faulty", 1)
	net.Node("root", signal.Func(func(t float64) float64 { return math.Sqrt(0.0025 - t) }))
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	list := soma.AsErrors(s.Run(context.Background(), 1))
	if len(list) != 1 || list[0].Object != "root" || list[0].Field != "function" ||
		filepath.Base(list[0].Pos.File) != "single_neuron_test.go" || !strings.Contains(list[0].Problem, "t = 0.003 s") {
		t.Errorf("got %v", list)
	}
}
