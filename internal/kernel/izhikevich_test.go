package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// izhikevichParameters are those of n neurons, or of all.
func izhikevichParameters(n int) (list []IzhikevichParameters) {
	for i := range n {
		r := float64(i%17) / 17
		list = append(list, IzhikevichParameters{
			A: 20 + 80*r, B: 0.2 + 0.05*r, C: -0.065 + 0.015*r, D: 0.008 - 0.006*r, Threshold: 0.03 + 0.001*r, Min: -0.09 + 0.01*r, IE: 1e-12 * r,
		})
	}
	return list
}

// Every level gives the same bits, with the same parameters for all neurons and with
// each one's own, wherever a block of them begins.
func TestIzhikevichLevelsAreEqual(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(23, 23))
		between := func(n int, low, high float64, awkward bool) []float64 {
			x := make([]float64, n)
			for i, a := range numbers(random, n) {
				x[i] = low + (high-low)*random.Float64()
				if awkward && random.IntN(4) == 0 {
					x[i] = a
				}
			}
			return x
		}
		for _, n := range append(lengths(), 5003) {
			for _, awkward := range []bool{false, true} {
				for first := range 10 {
					parameters := izhikevichParameters(1)
					if first > 0 {
						parameters = izhikevichParameters(first + n)
					}
					fast, plain := NewIzhikevich(level, 1e-4, parameters), NewIzhikevich(Portable, 1e-4, parameters)
					v, u := between(n, -0.1, 0.05, awkward), between(n, -0.02, 0.01, awkward)
					vWant, uWant := clone(v), clone(u)
					current, arrived := between(n, -1e-11, 1e-11, awkward), between(n, -1e-3, 1e-3, awkward)
					fires := 0
					for range 3 {
						fired := fast.Step(first, v, u, current, arrived, nil)
						want := plain.Step(first, vWant, uWant, current, arrived, nil)
						if !slices.Equal(fired, want) {
							t.Fatalf("%d neurons from %d on: %v fire, want %v", n, first, fired, want)
						}
						compare(t, "V", v, vWant)
						compare(t, "U", u, uWant)
						fires += len(want)
					}
					if n > 1000 && (fires == 0 || fires == n) {
						t.Errorf("%d of %d neurons fire", fires, n)
					}
				}
			}
		}
	})
}
