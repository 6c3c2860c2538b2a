package sparse

import (
	"crypto/aes"
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

// The cipher is AES (FIPS 197, appendix C.1).
func TestCipherIsAES(t *testing.T) {
	var c counterCipher
	for i := range c.key {
		c.key[i] = byte(i)
	}
	c.block, _ = aes.NewCipher(c.key[:])
	// 00112233445566778899aabbccddeeff → 69c4e0d86a7b0430d8cdb78070b4c55a
	got := c.words(0x33221100, 0x77665544, 0xffeeddccbbaa9988)
	if want := [8]uint16{0xc469, 0xd8e0, 0x7b6a, 0x3004, 0xcdd8, 0x80b7, 0xb470, 0x5ac5}; got != want {
		t.Errorf("words = %x, want %x", got, want)
	}
}
