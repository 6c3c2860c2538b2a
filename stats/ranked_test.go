package stats

import (
	"math"
	"slices"
	"testing"
)

// Sorting finds the same.
func TestRanked(t *testing.T) {
	r := source(3)
	for name, draw := range map[string]func() float64{
		"normal":      r.NormFloat64,
		"large":       func() float64 { return math.Exp(300 * r.NormFloat64()) },
		"alike":       func() float64 { return 0.5 + math.Round(2*r.NormFloat64()) },
		"one number":  func() float64 { return -3 },
		"neighbours":  func() float64 { return math.Float64frombits(0x3ff0_0000_0000_0000 + r.Uint64N(9)) },
		"not a few ∞": func() float64 { return 1 / math.Round(2*r.NormFloat64()) },
	} {
		samples := make([]float64, 1000)
		for i := range samples {
			samples[i] = draw()
		}
		sorted := slices.DeleteFunc(slices.Sorted(slices.Values(samples)), func(v float64) bool { return !finite(v) })
		places := []int{0, 1, len(sorted) / 4, len(sorted) * 3 / 4, len(sorted) - 1}
		for k, got := range ranked(slices.Values(samples), places...) {
			if want := sorted[places[k]]; got != want {
				t.Errorf("%s: %v at place %d, want %v", name, got, places[k], want)
			}
		}
	}
}
