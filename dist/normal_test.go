package dist

import (
	"math"
	"slices"
	"testing"

	"soma/internal/rng"
)

// The bounded normal distribution has the conditional distribution function.
func TestBoundedNormal(t *testing.T) {
	phi := func(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }
	const n = 20000
	for _, g := range []Normal{{Mean: 1, Low: Zero}, {Mean: -1, Std: 2, High: Zero}, {Low: -1, High: 0.5}} {
		values, err := g.Draw(rng.New(1, "bounded", "test"), n, 1)
		if err != nil || Check(g) != nil {
			t.Fatal(err, Check(g))
		}
		slices.Sort(values)
		std, low, high := g.Std, g.Low, g.High
		if std == 0 {
			std = 1
		}
		if low == 0 {
			low = math.Inf(-1)
		}
		if high == 0 {
			high = math.Inf(1)
		}
		if values[0] < g.Low && g.Low != 0 || values[n-1] > high {
			t.Errorf("%+v: %g to %g", g, values[0], values[n-1])
		}
		first, last := phi((low-g.Mean)/std), phi((high-g.Mean)/std)
		for i, x := range values {
			want := (phi((x-g.Mean)/std) - first) / (last - first)
			if d := math.Abs(want - float64(i)/n); d > 1.95/math.Sqrt(n) {
				t.Errorf("%+v: the distribution function at %g is off by %g", g, x, d)
				break
			}
		}
	}
}

func TestBoundedNormalProblems(t *testing.T) {
	for _, c := range []struct {
		normal Normal
		field  string
	}{
		{Normal{Low: 1, High: -1}, "low"},
		{Normal{Mean: 2, Std: Zero, High: 1}, "low"},
		{Normal{Std: -1}, "std"},
		{Normal{High: math.NaN()}, "high"},
	} {
		problems := Check(c.normal)
		if len(problems) == 0 || problems[0].Field != c.field {
			t.Errorf("%+v: %v", c.normal, problems)
		}
	}
	values, err := Normal{Mean: 2, Std: Zero, Low: 1}.Draw(rng.New(1, "point", "test"), 3, 1)
	if err != nil || !slices.Equal(values, []float64{2, 2, 2}) {
		t.Errorf("without a deviation: %v, %v", values, err)
	}
}
