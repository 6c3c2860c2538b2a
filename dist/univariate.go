package dist

import (
	"math"

	"soma/internal/elementary"
	"soma/internal/param"
	"soma/internal/rng"
)

// Constant gives the same value everywhere.
type Constant struct {
	Value float64 `param:"value" doc:"the value"`
}

// Draw implements Distribution.
func (c Constant) Draw(_ Stream, n, d int) ([]float64, error) {
	out := make([]float64, n*d)
	for i := range out {
		out[i] = c.Value
	}
	return out, nil
}

// Uniform is the uniform distribution on [Low, High); with Low = High it is
// that value.
type Uniform struct {
	Low  float64 `param:"low" doc:"lower bound, included"`
	High float64 `param:"high" doc:"upper bound, excluded"`
}

// Check implements Checked.
func (u Uniform) Check() []param.Problem { return ordered(u.Low, u.High, "low", "high") }

// Draw implements Distribution.
func (u Uniform) Draw(stream Stream, n, d int) ([]float64, error) {
	width := u.High - u.Low
	return draw(stream, n, d, func(src *rng.Source) float64 {
		return u.Low + float64(width*src.Float64())
	}), nil
}

// Lognormal is the distribution of exp(x) with x Gaussian.
type Lognormal struct {
	Mu    float64 `param:"mu" doc:"mean of the logarithm"`
	Sigma float64 `param:"sigma" default:"1" check:">=0" doc:"standard deviation of the logarithm"`
}

// Check implements Checked.
func (l Lognormal) Check() []param.Problem { return param.Check(param.Resolve(l)) }

// Draw implements Distribution.
func (l Lognormal) Draw(stream Stream, n, d int) ([]float64, error) {
	l = param.Resolve(l)
	return draw(stream, n, d, func(src *rng.Source) float64 {
		return elementary.Exp(l.Mu + float64(l.Sigma*src.Normal()))
	}), nil
}

// Exponential is the exponential distribution, shifted, with its tail cut.
type Exponential struct {
	Scale float64 `param:"scale" default:"1" check:">0" doc:"mean of the unshifted, uncut distribution"`
	Shift float64 `param:"shift" doc:"added to every value"`
	High  float64 `param:"high" doc:"values above are cut to it; 0: no cut"`
}

// Check implements Checked.
func (e Exponential) Check() []param.Problem { return param.Check(param.Resolve(e)) }

// Draw implements Distribution.
func (e Exponential) Draw(stream Stream, n, d int) ([]float64, error) {
	e = param.Resolve(e)
	high := e.High
	if high == 0 {
		high = math.Inf(1)
	}
	return draw(stream, n, d, func(src *rng.Source) float64 {
		return min(e.Shift+float64(e.Scale*src.Exp()), high)
	}), nil
}
