package sparse

import (
	"testing"

	"soma/internal/kernel"
	"soma/internal/rng"
)

// Every routine that a machine may use draws the counts that the portable loop does,
// from any group on.
func TestPoissonRoutinesAgree(t *testing.T) {
	const steps, n = 20, 3 * group
	type routine struct {
		name string
		draw func(args **float64)
	}
	var routines []routine
	for _, level := range kernel.Levels()[1:] {
		routines = append(routines, routine{level.String(), poissonOf(level, false)})
	}
	if kernel.Best() == kernel.AVX512 && kernel.HasVAES() {
		routines = append(routines, routine{"avx512 with VAES", poissonOf(kernel.AVX512, true)})
	}
	for _, mean := range []float64{0.01, 2, 8, 20, 1000} {
		in := newPoissonInput(Poisson{Rate: mean * 1e4, Stream: rng.New(4, "poisson", "test")}, 1e-4)
		for _, r := range routines {
			for step := range uint64(steps) {
				got := [n + group]uint16{}
				args := newStepArgs(&loop{poissonInput: in})
				expandKeyAES(&in.cipher.key[0], &args.keys[0])
				first := 5 * group
				args.counts, args.n, args.block, args.step = &got[0], n, uint64(first/8), step<<31
				r.draw(&args.v)
				for i := range n / group {
					var want [group]float64
					in.counts(&want, first+i*group, step<<31)
					for j, w := range want {
						if g := got[i*group+j]; float64(g) != w {
							t.Fatalf("%s, mean %g, step %d: neuron %d gets %d, want %g", r.name, mean, step<<31, i*group+j, g, w)
						}
					}
				}
			}
		}
	}
}
