package sparse

import (
	"math"
	"testing"

	"soma/internal/rng"
)

// The words give each count as often as the distribution says, to 2⁻³².
func TestAliasTableIsExact(t *testing.T) {
	for _, mean := range []float64{1e-9, 0.001, 0.3, 1.28, 2.32, 7.99, 8} {
		weights := poissonWeights(mean)
		table := newAliasTable(weights)
		var got [32]uint64
		for column, entry := range table {
			threshold := uint64(entry >> 5)
			got[column] += threshold
			got[entry&31] += 1<<27 - threshold
		}
		if got != weights {
			t.Errorf("mean %g: the table gives %v words, want %v", mean, got, weights)
		}
		cumulative, words := 0.0, uint64(0)
		for k, w := range got[:31] {
			lgamma, _ := math.Lgamma(float64(k + 1))
			cumulative += math.Exp(float64(k)*math.Log(mean) - mean - lgamma)
			words += w
			if off := math.Abs(float64(words)*0x1p-32 - cumulative); off > 0x1p-32 {
				t.Errorf("mean %g: P(X ≤ %d) is off by %g", mean, k, off)
			}
		}
	}
}

// The columns meet their thresholds: the first and last word of each part.
func TestAliasDraw(t *testing.T) {
	table := newAliasTable(poissonWeights(2.5))
	for column, entry := range table {
		threshold := entry >> 5
		for _, c := range []struct{ offset, want uint32 }{
			{0, uint32(column)}, {threshold - 1, uint32(column)}, {threshold, entry & 31}, {1<<27 - 1, entry & 31},
		} {
			if c.offset >= 1<<27 || c.offset < threshold && threshold == 0 {
				continue
			}
			if c.offset == 0 && threshold == 0 {
				c.want = entry & 31
			}
			if got := table.draw(uint16(c.offset>>16<<5)|uint16(column), uint16(c.offset)); got != c.want {
				t.Errorf("column %d, word %d: %d, want %d", column, c.offset, got, c.want)
			}
		}
	}
}

// Mean and variance over neurons and steps, and the correlation of neighbours.
func TestPoissonMoments(t *testing.T) {
	const steps, groups = 500, 20
	for _, mean := range []float64{0.01, 2, 8, 20, 333.3} {
		in := newPoissonInput(Poisson{Rate: mean * 1e4, Stream: rng.New(2, "poisson", "test")}, 1e-4)
		var counts [group]float64
		sum, squares, products := 0.0, 0.0, 0.0
		for step := range uint64(steps) {
			for g := range groups {
				in.counts(&counts, g*group, step)
				for i, x := range counts {
					d := x - mean
					sum += d
					squares += d * d
					products += d * (counts[(i+1)%group] - mean)
				}
			}
		}
		n := float64(steps * groups * group)
		if z := sum / math.Sqrt(mean*n); math.Abs(z) > 4 {
			t.Errorf("mean %g: the mean is %.1f standard errors off", mean, z)
		}
		if z := (squares/mean - n) / math.Sqrt(n*(2+1/mean)); math.Abs(z) > 4 {
			t.Errorf("mean %g: the variance is %.1f standard errors off", mean, z)
		}
		if z := products / mean / math.Sqrt(n); math.Abs(z) > 4 {
			t.Errorf("mean %g: neighbours correlate by %.1f standard errors", mean, z)
		}
	}
}

// Philox here and in package rng are the same function: with key 0 they are.
func TestPhiloxIsThatOfRng(t *testing.T) {
	keys := newRoundKeys(0)
	var zero rng.Stream
	for i := range uint64(100) {
		element, draw := i*0x9E3779B97F4A7C15, i<<40+i
		got := keys.philox(uint32(element), uint32(element>>32), uint32(draw), uint32(draw>>32))
		if want := zero.Block(element, draw); got != want {
			t.Fatalf("philox = %x, want %x", got, want)
		}
	}
	keys = newRoundKeys(0x299f31d0_a4093822) // Random123 1.14, kat_vectors
	got := keys.philox(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)
	if want := ([4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}); got != want {
		t.Errorf("philox = %x, want %x", got, want)
	}
}
