package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// silent returns a matrix as of rates: column i is 0 where a random number is below
// the column's own threshold.
func silent(random *rand.Rand, m, n int) []float64 {
	a := make([]float64, m*n)
	for i := range n {
		threshold := 2*random.Float64() - 0.5 // for some columns, never or always
		for k := range m {
			if x := random.Float64(); x > threshold {
				a[k*n+i] = 100 * (x - threshold)
			}
		}
	}
	return a
}

// Leaving out products with 0 changes no bit of a sum.
func TestGramOfSilentNeuronsEqualsItsLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	for _, size := range [][2]int{{16, 64}, {95, 65}, {97, 79}, {200, 80}, {300, 131}} {
		m, n := size[0], size[1]
		a, start := silent(random, m, n), normal(random, n, n)
		if _, thin := byDensity(a, m, n); !thin {
			t.Fatalf("%d × %d: not thin", m, n)
		}
		want := clone(start)
		gramLoop(want, a, m, n)
		for _, level := range Levels() {
			for _, threads := range []int{1, 3} {
				got := clone(start)
				Gram(level, threads, got, a, m, n)
				compare(t, fmt.Sprintf("%d × %d, %s, %d threads", m, n, level, threads), got, want)
			}
		}
	}
}
