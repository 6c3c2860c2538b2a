package signal

import (
	"strings"
	"testing"
)

// values plays a signal at the ends of steps.
func values(t *testing.T, s Signal, dt float64, steps int) (list []float64) {
	t.Helper()
	play, err := s.Start(Env{Dt: dt})
	if err != nil {
		t.Fatal(err)
	}
	out := make([]float64, s.Size())
	for i := range steps {
		play(float64(i+1)*dt, out)
		list = append(list, out[0])
	}
	return list
}

func TestPiecewiseChangesInTheStepThatEndsAtItsTime(t *testing.T) {
	p := Piecewise{Times: []float64{0.003, 0.005}, Values: [][]float64{{1}, {-2}}}
	for _, dt := range []float64{0.001, 0.0001} {
		got := values(t, p, dt, int(0.006/dt+0.5))
		for i, x := range got {
			want := 0.0
			switch step := i + 1; {
			case step >= int(0.005/dt+0.5):
				want = -2
			case step >= int(0.003/dt+0.5):
				want = 1
			}
			if x != want {
				t.Errorf("dt %g, step %d: %g, want %g", dt, i+1, x, want)
			}
		}
	}
}

func TestPiecewiseErrors(t *testing.T) {
	for says, p := range map[string]Piecewise{
		"one value per time":    {Times: []float64{0, 1}, Values: [][]float64{{1}}},
		"rising times":          {Times: []float64{1, 1}, Values: [][]float64{{1}, {2}}},
		"values of one length":  {Times: []float64{0, 1}, Values: [][]float64{{1}, {2, 3}}},
		"at least 4 points":     {Times: []float64{0, 1, 2}, Values: [][]float64{{1}, {2}, {3}}, Interpolation: "cubic"},
		`give "zero", "linear"`: {Times: []float64{0}, Values: [][]float64{{1}}, Interpolation: "spline"},
	} {
		if _, err := p.Start(Env{Dt: 0.001}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want an error that says %q", err, says)
		}
	}
}

func TestSimpleSignals(t *testing.T) {
	for name, c := range map[string]struct {
		signal Signal
		want   float64 // in the third step of 1 ms
	}{
		"constant": {Constant{4, 5}, 4},
		"function": {Func(func(t float64) float64 { return 1000 * t }), 3},
		"vector":   {Vector{2, func(t float64, out []float64) { out[0], out[1] = t*2000, 0 }}, 6},
	} {
		if got := values(t, c.signal, 0.001, 3)[2]; got < c.want*(1-1e-12) || got > c.want*(1+1e-12) {
			t.Errorf("%s: %g, want %g", name, got, c.want)
		}
	}
}
