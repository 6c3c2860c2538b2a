package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/neuron"
)

// A variable that is no finite number any more stops the run, and is told with its
// neuron, the same on any number of threads.
func TestEquationsThatExplode(t *testing.T) {
	net := soma.New("explosion", 1)
	net.Population("cells", 200, &neuron.Equations{
		Text: "dv/dt = (v**2 - 1)*k/ms : 1", Method: "euler", Receptors: []neuron.EquationReceptor{{Name: "a", Statements: "v += w"}},
		Parameters: []neuron.Parameter{{Name: "k", Value: dist.Uniform{Low: -1, High: 0.1}}},
	}).Init = map[string]dist.Distribution{"v": dist.Constant{Value: 3}}
	p := compiledAt(t, net, 1*ms).Program
	first := ""
	for _, threads := range []int{1, 3} {
		e, err := engine.New(p, engine.Options{Threads: threads, Partitions: threads, Level: kernel.Best()})
		if err != nil {
			t.Fatal(err)
		}
		err = e.Run(context.Background(), 1000)
		if first == "" {
			first = fmt.Sprint(err)
		}
		if !strings.Contains(fmt.Sprint(err), "v is no longer a finite number") || fmt.Sprint(err) != first {
			t.Errorf("%d threads: %v, want %s", threads, err, first)
		}
	}
}

// Neurons from equations, with noise, draws and parameters of their own, give
// the same bits in the engine, on any number of partitions, as in the
// interpreter.
func TestEquationsEqualToInterpreter(t *testing.T) {
	net := soma.New("equations", 5)
	cells := net.Population("cells", 300, &neuron.Equations{
		Text: `
			dv/dt = (1.05 - v + g*(2 - v) - h*v + I)/tau + 0.05*xi/sqrt(10*ms) : 1 (unless refractory)
			dg/dt = -g/(2*ms) : 1
			dh/dt = -h/(5*ms) : 1`,
		Threshold: "v > 1 or rand() < 1e-3", Reset: "v = 0.1*rand()", Refractory: "1*ms + i*0.01*ms",
		Receptors:  []neuron.EquationReceptor{{Name: "exc", Statements: "g += w"}, {Name: "inh", Statements: "h += w"}, {Name: "kick", Statements: "v += w"}},
		Parameters: []neuron.Parameter{{Name: "tau", Value: dist.Uniform{Low: 5 * ms, High: 20 * ms}}},
	})
	for k, receptor := range []string{"exc", "inh", "kick"} {
		c := net.Connect(cells, cells)
		c.Rule, c.Receptor, c.Weight = connect.FixedIndegree{K: 8}, receptor, connect.Uniform{High: 0.02 * float64(k+1)}
		c.Delay = connect.Constant(1.5 * ms)
	}
	net.Probe("spikes", cells)
	net.Probe("v", cells, "v")
	net.Probe("tau", cells, "tau")

	const steps = 500
	p := compiledAt(t, net, 0.1*ms).Program
	in := interpreted(t, p, steps)
	somethingRecorded(t, p, in)
	for _, threads := range []int{1, 2, 3} {
		e := executed(t, p, engine.Options{Threads: threads, Partitions: threads, Level: kernel.Best()}, steps)
		sameRecordings(t, fmt.Sprintf("%d threads", threads), p, e, in)
	}
}
