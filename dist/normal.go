package dist

import (
	"fmt"
	"math"

	"soma/internal/elementary"
	"soma/internal/param"
	"soma/internal/rng"
)

// Zero is the value 0 for a parameter whose zero value means its default.
const Zero = param.Zero

// Normal is the Gaussian distribution, drawn anew until the value is within
// [Low, High].
type Normal struct {
	Mean float64 `param:"mean" doc:"mean, before bounding"`
	Std  float64 `param:"std" default:"1" check:">=0" doc:"standard deviation, before bounding"`
	Low  float64 `param:"low" default:"-inf" doc:"lower bound; default: none"`
	High float64 `param:"high" default:"inf" doc:"upper bound; default: none"`
}

// Check implements Checked.
func (g Normal) Check() []param.Problem {
	g = param.Resolve(g)
	if problems := append(param.Check(g), ordered(g.Low, g.High, "low", "high")...); problems != nil {
		return problems
	}
	if g.Std == 0 && (g.Mean < g.Low || g.Mean > g.High) || g.Std > 0 && g.below(g.High) <= g.below(g.Low) {
		return []param.Problem{{
			Field:   "low",
			Problem: fmt.Sprintf("no number of mean %g and deviation %g lies between %g and %g", g.Mean, g.Std, g.Low, g.High),
			Remedy:  "widen the bounds",
		}}
	}
	return nil
}

// Draw implements Distribution.
func (g Normal) Draw(stream Stream, n, d int) ([]float64, error) {
	g = param.Resolve(g)
	if g.bounded() {
		return g.drawBounded(stream, n, d), nil
	}
	return draw(stream, n, d, func(src *rng.Source) float64 {
		return g.Mean + float64(g.Std*src.Normal())
	}), nil
}

func (g Normal) bounded() bool {
	return g.Std > 0 && !(math.IsInf(g.Low, -1) && math.IsInf(g.High, 1))
}

// drawBounded reaches the distribution within bounds without redrawing: its
// quantile is that of the whole one between the probabilities of the bounds.
func (g Normal) drawBounded(stream Stream, n, d int) []float64 {
	first := g.below(g.Low)
	width := g.below(g.High) - first
	return draw(stream, n, d, func(src *rng.Source) float64 {
		p := first + float64(width*max(src.Float64(), 0x1p-53)) // at 0 the quantile is infinite
		return min(max(g.Mean+float64(g.Std*elementary.NormalQuantile(p)), g.Low), g.High)
	})
}

func (g Normal) below(x float64) float64 { return elementary.NormalBelow(x, g.Mean, g.Std) }
