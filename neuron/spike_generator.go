package neuron

import (
	"fmt"
	"math"
	"sort"

	"soma/internal/param"
)

// SpikeGenerator fires at given times, each neuron of the population alike.
// Times are rounded to the end of a step (halves up).
type SpikeGenerator struct {
	SpikeTimes []float64 `param:"spike_times" unit:"s" doc:"when to fire, rising; a time given twice fires twice"`
}

// Spec implements Model.
func (SpikeGenerator) Spec() Spec {
	return Spec{Name: "spike_generator", Spiking: true, Amplitude: 1}
}

// Check implements Checker.
func (m SpikeGenerator) Check() []param.Problem {
	for i, t := range m.SpikeTimes {
		if !(t > 0) || math.IsInf(t, 0) {
			return []param.Problem{{Field: "spike_times", Problem: fmt.Sprintf("time %d is %g s", i, t), Remedy: "give times above 0"}}
		}
		if i > 0 && t < m.SpikeTimes[i-1] {
			return []param.Problem{{Field: "spike_times", Problem: fmt.Sprintf("time %d, %g s, comes before the one it follows, %g s", i, t, m.SpikeTimes[i-1]), Remedy: "give rising times"}}
		}
	}
	return nil
}

// NewStepper implements Model.
func (m SpikeGenerator) NewStepper(env Env) (Stepper, error) {
	s := spikeStepper{dt: env.Dt}
	for _, t := range m.SpikeTimes {
		s.steps = append(s.steps, max(1, int64(math.Floor(t/env.Dt+0.5))))
	}
	return s, nil
}

type spikeStepper struct {
	dt    float64
	steps []int64
}

func (s spikeStepper) Step(b *Block) {
	first := sort.Search(len(s.steps), func(k int) bool { return s.steps[k] >= b.Step })
	for i := range b.Input {
		for k := first; k < len(s.steps) && s.steps[k] == b.Step; k++ {
			b.Fire(i, s.dt)
		}
	}
}
