package signal

import (
	"fmt"
	"math"
	"slices"

	"soma/internal/param"
)

// SpikeTrain gives spikes at given times: Amplitude/dt in the step that contains
// one, as neurons do. Each list of times is a value.
type SpikeTrain struct {
	Times     [][]float64 // s, a list for each value
	Amplitude float64     `param:"amplitude" default:"1" check:">0" doc:"area of a spike"`
}

// Size implements Signal.
func (s SpikeTrain) Size() int { return len(s.Times) }

// Check implements Checker.
func (s SpikeTrain) Check() []param.Problem {
	problems := param.Check(param.Resolve(s))
	for i, train := range s.Times {
		for k, t := range train {
			if !(t >= 0) || math.IsInf(t, 0) {
				return append(problems, param.Problem{Field: "times", Problem: fmt.Sprintf("spike %d of train %d is at %g s", k, i, t), Remedy: "give times from 0 on"})
			}
		}
	}
	return problems
}

// Start implements Signal. A spike on the border of two steps belongs to the one
// that ends there; one at 0 to the first.
func (s SpikeTrain) Start(env Env) (func(float64, []float64), error) {
	s = param.Resolve(s)
	steps := make([][]int64, len(s.Times))
	for i, train := range s.Times {
		for _, t := range train {
			steps[i] = append(steps[i], max(1, int64(math.Ceil(t/env.Dt-1e-6))))
		}
		slices.Sort(steps[i])
	}
	size := s.Amplitude / env.Dt
	return func(t float64, out []float64) {
		step := env.stepOf(t)
		for i, train := range steps {
			from, _ := slices.BinarySearch(train, step)
			to, _ := slices.BinarySearch(train, step+1)
			out[i] = float64(size * float64(to-from))
		}
	}, nil
}
