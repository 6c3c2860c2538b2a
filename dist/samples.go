package dist

import (
	"fmt"
	"math"

	"soma/internal/elementary"
	"soma/internal/param"
	"soma/internal/rng"
)

// Samples are given points: one row per neuron (or evaluation point), each of d
// values. Drawing any other number of points is an error.
type Samples [][]float64

// Values makes one-dimensional samples.
func Values(values ...float64) Samples {
	s := make(Samples, len(values))
	for i, v := range values {
		s[i] = []float64{v}
	}
	return s
}

// Check implements Checked: rows must be finite and of one length.
func (s Samples) Check() []param.Problem {
	for i, row := range s {
		if len(row) != len(s[0]) {
			return []param.Problem{{
				Problem: fmt.Sprintf("row %d has %d values and row 0 has %d", i, len(row), len(s[0])),
				Remedy:  "give rows of one length",
			}}
		}
		for j, x := range row {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return []param.Problem{{
					Problem: fmt.Sprintf("value [%d][%d] is %g", i, j, x),
					Remedy:  "give finite numbers",
				}}
			}
		}
	}
	return nil
}

// Draw implements Distribution.
func (s Samples) Draw(_ Stream, n, d int) ([]float64, error) {
	if len(s) != n || n > 0 && len(s[0]) != d {
		cols := 0
		if len(s) > 0 {
			cols = len(s[0])
		}
		return nil, fmt.Errorf("%d × %d values given, %d × %d needed", len(s), cols, n, d)
	}
	out := make([]float64, 0, n*d)
	for _, row := range s {
		out = append(out, row...)
	}
	return out, nil
}

// Choice draws rows of Options with the probabilities Weights (nil: all alike).
type Choice struct {
	Options [][]float64 `param:"options" doc:"rows to choose from"`
	Weights []float64   `param:"weights" doc:"probabilities of the rows; default: all alike"`
}

// Check implements Checked.
func (c Choice) Check() []param.Problem {
	if len(c.Options) == 0 {
		return []param.Problem{{Field: "options", Problem: "no options given", Remedy: "give at least one"}}
	}
	if c.Weights != nil && len(c.Weights) != len(c.Options) {
		return []param.Problem{{
			Field:   "weights",
			Problem: fmt.Sprintf("%d weights for %d options", len(c.Weights), len(c.Options)),
			Remedy:  "give one weight per option",
		}}
	}
	total := 0.0
	for _, w := range c.Weights {
		if !(w >= 0) {
			return []param.Problem{{Field: "weights", Problem: fmt.Sprintf("weight %g", w), Remedy: "give weights of 0 or more"}}
		}
		total += w
	}
	if c.Weights != nil && !(total > 0) {
		return []param.Problem{{Field: "weights", Problem: "all weights are 0", Remedy: "give at least one positive weight"}}
	}
	return Samples(c.Options).Check()
}

// Draw implements Distribution.
func (c Choice) Draw(stream Stream, n, d int) ([]float64, error) {
	if len(c.Options) == 0 || len(c.Options[0]) != d {
		return nil, fmt.Errorf("options of %d values given, %d needed", len(c.Options[0]), d)
	}
	out := make([]float64, 0, n*d)
	for i := range n {
		out = append(out, c.Options[c.pick(stream.Source(uint64(i)))]...)
	}
	return out, nil
}

func (c Choice) pick(src *rng.Source) int {
	if c.Weights == nil {
		return src.IntN(len(c.Options))
	}
	total := 0.0
	for _, w := range c.Weights {
		total += w
	}
	u := float64(total * src.Float64())
	for i, w := range c.Weights {
		if u -= w; u < 0 {
			return i
		}
	}
	return len(c.Weights) - 1
}

// UniformHypersphere draws points from the unit ball, or from its surface.
type UniformHypersphere struct {
	Surface bool    `param:"surface" doc:"draw from the surface only"`
	MinMag  float64 `param:"min_magnitude" check:"0..1" doc:"smallest length of a point inside the ball"`
}

// Check implements Checked.
func (h UniformHypersphere) Check() []param.Problem { return param.Check(h) }

// Draw implements Distribution.
func (h UniformHypersphere) Draw(stream Stream, n, d int) ([]float64, error) {
	out := make([]float64, n*d)
	for i := range n {
		src := stream.Source(uint64(i))
		point := out[i*d : (i+1)*d]
		for j := range point {
			point[j] = src.Normal()
		}
		length := 1.0
		if !h.Surface {
			length = radius(src.Float64(), h.MinMag, d)
		}
		setLength(point, length)
	}
	return out, nil
}

// radius maps u in [0, 1) to the length of a point that is uniform in the part
// of the d-dimensional unit ball outside of the radius low.
func radius(u, low float64, d int) float64 {
	inner := elementary.Pow(low, float64(d))
	return elementary.Pow(inner+float64((1-inner)*u), 1/float64(d))
}

// setLength scales a point to the given length.
func setLength(point []float64, length float64) {
	sum := 0.0
	for _, x := range point {
		sum += float64(x * x)
	}
	if sum == 0 {
		point[0], sum = 1, 1
	}
	scale := length / math.Sqrt(sum)
	for j := range point {
		point[j] = float64(point[j] * scale)
	}
}
