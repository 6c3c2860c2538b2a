package dist

import (
	"math"
	"slices"
	"testing"

	"soma/internal/rng"
)

// The distribution functions are those of the closed forms.
func TestVectorParts(t *testing.T) {
	const n = 20000
	for name, c := range map[string]struct {
		dist Distribution
		cdf  func(x float64) float64
	}{
		"one of three values":        {SqrtBeta{N: 2}, func(x float64) float64 { return x }},
		"two of four values":         {SqrtBeta{N: 2, M: 2}, func(x float64) float64 { return x * x }},
		"two of six values":          {SqrtBeta{N: 4, M: 2}, func(x float64) float64 { return 1 - (1-x*x)*(1-x*x) }},
		"cosine in two dimensions":   {CosineSimilarity{2}, func(x float64) float64 { return 0.5 + math.Asin(x)/math.Pi }},
		"cosine in three dimensions": {CosineSimilarity{3}, func(x float64) float64 { return (1 + x) / 2 }},
		"cosine in five dimensions":  {CosineSimilarity{5}, func(x float64) float64 { return (2 + 3*x - x*x*x) / 4 }},
	} {
		values, err := c.dist.Draw(rng.New(1, name, "test"), n, 1)
		if err != nil || Check(c.dist) != nil {
			t.Fatal(err, Check(c.dist))
		}
		slices.Sort(values)
		for i, x := range values {
			if d := math.Abs(c.cdf(x) - float64(i)/n); d > 1.95/math.Sqrt(n) {
				t.Errorf("%s: the distribution function at %g is off by %g", name, x, d)
				break
			}
		}
	}
	for _, d := range []Distribution{SqrtBeta{}, SqrtBeta{N: 2, M: -1}, CosineSimilarity{1}} {
		if Check(d) == nil {
			t.Errorf("%+v is accepted", d)
		}
	}
}
