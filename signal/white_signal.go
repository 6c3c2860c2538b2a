package signal

import (
	"fmt"
	"math"

	"soma/internal/elementary"
	"soma/internal/param"
	"soma/internal/rng"
)

// WhiteSignal is a smooth random signal that repeats itself after Period: all
// multiples of 1/Period up to High take part alike, with Gaussian amplitudes, and
// no others. RMS is the expected root mean square.
//
// With Y0 given, each value starts at the time of the period at which it is
// nearest to Y0.
type WhiteSignal struct {
	Period float64  `param:"period" unit:"s" check:">0" doc:"after which it repeats itself"`
	High   float64  `param:"high" unit:"Hz" check:">0" doc:"highest frequency"`
	RMS    float64  `param:"rms" default:"0.5" check:">=0" doc:"expected root mean square"`
	Y0     *float64 `param:"y0" doc:"value at the start; default: as it comes"`
	Dims   int      `param:"size" default:"1" doc:"number of values"`
}

// Size implements Signal.
func (w WhiteSignal) Size() int { return max(1, w.Dims) }

// Sized implements Sizable.
func (w WhiteSignal) Sized(n int) Signal { w.Dims = n; return w }

// Check implements Checker.
func (w WhiteSignal) Check() []param.Problem {
	problems := param.Check(param.Resolve(w))
	if problems == nil && !(w.High*w.Period >= 1-1e-9) {
		problems = []param.Problem{{
			Field:   "high",
			Problem: fmt.Sprintf("%s is below the lowest frequency of a period of %s, %s", param.Quantity(w.High, "Hz"), param.Quantity(w.Period, "s"), param.Quantity(1/w.Period, "Hz")),
			Remedy:  "give a higher frequency, or a longer period",
		}}
	}
	return append(problems, checkNoise(nil, w.Dims)...)
}

// CheckDt implements DtChecker.
func (w WhiteSignal) CheckDt(dt float64) []param.Problem {
	if w.High*dt < 0.5 {
		return nil
	}
	return []param.Problem{{
		Field:   "high",
		Problem: fmt.Sprintf("%s cannot be shown in steps of %s", param.Quantity(w.High, "Hz"), param.Quantity(dt, "s")),
		Remedy:  fmt.Sprintf("keep it below half a step, %s", param.Quantity(0.5/dt, "Hz")),
	}}
}

// Start implements Signal: a sum of harmonics, whose values at the steps of a
// period are all in one table.
func (w WhiteSignal) Start(env Env) (func(float64, []float64), error) {
	w = param.Resolve(w)
	n := max(2, env.stepOf(w.Period))
	harmonics := int(min(math.Floor(w.High*w.Period*(1+1e-9)), float64((n-1)/2)))
	if harmonics < 1 {
		return nil, fmt.Errorf("a period of %s has no frequency up to %s", param.Quantity(w.Period, "s"), param.Quantity(w.High, "Hz"))
	}
	s := series{n: n, cosine: make([]float64, n), sine: make([]float64, n)}
	for i := range n {
		angle := float64(2 * math.Pi * (float64(i) / float64(n)))
		s.cosine[i], s.sine[i] = elementary.Cos(angle), elementary.Sin(angle)
	}
	size := w.RMS / math.Sqrt(float64(harmonics))
	for i := range w.Size() {
		s.draw(env.Stream.Source(uint64(i)), harmonics, size)
		if w.Y0 != nil {
			s.align(i, *w.Y0)
		}
	}
	return func(t float64, out []float64) {
		for i := range out {
			out[i] = s.at(i, env.stepOf(t))
		}
	}, nil
}

// series are sums of harmonics with a period of n steps.
type series struct {
	n            int64
	cosine, sine []float64   // of one period
	a, b         [][]float64 // their factors, for each value
	start        []int64     // the step at which each value starts
}

// draw adds a value.
func (s *series) draw(source *rng.Source, harmonics int, size float64) {
	a, b := make([]float64, harmonics), make([]float64, harmonics)
	for k := range a {
		a[k] = float64(size * source.Normal())
		b[k] = float64(size * source.Normal())
	}
	s.a, s.b, s.start = append(s.a, a), append(s.b, b), append(s.start, 0)
}

// align lets value i be nearest to y in the first step.
func (s *series) align(i int, y float64) {
	best, nearest := math.Inf(1), int64(0)
	for step := range s.n {
		if d := math.Abs(y - s.at(i, step)); d < best {
			best, nearest = d, step
		}
	}
	s.start[i] = nearest - 1
}

// at is value i in a step.
func (s *series) at(i int, step int64) float64 {
	place := ((step+s.start[i])%s.n + s.n) % s.n
	sum, angle := 0.0, int64(0)
	for k, a := range s.a[i] {
		if angle += place; angle >= s.n {
			angle -= s.n
		}
		sum += float64(a*s.cosine[angle]) + float64(s.b[i][k]*s.sine[angle])
	}
	return sum
}
