package signal

import (
	"fmt"
	"math"
	"sort"

	"soma/internal/param"
)

// Pieces plays other signals, each from its time until that of the next; before
// the first time it is 0. The time that they see is that of the simulation.
type Pieces struct {
	Times   []float64 // s, rising
	Signals []Signal  // one for each time, of one size
}

// Size implements Signal.
func (p Pieces) Size() int {
	if len(p.Signals) == 0 {
		return 0
	}
	return p.Signals[0].Size()
}

// Start implements Signal.
func (p Pieces) Start(env Env) (func(float64, []float64), error) {
	if problems := p.Check(); problems != nil {
		return nil, fmt.Errorf("%s; %s", problems[0].Problem, problems[0].Remedy)
	}
	play := make([]func(float64, []float64), len(p.Signals))
	for i, s := range p.Signals {
		own := env
		own.Stream = env.Stream.Fork(uint64(i))
		var err error
		if play[i], err = s.Start(own); err != nil {
			return nil, err
		}
	}
	return func(t float64, out []float64) {
		if i := env.piece(p.Times, t); i >= 0 {
			play[i](t, out)
		} else {
			clear(out)
		}
	}, nil
}

// Check implements Checker.
func (p Pieces) Check() []param.Problem {
	if problems := checkTimes(p.Times, len(p.Signals)); problems != nil {
		return problems
	}
	for i, s := range p.Signals {
		if s.Size() != p.Size() {
			return valuesProblem(fmt.Sprintf("what begins at %g s has %d numbers, what begins at %g s has %d", p.Times[i], s.Size(), p.Times[0], p.Size()), "give values of one length")
		}
		if problems := Check(s, 0); problems != nil {
			return valuesProblem(fmt.Sprintf("at %g s: %s: %s", p.Times[i], problems[0].Field, problems[0].Problem), problems[0].Remedy)
		}
	}
	return nil
}

// CheckDt implements DtChecker.
func (p Pieces) CheckDt(dt float64) []param.Problem {
	for i, s := range p.Signals {
		if problems := Check(s, dt); problems != nil {
			return valuesProblem(fmt.Sprintf("at %g s: %s: %s", p.Times[i], problems[0].Field, problems[0].Problem), problems[0].Remedy)
		}
	}
	return nil
}

// piece is the last of the times that t has reached; −1 before the first. A step
// belongs to a piece when its end does, to within rounding.
func (e Env) piece(times []float64, t float64) int {
	return sort.SearchFloat64s(times, math.Nextafter(t+e.slack(), math.Inf(1))) - 1
}

// checkTimes says what is wrong with times that begin n pieces.
func checkTimes(times []float64, n int) []param.Problem {
	if len(times) == 0 || len(times) != n {
		return valuesProblem(fmt.Sprintf("%d times for %d values", len(times), n), "give one value per time")
	}
	for i, t := range times {
		if i > 0 && !(t > times[i-1]) || math.IsNaN(t) || math.IsInf(t, 0) {
			return valuesProblem(fmt.Sprintf("time %d is %g s", i, t), "give rising times")
		}
	}
	return nil
}

func valuesProblem(problem, remedy string) []param.Problem {
	return []param.Problem{{Field: "values", Problem: problem, Remedy: remedy}}
}
