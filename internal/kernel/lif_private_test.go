package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// comparePrivate steps the same neurons as if nobody saw their state, in blocks, and
// in portable Go, and demands the same spikes.
func comparePrivate(t *testing.T, level Level, params LIFParams, start population, block, steps int) (spiked int) {
	t.Helper()
	got, want := start.clone(), start.clone()
	private, plain := NewLIF(level, params).Private(), NewLIF(Portable, params)
	if private == nil {
		return 0
	}
	for step := range steps {
		var s, sWant []int32
		var at, atWant []float64
		for first := 0; first < len(got.v); first += block {
			last := min(first+block, len(got.v))
			s, at = private.Step(first, got.v[first:last], got.r[first:last], got.j[first:last], int32(first), s, at)
		}
		sWant, atWant = plain.Step(want.v, want.r, want.j, 0, sWant, atWant)
		if !slices.Equal(s, sWant) || len(at) != len(atWant) {
			t.Fatalf("step %d: spikes %v at %d times, want %v", step, s, len(at), sWant)
		}
		compare(t, fmt.Sprintf("step %d, times", step), at, atWant)
		spiked += len(s)
		// Currents change: what a neuron does when it wakes is not known before.
		for i := range got.j {
			got.j[i] += float64(0.01 * (params.Threshold - params.Rest) / params.Resistance)
			want.j[i] = got.j[i]
		}
	}
	return spiked
}

// privateSets are parameters for which Private has something to offer.
func privateSets() map[string]LIFParams {
	sets := map[string]LIFParams{
		"as long as the step": normalised(0.001, 0.001),
		"a part of a step":    normalised(0.001, 0.0015),
		"many steps":          normalised(0.0001, 0.002),
		"beyond the queue":    normalised(0.0001, 0.0101),
	}
	for name, p := range paramSets {
		if NewLIF(Best(), p).Private() != nil {
			sets[name] = p
		}
	}
	return sets
}

func TestPrivateLIFEqualsLIF(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(13, 13))
		for name, p := range privateSets() {
			for _, n := range append(lengths(), lifBlock+11) {
				start := population{make([]float64, n), make([]float64, n), make([]float64, n)}
				for i := range n {
					start.v[i] = p.Reset
					if start.r[i] = 4 * p.Dt * (random.Float64() - 0.5); start.r[i] <= p.Dt {
						start.v[i] += (p.Threshold - p.Reset) * 1.1 * random.Float64()
					}
					start.j[i] = (p.Threshold - p.Rest) / p.Resistance * (8*random.Float64() - 2)
				}
				t.Logf("%s, %d neurons", name, n)
				spiked := comparePrivate(t, level, p, start, []int{1000, lifBlock, lifBlock + 20}[n%3], 12)
				if n > 500 && level > Portable && spiked == 0 {
					t.Fatal("no neuron fires")
				}
			}
		}
	})
}

// Neurons that start with another voltage than a refractory neuron has, and other
// states and currents that no simulation would come to.
func TestPrivateLIFEqualsLIFOnAwkwardNumbers(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(14, 14))
		for name, p := range privateSets() {
			for _, n := range []int{8, 13, 67, 4107} {
				for _, r := range []bool{false, true} {
					start := population{numbers(random, n), make([]float64, n), numbers(random, n)}
					if r {
						start.r = numbers(random, n)
					}
					t.Logf("%s, %d neurons, any refractory time %v", name, n, r)
					comparePrivate(t, level, p, start, lifBlock, 6)
				}
			}
		}
	})
}

func FuzzPrivateLIF(f *testing.F) {
	f.Add(0.5, 0.0005, 3.0, 0.002, uint8(9))
	f.Add(0.0, 0.0035, 3.0, 0.0015, uint8(67))
	f.Add(math.Inf(1), math.NaN(), -1e300, 0.0011, uint8(8))
	f.Add(0.999, 0.0, 1e308, 0.001, uint8(33))
	f.Fuzz(func(t *testing.T, v, r, j, tauRef float64, n uint8) {
		start := population{make([]float64, n), make([]float64, n), make([]float64, n)}
		for i := range start.v {
			shift := float64(i%3) * 1e-4
			start.v[i], start.r[i], start.j[i] = v*shift, r-shift, j*(1+shift)
		}
		for _, level := range Levels() {
			comparePrivate(t, level, normalised(0.001, tauRef), start, 24, 5)
		}
	})
}
