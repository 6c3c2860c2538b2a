package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"soma/internal/elementary"
)

// Powers are precise, and potentiation by them is the same at every level, for
// weights of all magnitudes and awkward ones.
func TestPowersAreTheSameAtEveryLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	awkward := []float64{0, math.Copysign(0, -1), -1, 5e-324, 1e-310, math.Inf(1), 1, math.MaxFloat64, 0x1p-1022, math.NaN()}
	for _, mu := range []float64{0, 0.02, 0.4, 0.999, 1, 2.5, 7.9, 12} {
		p := NewPower(mu)
		for _, n := range []int{0, 1, 7, 8, 31, 1000} {
			w, k := make([]float64, n), make([]float64, n)
			for i := range w {
				w[i], k[i] = math.Exp(r.NormFloat64()*20), r.Float64()
				if i%5 == 0 {
					w[i] = awkward[r.IntN(len(awkward))]
				}
				if x := elementary.Pow(w[i], mu); w[i] >= 0x1p-1022 && x > 1e-300 && !math.IsInf(x, 1) && !(math.Abs(p.Of(w[i])-x) <= (4+mu)*0x1p-52*x) {
					t.Errorf("%g^%g = %g, want %g", w[i], mu, p.Of(w[i]), x)
				}
			}
			for _, level := range Levels() {
				sameAfter(t, fmt.Sprint(level, " add ", mu), w, func(x []float64) { p.Add(level, x, k, 0.1) },
					func(i int) float64 { return w[i] + float64(float64(0.1*p.Of(w[i]))*k[i]) })
				sameAfter(t, fmt.Sprint(level, " raise ", mu), w, func(x []float64) { p.Raise(level, x) },
					func(i int) float64 { return p.Of(w[i]) })
			}
		}
	}
}

// Depression is the same at every level.
func TestDepressIsTheSameAtEveryLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	w, k := make([]float64, 1003), make([]float64, 1003)
	for i := range w {
		w[i], k[i] = math.Exp(r.NormFloat64()*20), r.Float64()
	}
	copy(w, []float64{0, math.Copysign(0, -1), -1, 5e-324, 1e-310, math.Inf(1), math.MaxFloat64, math.NaN()})
	for _, level := range Levels() {
		sameAfter(t, level.String(), w, func(x []float64) { Depress(level, x, k, 1.5) }, func(i int) float64 {
			if x := w[i] - float64(float64(1.5*w[i])*k[i]); x > 0 {
				return x
			}
			return 0
		})
	}
}

// sameAfter compares what a loop makes of x with what it should.
func sameAfter(t *testing.T, what string, x []float64, loop func(x []float64), want func(i int) float64) {
	t.Helper()
	got := append([]float64(nil), x...)
	loop(got)
	for i := range got {
		if w := want(i); math.Float64bits(got[i]) != math.Float64bits(w) && !(got[i] != got[i] && w != w) {
			t.Fatalf("%s of %g: %g, want %g", what, x[i], got[i], w)
		}
	}
}

// The generator of the assembly knows these offsets.
func TestOffsetsOfPowerTables(t *testing.T) {
	var p powerTables
	if unsafe.Offsetof(p.middle) != 128 || unsafe.Offsetof(p.series) != 256 || unsafe.Offsetof(p.octave) != 256+8*powerTerms || powerTerms != 8 {
		t.Error("the generator counts on other offsets")
	}
}
