package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/neuron"
	"soma/signal"
)

// tally is a model with several receptors. Each state variable decays and counts
// what arrives at its receptor; the sum of all over 1 makes a spike.
type tally struct{ receptors int }

func (m tally) Spec() neuron.Spec {
	spec := neuron.Spec{Name: "tally", Spiking: true, Amplitude: 1}
	for r := range m.receptors {
		name := fmt.Sprintf("x%d", r)
		spec.Receptors = append(spec.Receptors, neuron.Receptor{Name: name})
		spec.States = append(spec.States, neuron.State{Name: name, Init: dist.Uniform{High: 0.4}})
	}
	return spec
}

func (m tally) NewStepper(neuron.Env) (neuron.Stepper, error) { return m, nil }

func (m tally) Step(b *neuron.Block) {
	for i := range b.Input {
		sum := b.Input[i]
		for r, x := range b.State {
			x[i] = float64(0.97*x[i]) + b.Arrived[r][i]
			sum += x[i]
		}
		if sum > 1 {
			b.State[0][i] = -1
			b.Fire(i, 0)
		}
	}
}

// What is sent to a receptor arrives there, however many there are, on any
// number of partitions as in the interpreter.
func TestAnyNumberOfReceptors(t *testing.T) {
	net := soma.New("receptors", 5)
	a, b := net.Population("a", 150, tally{5}), net.Population("b", 70, tally{3})
	for r := range 5 {
		c := net.Connect(a, a)
		c.Rule, c.Receptor = connect.FixedIndegree{K: 5}, fmt.Sprintf("x%d", r)
		c.Weight = connect.Uniform{High: 0.02 * float64(r+1)}
		if r < 3 {
			c = net.Connect(a, b)
			c.Rule, c.Receptor, c.Weight = connect.FixedIndegree{K: 6}, fmt.Sprintf("x%d", r), connect.Constant(0.03)
		}
	}
	for r := range 5 {
		net.Probe(fmt.Sprintf("a%d", r), a, fmt.Sprintf("x%d", r))
	}
	net.Probe("b2", b, "x2")
	net.Probe("spikes", b)
	bias := net.Connect(net.Node("bias", signal.Func(func(float64) float64 { return 0.8 })), a)
	bias.Transform = connect.Scale(1)

	p := compiledAt(t, net, 1*ms).Program
	const steps = 300
	in := interpreted(t, p, steps)
	somethingRecorded(t, p, in)
	for _, threads := range []int{1, 3} {
		e := executed(t, p, engine.Options{Threads: threads, Partitions: threads, Level: kernel.Best()}, steps)
		sameRecordings(t, fmt.Sprintf("%d threads", threads), p, e, in)
	}
}

func TestReceptorsMustBeNamed(t *testing.T) {
	net := soma.New("unnamed", 1)
	p := net.Population("p", 2, tally{3})
	c := net.Connect(p, p)
	c.Rule, c.Weight = connect.AllToAll{}, connect.Constant(1)
	want := "p->p.receptor: no receptor given; name one of: x0, x1, x2"
	if err := net.Check(1 * ms); err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}
