package connect

import (
	"math"
	"slices"
	"testing"
)

// Skewed distributions by the distance of Kolmogorov and Smirnov, which is below
// 1.95/√n in 999 of 1000 cases.
func TestSkewedDistributions(t *testing.T) {
	for _, c := range []struct {
		name  string
		value Quantile
		cdf   func(x float64) float64
	}{
		{"lognormal", Lognormal{Mu: -1, Sigma: 0.5}, func(x float64) float64 { return 0.5 * math.Erfc(-(math.Log(x)+1)/0.5/math.Sqrt2) }},
		{"exponential", ShiftedExponential{Scale: 2, Shift: 1}, func(x float64) float64 { return 1 - math.Exp(-(x-1)/2) }},
	} {
		values := fill(c.value, 200, 101)
		slices.Sort(values)
		low, high := c.value.Bounds()
		if err := c.value.Check(Plan{}); err != nil || values[0] < low || values[len(values)-1] > high {
			t.Errorf("%s: %g to %g, bounds %g to %g; %v", c.name, values[0], values[len(values)-1], low, high, err)
		}
		distance, n := 0.0, float64(len(values))
		for i, x := range values {
			distance = max(distance, math.Abs(c.cdf(x)-(float64(i)+0.5)/n)+0.5/n)
		}
		if distance*math.Sqrt(n) > 1.95 {
			t.Errorf("%s: distance %.2f/√n from its distribution", c.name, distance*math.Sqrt(n))
		}
	}
	if x := (ShiftedExponential{Scale: 1, Shift: -2, High: -1}).At(math.MaxUint32); x != -1 {
		t.Errorf("the cut tail ends at %g", x)
	}
	for _, v := range []Value{Lognormal{Sigma: -1}, Lognormal{Mu: 1000}, ShiftedExponential{}, ShiftedExponential{Scale: math.Inf(1)}} {
		if v.Check(Plan{}) == nil {
			t.Errorf("%+v is accepted", v)
		}
	}
}
