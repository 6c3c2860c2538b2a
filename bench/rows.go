package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"soma"
	"soma/dist"
	"soma/neuron"
	"soma/script"
	"soma/signal"
	"soma/sim"
)

const note = "examples/single_neuron.star"

// rows lists the work; clean removes what it needed.
func rows() (list []row, clean func(), err error) {
	dir, err := os.MkdirTemp("", "soma-bench")
	if err != nil {
		return nil, nil, err
	}
	clean = func() { os.RemoveAll(dir) }
	command := filepath.Join(dir, "soma")
	if out, err := exec.Command("go", "build", "-o", command, "./cmd/soma").CombinedOutput(); err != nil {
		clean()
		return nil, nil, failure(out, err)
	}
	table := slices.Concat(nefRows(), equationRows(dir, command), neuronRows(), plasticityRows())
	return append(table, []row{
		{"step", "the note's example, one step (model file)", "µs", noteStep, "single_neuron_step.py"},
		{"go-step", "the same built in Go", "µs", goStep, ""},
		{"command", "the note's example as a command, no figures", "ms", whole(dir, command, "none"), "single_neuron_command.py"},
		{"figures", "the same with its figures (PNG)", "ms", whole(dir, command, "png"), ""},
		{"neurons", "100 000 LIF neurons, 9 % spiking, one thread, per neuron and step", "ns", neurons, "lif_population.py"},
		{"update", "100 000 iaf_psc_exp neurons without synapses, one thread, per neuron and step", "ns", update, "update_nest.py"},
		{"brunel-1", "Brunel, 10 000 neurons, 1e7 synapses, one thread, per simulated second", "s", perSecond(small, 1, 1), "brunel_brian2.py 1, brunel_nest.py 1"},
		{"brunel-2", "the same on two threads", "s", perSecond(small, 2, 1), "brunel_brian2.py 2, brunel_nest.py 2"},
		{"brunel-large", "Brunel, 100 000 neurons, 1e8 synapses, two threads, per simulated second", "s", perSecond(large, 2, 0.2), "brunel_nest.py 2 80000 0.1"},
		{"brunel-build", "the same, to connect", "s", building(large, 2), "brunel_nest.py 2 80000 0 connect"},
		{"microcircuit", "cortical microcircuit, 77 169 neurons, 3e8 synapses, Poisson input, two threads, per simulated second", "s", perSecond(microcircuit, 2, 1), "microcircuit_nest.py 2 1 0.1"},
		{"microcircuit-build", "the same, to connect", "s", building(microcircuit, 2), "microcircuit_nest.py 2 1 0 connect"},
	}...), clean, nil
}

func small() *soma.Network { return brunel(8000) }

func large() *soma.Network { return brunel(80000) }

// noteStep runs the model file as it is, with all its probes.
func noteStep() (float64, error) {
	model, err := script.Load(note, script.Options{})
	if err != nil {
		return 0, err
	}
	return perStep(model.Network)
}

func goStep() (float64, error) {
	net := soma.New("A single neuron", 1)
	cell := net.Ensemble("cell", 1, 1)
	cell.Intercepts = dist.Constant{Value: -0.5}
	cell.MaxRates = dist.Constant{Value: 100}
	cell.Encoders = dist.Values(1)
	stimulus := net.Node("stimulus", signal.Func(func(t float64) float64 { return math.Cos(8 * t) }))
	net.Connect(stimulus, cell)
	net.Probe("input", stimulus)
	net.Probe("spikes", cell.Neurons)
	net.Probe("voltage", cell.Neurons, "voltage")
	net.Probe("decoded", cell)
	return perStep(net)
}

// perStep is the time of a step in µs, over 100 s.
func perStep(net *soma.Network) (float64, error) {
	s, err := sim.New(net, sim.Options{Threads: 1})
	if err != nil {
		return 0, err
	}
	const steps = 100_000
	start := time.Now()
	err = s.RunSteps(context.Background(), steps)
	return time.Since(start).Seconds() * 1e6 / steps, err
}

// whole is the time of the whole command in ms, from start to exit.
func whole(dir, command, figures string) func() (float64, error) {
	return func() (float64, error) {
		out := filepath.Join(dir, "single_neuron.out")
		start := time.Now()
		text, err := exec.Command(command, "run", note, "--figures", figures, "--out", out).CombinedOutput()
		if err != nil {
			return 0, failure(text, err)
		}
		return time.Since(start).Seconds() * 1e3, nil
	}
}

// neurons is the time of one neuron in one step, in ns: random constant
// currents that make 9 % of the neurons fire in a step.
func neurons() (float64, error) {
	const n, steps = 100_000, 200
	net := soma.New("neurons", 1)
	pop := net.Population("pop", n, neuron.LIF{})
	currents, err := dist.Uniform{Low: 1, High: 5}.Draw(dist.Stream{}, n, 1)
	if err != nil {
		return 0, err
	}
	net.Connect(net.Node("currents", signal.Constant(currents)), pop)
	s, err := sim.New(net, sim.Options{Threads: 1})
	if err != nil {
		return 0, err
	}
	if err := s.RunSteps(context.Background(), 50); err != nil {
		return 0, err
	}
	start := time.Now()
	err = s.RunSteps(context.Background(), steps)
	return time.Since(start).Seconds() * 1e9 / n / steps, err
}

// failure is a command's error with what it printed.
func failure(output []byte, err error) error {
	return fmt.Errorf("%w: %s", err, output)
}
