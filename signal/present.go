package signal

import (
	"fmt"
	"math"

	"soma/internal/param"
)

// Present shows inputs in turn, each for a duration, again and again.
type Present struct {
	Inputs   [][]float64 `param:"inputs" doc:"what is shown: a row for each input"`
	Duration float64     `param:"duration" unit:"s" check:">0" doc:"how long each is shown"`
}

// Size implements Signal.
func (p Present) Size() int {
	if len(p.Inputs) == 0 {
		return 0
	}
	return len(p.Inputs[0])
}

// Check implements Checker.
func (p Present) Check() []param.Problem {
	problems := param.Check(p)
	if p.Size() == 0 {
		return append(problems, param.Problem{Field: "inputs", Problem: "no inputs", Remedy: "give at least one row"})
	}
	for i, row := range p.Inputs {
		if len(row) != p.Size() {
			return append(problems, param.Problem{Field: "inputs", Problem: fmt.Sprintf("row %d has %d values and row 0 has %d", i, len(row), p.Size()), Remedy: "give rows of one length"})
		}
	}
	return problems
}

// CheckDt implements DtChecker.
func (p Present) CheckDt(dt float64) []param.Problem {
	if p.Duration >= dt*(1-1e-9) {
		return nil
	}
	return []param.Problem{{Field: "duration", Problem: param.Quantity(p.Duration, "s") + " is shorter than the step of " + param.Quantity(dt, "s"), Remedy: "show each for at least one step"}}
}

// Start implements Signal. The input of a step is the one that is shown at its
// beginning.
func (p Present) Start(env Env) (func(float64, []float64), error) {
	return func(t float64, out []float64) {
		i := int64(math.Floor((t-env.Dt)/p.Duration + 1e-7))
		copy(out, p.Inputs[i%int64(len(p.Inputs))])
	}, nil
}
