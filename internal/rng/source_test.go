package rng

import (
	"math"
	"testing"
)

// Mean and variance of 200 000 draws, within five standard errors. The draws
// are fixed, so that the test cannot fail by chance.
func TestMoments(t *testing.T) {
	const n = 200000
	source := New(4, "moments", "test").Source(0)
	for _, c := range []struct {
		name                     string
		draw                     func() float64
		mean, variance, kurtosis float64
	}{
		{"Float64", source.Float64, 0.5, 1.0 / 12, 1.8},
		{"Normal", source.Normal, 0, 1, 3},
		{"Exp", source.Exp, 1, 1, 9},
		{"IntN", func() float64 { return float64(source.IntN(7)) }, 3, 4, 1.75},
	} {
		sum, squares := 0.0, 0.0
		for range n {
			d := c.draw() - c.mean
			sum += d
			squares += d * d
		}
		if mean := sum / n; math.Abs(mean) > 5*math.Sqrt(c.variance/n) {
			t.Errorf("%s: mean %v, want %v", c.name, c.mean+mean, c.mean)
		}
		variance := squares / n
		if math.Abs(variance-c.variance) > 5*c.variance*math.Sqrt((c.kurtosis-1)/n) {
			t.Errorf("%s: variance %v, want %v", c.name, variance, c.variance)
		}
	}
}

// chiSquare returns Pearson's statistic of counts that should all be equal,
// less its mean and divided by its standard deviation.
func chiSquare(counts []int) float64 {
	total := 0
	for _, c := range counts {
		total += c
	}
	want := float64(total) / float64(len(counts))
	sum := 0.0
	for _, c := range counts {
		sum += (float64(c) - want) * (float64(c) - want) / want
	}
	freedom := float64(len(counts) - 1)
	return (sum - freedom) / math.Sqrt(2*freedom)
}

func TestDrawsAreUniform(t *testing.T) {
	const n, cells = 400000, 1000
	stream := New(5, "uniform", "test")
	source := stream.Source(1)
	for _, c := range []struct {
		name  string
		cells int
		draw  func(i uint64) int
	}{
		{"draws of one element", cells, func(i uint64) int { return int(stream.Float64(0, i) * cells) }},
		{"first draws of elements", cells, func(i uint64) int { return int(stream.Float64(i, 0) * cells) }},
		{"low bits", 1 << 10, func(i uint64) int { return int(stream.Uint64(2, i) & (1<<10 - 1)) }},
		{"IntN", cells, func(uint64) int { return source.IntN(cells) }},
		{"normal, by its quantile", cells, func(uint64) int {
			return int(cells / 2 * math.Erfc(-source.Normal()/math.Sqrt2))
		}},
		{"exponential", cells, func(uint64) int { return int(cells * -math.Expm1(-source.Exp())) }},
		{"pairs of neighbouring elements", 32 * 31, func(i uint64) int {
			return int(stream.Uint64(i, 9)>>59)*31 + int(stream.Uint64(i+1, 9)%31)
		}},
	} {
		counts := make([]int, c.cells)
		for i := range uint64(n) {
			counts[c.draw(i)]++
		}
		if z := chiSquare(counts); math.Abs(z) > 4 {
			t.Errorf("%s: chi-square is %.1f standard deviations from its mean", c.name, z)
		}
	}
}

func TestIntNStaysInRange(t *testing.T) {
	source := New(6, "range", "test").Source(0)
	for _, n := range []int{1, 2, 3, 1<<62 + 1, math.MaxInt} {
		for range 1000 {
			if i := source.IntN(n); i < 0 || i >= n {
				t.Fatalf("IntN(%d) = %d", n, i)
			}
		}
	}
	for _, n := range []int{0, -1, math.MinInt} {
		if i := source.IntN(n); i != 0 {
			t.Errorf("IntN(%d) = %d, want 0", n, i)
		}
	}
}

// A quarter of all 64-bit draws is rejected for this size; taking them modulo n
// instead would favour the lower half of the range.
func TestIntNIsUnbiased(t *testing.T) {
	const draws, size = 100000, 3 << 61
	source := New(7, "bias", "test").Source(0)
	counts := make([]int, 3)
	for range draws {
		counts[source.IntN(size)>>61]++
	}
	if z := chiSquare(counts); z > 4 {
		t.Errorf("thirds of the range are hit %v times", counts)
	}
}

// What does one random number cost?
func BenchmarkDraw(b *testing.B) {
	stream := New(1, "bench", "draw")
	source := stream.Source(0)
	sum, mixed := 0.0, uint64(0)
	b.Run("Stream.Uint64", func(b *testing.B) {
		for i := range b.N {
			mixed ^= stream.Uint64(0, uint64(i))
		}
	})
	for name, draw := range map[string]func() float64{
		"Float64": source.Float64, "Normal": source.Normal, "Exp": source.Exp,
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				sum += draw()
			}
		})
	}
	if math.IsNaN(sum) || mixed == 1 {
		b.Fatal("never")
	}
}
