package engine_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/neuron"
	"soma/signal"
	"soma/synapse"
)

// apart is a network whose point neurons need nothing but each other, while a node
// filters their spikes. In a step, look is called.
func apart(look func(t float64) float64) *soma.Network {
	net := soma.New("apart", 5)
	exc := net.Population("exc", 80, neuron.IafPscExp{IE: 385 * pA})
	inh := net.Population("inh", 20, neuron.IafPscAlpha{IE: 380 * pA})
	for _, p := range []*soma.Population{exc, inh} {
		p.Init = map[string]dist.Distribution{"V_m": dist.Uniform{Low: -70 * mV, High: -56 * mV}}
		net.Probe("spikes of "+p.Name, p)
	}
	for _, s := range []struct {
		from   *soma.Population
		weight float64
	}{{exc, 40 * pA}, {inh, -160 * pA}} {
		for _, to := range []*soma.Population{exc, inh} {
			c := net.Connect(s.from, to)
			c.Rule, c.Weight = connect.FixedIndegree{K: 8}, connect.Normal{Mean: s.weight, Std: 5 * pA}
			c.Delay = connect.Uniform{Low: 0.1 * ms, High: 3 * ms}
		}
	}

	mean := make([]float64, 80)
	for i := range mean {
		mean[i] = 1.0 / 80
	}
	rate := net.Passthrough("rate", 1)
	out := net.Connect(exc, rate)
	out.Transform, out.Synapse = connect.Dense{mean}, synapse.Lowpass{Tau: 20 * ms}
	net.Probe("rate", rate)
	net.Probe("time", net.Node("time", signal.Func(look)))
	return net
}

func now(t float64) float64 { return t }

// Cells that need nothing but each other take many steps at once. Nobody can tell:
// not the interpreter, nor a run in pieces.
func TestCellsAheadOfTheRest(t *testing.T) {
	const steps = 700
	p := compiledAt(t, apart(now), 0.1*ms).Program
	in := interpreted(t, p, steps)
	somethingRecorded(t, p, in)
	for _, threads := range []int{1, 2, 3} {
		for _, pieces := range [][]int64{{steps}, {1, 2, 30, 7, 16, steps - 56}} {
			e, err := engine.New(p, engine.Options{Threads: threads, Partitions: threads, Level: kernel.Best()})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // and once more, after a reset
				for _, n := range pieces {
					if err := e.Run(t.Context(), n); err != nil {
						t.Fatal(err)
					}
				}
				sameRecordings(t, fmt.Sprintf("%d threads, pieces %v", threads, pieces), p, e, in)
				if err := e.Reset(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// A run that is interrupted goes on where it was.
func TestInterruptedCellsGoOn(t *testing.T) {
	const steps = 60_000
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := compiledAt(t, apart(func(t float64) float64 {
		if t > 3*ms {
			cancel()
		}
		return t
	}), 0.1*ms).Program
	e, err := engine.New(p, engine.Options{Threads: 2, Partitions: 2, Level: kernel.Best()})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Run(ctx, steps); !errors.Is(err, context.Canceled) || e.Steps() >= steps {
		t.Fatalf("%d steps done, error %v; want fewer than %d, and %v", e.Steps(), err, steps, context.Canceled)
	}
	if err := e.Run(t.Context(), 101); err != nil {
		t.Fatal(err)
	}
	sameRecordings(t, "interrupted", p, e, interpreted(t, p, int(e.Steps())))
}
