package signal

import (
	"math"
	"strings"
	"testing"

	"soma/dist"
)

// SciPy 1.17: interp1d(times, values, kind="quadratic"), every millisecond.
var scipyQuadratic = []float64{
	0.4034816231689721, 0.7052224347534584, 0.9052224347534583, 1.0034816231689718, 1.0, 0.8947775652465417,
	0.6878143189085972, 0.37911026098616674, -0.0033118720605782633, -0.29131566147060667, -0.4568783707837475,
	-0.5, -0.42068054911936503, -0.21892001814184192, 0.10528159293256889, 0.5519242841038685, 1.0233264397621844,
	1.4218064442976448, 1.7473642977102495, 2.0, 2.1797135511668952, 2.2865049512109348, 2.32037420013212,
	2.28132129793045, 2.169346244605924, 1.984449040158543, 1.7266296845883085, 1.3958881778952175,
	0.992224520079271, 0.5156387111404713, 0, 0, 0,
}

func TestQuadraticAgainstSciPy(t *testing.T) {
	p := Piecewise{
		Times: []float64{0, 0.005, 0.012, 0.02, 0.0305}, Values: [][]float64{{0}, {1}, {-0.5}, {2}, {0.25}},
		Interpolation: "quadratic",
	}
	for i, row := range course(t, p, 0.001, len(scipyQuadratic)) {
		if want := scipyQuadratic[i]; math.Abs(row[0]-want) > 1e-13 {
			t.Errorf("step %d: %.17g, SciPy %.17g", i+1, row[0], want)
		}
	}
}

// A parabola is interpolated exactly, through three points or more; in two values
// at a time, at any distances.
func TestQuadraticIsExactForParabolas(t *testing.T) {
	parabola := func(t float64) []float64 { return []float64{3 - 2*t + 5*t*t, t * t} }
	for _, times := range [][]float64{{0, 0.3, 1}, {0, 0.1, 0.5, 1}, {0, 0.1, 0.15, 0.8, 0.81, 1}} {
		p := Piecewise{Times: times, Interpolation: "quadratic"}
		for _, t := range times {
			p.Values = append(p.Values, parabola(t))
		}
		for i, row := range course(t, p, 0.01, 100) {
			for k, want := range parabola(float64(i+1) * 0.01) {
				if math.Abs(row[k]-want) > 1e-13 {
					t.Errorf("%v, step %d: %v, want %v", times, i+1, row[k], want)
				}
			}
		}
	}
}

func TestPiecesPlayOneAfterTheOther(t *testing.T) {
	p := Pieces{
		Times:   []float64{0.003, 0.005, 0.008},
		Signals: []Signal{Constant{7}, Func(func(t float64) float64 { return 1000 * t }), Piecewise{Times: []float64{0.009}, Values: [][]float64{{4}}}},
	}
	for i, want := range []float64{0, 0, 7, 7, 5, 6, 7, 0, 4, 4} {
		if got := course(t, p, 0.001, 10)[i][0]; math.Abs(got-want) > 1e-12 {
			t.Errorf("step %d: %g, want %g", i+1, got, want)
		}
	}
}

// Noise of two pieces is not the same, and what is wrong with one is said.
func TestPiecesAreChecked(t *testing.T) {
	noise := WhiteNoise{Dist: dist.Normal{Std: 1}}
	rows := course(t, Pieces{Times: []float64{0, 0.5}, Signals: []Signal{noise, noise}}, 0.1, 10)
	seen := map[float64]bool{}
	for _, row := range rows {
		seen[row[0]] = true
	}
	if len(seen) != len(rows) {
		t.Errorf("%d different numbers in %d steps", len(seen), len(rows))
	}
	for want, p := range map[string]Pieces{
		"0 times for 0 values": {},
		"2 times for 1 values": {Times: []float64{0, 1}, Signals: []Signal{Constant{1}}},
		"time 1 is 0 s":        {Times: []float64{0, 0}, Signals: []Signal{Constant{1}, Constant{1}}},
		"what begins at 1 s has 2 numbers, what begins at 0 s has 1": {Times: []float64{0, 1}, Signals: []Signal{Constant{1}, Constant{1, 2}}},
		"at 0 s: dist.std": {Times: []float64{0}, Signals: []Signal{WhiteNoise{Dist: dist.Normal{Std: -1}}}},
	} {
		problems := p.Check()
		if len(problems) != 1 || !strings.Contains(problems[0].Problem, want) {
			t.Errorf("%v, want %q", problems, want)
		}
		if _, err := p.Start(Env{Dt: 0.001}); err == nil {
			t.Errorf("%q: it starts", want)
		}
	}
}
