package signal

import (
	"fmt"
	"math"

	"soma/internal/param"
)

// Piecewise has given values at given times, and between them what Interpolation
// says:
//
//	"zero"     each value holds until the next; 0 before the first
//	"linear"   straight lines
//	"nearest"  the value that is nearest in time
//	"quadratic" a quadratic spline through at least three points, whose pieces meet
//	           half way between points
//	"cubic"    a cubic spline through at least four points, whose third derivative
//	           is continuous at the second point and the last but one
//
// All but "zero" are 0 before the first time and after the last, as in Nengo.
type Piecewise struct {
	Times         []float64   // s, rising
	Values        [][]float64 // one row per time, of one length
	Interpolation string      // default "zero"
}

// Size implements Signal.
func (p Piecewise) Size() int {
	if len(p.Values) == 0 {
		return 0
	}
	return len(p.Values[0])
}

// Start implements Signal.
func (p Piecewise) Start(env Env) (func(float64, []float64), error) {
	if problems := p.Check(); problems != nil {
		return nil, fmt.Errorf("%s; %s", problems[0].Problem, problems[0].Remedy)
	}
	slack := env.slack()
	last := len(p.Times) - 1
	between := p.interpolate()
	return func(t float64, out []float64) {
		i := env.piece(p.Times, t)
		switch {
		case i < 0 || between != nil && t > p.Times[last]+slack:
			clear(out)
		case between == nil || i == last:
			copy(out, p.Values[i])
		default:
			between(i, (t-p.Times[i])/(p.Times[i+1]-p.Times[i]), out)
		}
	}, nil
}

// interpolate gives the values at a part u, from 0 to 1, of the way from point i to
// the next; nil where they hold.
func (p Piecewise) interpolate() func(i int, u float64, out []float64) {
	switch p.Interpolation {
	case "linear":
		return func(i int, u float64, out []float64) {
			for j := range out {
				a := p.Values[i][j]
				out[j] = a + float64(u*(p.Values[i+1][j]-a))
			}
		}
	case "nearest":
		return func(i int, u float64, out []float64) {
			if u > 0.5 {
				i++
			}
			copy(out, p.Values[i])
		}
	case "quadratic":
		return newQuadratic(p.Times, p.Values).at
	case "cubic":
		return newSpline(p.Times, p.Values).at
	}
	return nil
}

// Check implements Checker.
func (p Piecewise) Check() []param.Problem {
	if problems := checkTimes(p.Times, len(p.Values)); problems != nil {
		return problems
	}
	for i, t := range p.Times {
		if len(p.Values[i]) != p.Size() {
			return valuesProblem(fmt.Sprintf("the value at %g s has %d numbers, the first has %d", t, len(p.Values[i]), p.Size()), "give values of one length")
		}
		for _, x := range p.Values[i] {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return valuesProblem(fmt.Sprintf("the value at %g s is %g", t, x), "give finite numbers")
			}
		}
	}
	problem := func(problem, remedy string) []param.Problem {
		return []param.Problem{{Field: "interpolation", Problem: problem, Remedy: remedy}}
	}
	fewest := map[string]int{"": 1, "zero": 1, "linear": 1, "nearest": 1, "quadratic": 3, "cubic": 4}
	switch n, known := fewest[p.Interpolation]; {
	case !known:
		return problem(fmt.Sprintf("%q", p.Interpolation), `give "zero", "linear", "nearest", "quadratic" or "cubic"`)
	case len(p.Times) < n:
		return problem(fmt.Sprintf("a %s spline through %d points", p.Interpolation, len(p.Times)), fmt.Sprintf("give at least %d points, or \"linear\"", n))
	}
	return nil
}
