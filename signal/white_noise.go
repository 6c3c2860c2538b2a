package signal

import (
	"math"

	"soma/dist"
	"soma/internal/param"
	"soma/internal/rng"
)

// WhiteNoise draws every value anew in every step, from Dist (default: the
// standard normal distribution). It is divided by √dt, so that its power in a
// frequency band, and what a filter makes of it, do not depend on the step;
// Unscaled leaves that out, and values have the distribution itself.
type WhiteNoise struct {
	Dist     dist.Distribution `param:"dist" default:"dist.normal()" doc:"what is drawn"`
	Unscaled bool              `param:"no_scale" doc:"do not divide by the root of the step: values then have the distribution itself"`
	Dims     int               `param:"size" default:"1" doc:"number of values"`
}

// Size implements Signal.
func (w WhiteNoise) Size() int { return max(1, w.Dims) }

// Sized implements Sizable.
func (w WhiteNoise) Sized(n int) Signal { w.Dims = n; return w }

// Check implements Checker.
func (w WhiteNoise) Check() []param.Problem { return checkNoise(w.Dist, w.Dims) }

// Start implements Signal.
func (w WhiteNoise) Start(env Env) (func(float64, []float64), error) {
	scale := 1.0
	if !w.Unscaled {
		scale = 1 / math.Sqrt(env.Dt)
	}
	draw := drawer(w.Dist, env.Stream)
	return func(t float64, out []float64) {
		draw(env.stepOf(t), out)
		for i := range out {
			out[i] = float64(out[i] * scale)
		}
	}, nil
}

func checkNoise(d dist.Distribution, dims int) []param.Problem {
	if dims < 0 {
		return []param.Problem{{Field: "size", Problem: "a negative number of values", Remedy: "give at least 1"}}
	}
	if d == nil {
		return nil
	}
	problems := dist.Check(d)
	for i := range problems {
		problems[i].Field = "dist." + problems[i].Field
	}
	return problems
}

// drawer draws the values of a step. The normal distribution without bounds takes
// the words at (value, step); others draw points from a stream of the step's own.
func drawer(d dist.Distribution, stream rng.Stream) func(step int64, out []float64) {
	if d == nil {
		d = dist.Normal{}
	}
	if normal, ok := d.(dist.Normal); ok {
		if g := param.Resolve(normal); math.IsInf(g.Low, -1) && math.IsInf(g.High, 1) {
			return func(step int64, out []float64) {
				stream.Normals(0, uint64(step), out)
				for i, x := range out {
					out[i] = g.Mean + float64(g.Std*x)
				}
			}
		}
	}
	return func(step int64, out []float64) {
		values, err := d.Draw(stream.Fork(uint64(step)), len(out), 1)
		if err != nil {
			panic(err) // shown as a mistake of the node's
		}
		copy(out, values)
	}
}
