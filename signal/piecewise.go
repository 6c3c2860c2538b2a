package signal

import (
	"fmt"
	"math"
	"sort"

	"soma/internal/param"
)

// Piecewise has given values at given times, and between them what Interpolation
// says:
//
//	"zero"     each value holds until the next; 0 before the first
//	"linear"   straight lines
//	"nearest"  the value that is nearest in time
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
	// A step belongs to a piece when its end does, to within rounding.
	slack := env.slack()
	last := len(p.Times) - 1
	between := p.interpolate()
	return func(t float64, out []float64) {
		i := sort.SearchFloat64s(p.Times, math.Nextafter(t+slack, math.Inf(1))) - 1
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
	case "cubic":
		return newSpline(p.Times, p.Values).at
	}
	return nil
}

// Check implements Checker.
func (p Piecewise) Check() []param.Problem {
	problem := func(field, problem, remedy string) []param.Problem {
		return []param.Problem{{Field: field, Problem: problem, Remedy: remedy}}
	}
	if len(p.Times) == 0 || len(p.Times) != len(p.Values) {
		return problem("values", fmt.Sprintf("%d times for %d values", len(p.Times), len(p.Values)), "give one value per time")
	}
	for i, t := range p.Times {
		if i > 0 && !(t > p.Times[i-1]) || math.IsNaN(t) || math.IsInf(t, 0) {
			return problem("values", fmt.Sprintf("time %d is %g s", i, t), "give rising times")
		}
		if len(p.Values[i]) != p.Size() {
			return problem("values", fmt.Sprintf("the value at %g s has %d numbers, the first has %d", t, len(p.Values[i]), p.Size()), "give values of one length")
		}
		for _, x := range p.Values[i] {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return problem("values", fmt.Sprintf("the value at %g s is %g", t, x), "give finite numbers")
			}
		}
	}
	switch p.Interpolation {
	case "", "zero", "linear", "nearest":
	case "cubic":
		if len(p.Times) < 4 {
			return problem("interpolation", fmt.Sprintf("a cubic spline through %d points", len(p.Times)), "give at least 4 points, or \"linear\"")
		}
	default:
		return problem("interpolation", fmt.Sprintf("%q", p.Interpolation), `give "zero", "linear", "nearest" or "cubic"`)
	}
	return nil
}
