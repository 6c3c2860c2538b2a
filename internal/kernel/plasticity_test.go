package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"soma/internal/elementary"
)

// Potentiation by a power is the same at every level, for weights of all
// magnitudes and awkward ones.
func TestAddPowerIsTheSameAtEveryLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	awkward := []float64{0, math.Copysign(0, -1), -1, 5e-324, 1e-310, math.Inf(1), 1, math.MaxFloat64}
	for _, mu := range []float64{0, 0.02, 0.4, 1, 2.5} {
		for _, n := range []int{0, 1, 7, 8, 31, 1000} {
			w, k := make([]float64, n), make([]float64, n)
			for i := range w {
				w[i], k[i] = math.Exp(r.NormFloat64()*20), r.Float64()
				if i%5 == 0 {
					w[i] = awkward[r.IntN(len(awkward))]
				}
			}
			for _, level := range Levels() {
				got := append([]float64(nil), w...)
				AddPower(level, got, k, 0.1, mu)
				for i := range got {
					want := w[i] + float64(float64(0.1*Power(w[i], mu))*k[i])
					if math.Float64bits(got[i]) != math.Float64bits(want) {
						t.Fatalf("%v, mu %g, w %g, k %g: %g, want %g", level, mu, w[i], k[i], got[i], want)
					}
				}
				down := append([]float64(nil), w...)
				Depress(level, down, k, 1.5)
				for i := range down {
					want := max(0, w[i]-float64(float64(1.5*w[i])*k[i]))
					if math.IsInf(w[i], 1) && k[i] > 0 {
						want = 0 // ∞ − ∞
					}
					if math.Float64bits(down[i]) != math.Float64bits(want) {
						t.Fatalf("%v, w %g, k %g: %g, want %g", level, w[i], k[i], down[i], want)
					}
				}
				if mu == 2.5 || n < 1000 {
					continue
				}
				for i := range got {
					if x := elementary.Pow(w[i], mu); w[i] > 0 && math.Abs(Power(w[i], mu)-x) > 1e-13*x {
						t.Fatalf("%g^%g = %g, want %g", w[i], mu, Power(w[i], mu), x)
					}
				}
			}
		}
	}
}
