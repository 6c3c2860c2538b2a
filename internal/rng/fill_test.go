package rng

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"soma/internal/elementary"
)

// The interpolated quantile is the computed one, in every cell.
func TestInterpolatedQuantile(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		u := r.Uint64()
		got, want := quantiles().at(u), elementary.NormalQuantile(open(u))
		if math.Abs(got-want) > 1e-8 {
			t.Fatalf("%x: %.17g, want %.17g", u, got, want)
		}
	}
	for _, u := range []uint64{0, 1, 1 << 53, 1<<53 - 1, bent << 53, bent<<53 - 1, (cells - bent) << 53, 1 << 63, 1<<64 - 1} {
		if got, want := quantiles().at(u), elementary.NormalQuantile(open(u)); math.Abs(got-want) > 1e-8 {
			t.Errorf("%x: %.17g, want %.17g", u, got, want)
		}
	}
}

// A range of elements is the same alone and as a part of another, and its words
// are those of the stream.
func TestFillKnowsTheElement(t *testing.T) {
	s := New(3, "path", "purpose")
	all := make([]float64, 20)
	s.Uniforms(0, 9, all)
	for first := range 6 {
		for n := range 6 {
			part := make([]float64, n)
			s.Uniforms(uint64(first), 9, part)
			if !slices.Equal(part, all[first:first+n]) {
				t.Errorf("%d from %d: %g, want %g", n, first, part, all[first:first+n])
			}
		}
	}
	for i, x := range all {
		source := s.Source(uint64(i / 2))
		source.draw = 9
		if i%2 == 1 {
			source.Uint64()
		}
		if want := source.Float64(); x != want {
			t.Errorf("element %d: %g, want %g", i, x, want)
		}
	}
}
