package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// normal returns a matrix of normal variates.
func normal(random *rand.Rand, m, n int) []float64 {
	a := make([]float64, m*n)
	for i := range a {
		a[i] = random.NormFloat64()
	}
	return a
}

// dense is a Matrix that is there.
type dense struct {
	a     []float64
	n     int
	order []int
}

func (d *dense) Arrange(order []int) { d.order = slices.Clone(order) }

func (d *dense) Fill(x []float64, strip, first int) {
	for at := range x {
		k, i := first+at/stripColumns, strip*stripColumns+at%stripColumns
		if x[at] = 1e300; i < d.n { // other columns are of no account
			x[at] = d.a[k*d.n+d.order[i]]
		}
	}
}

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

// Leaving out products with 0 changes no bit of a sum, nor does the order in which
// columns stand meanwhile.
func TestSumsEqualTheirLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for _, size := range [][3]int{
		{0, 3, 1}, {1, 1, 1}, {3, 2, 5}, {63, 31, 4}, {64, 32, 3}, {65, 33, 33}, {127, 15, 0}, {128, 70, 1}, {300, 131, 9}, {1100, 40, 64},
	} {
		m, n, width := size[0], size[1], size[2]
		for name, a := range map[string][]float64{"dense": normal(random, m, n), "silent": silent(random, m, n)} {
			y := normal(random, m, width)
			g, c := make([]float64, n*n), make([]float64, n*width)
			low, high, used := make([]float64, n), make([]float64, n), make([]int, n)
			for k := range m {
				for i := range n {
					x := a[k*n+i]
					for j := range n {
						g[i*n+j] += float64(x * a[k*n+j])
					}
					for j := range width {
						c[i*width+j] += float64(x * y[k*width+j])
					}
					if low[i], high[i] = min(low[i], x), max(high[i], x); x != 0 {
						used[i]++
					}
				}
			}
			for _, level := range Levels() {
				for _, threads := range []int{1, 3} {
					what := fmt.Sprintf("%s, %d × %d, %d, %s, %d threads: ", name, m, n, width, level, threads)
					s := Sum(level, threads, &dense{a: a, n: n}, m, n, y, width)
					compare(t, what+"AᵀA", s.Gram(every(n)).Full(), g)
					compare(t, what+"AᵀY", s.Products(every(n)), c)
					compare(t, what+"low", s.Low, low)
					compare(t, what+"high", s.High, high)
					look := Look(level, threads, &dense{a: a, n: n}, m, n)
					if !slices.Equal(s.Used, used) || !slices.Equal(look.Used, used) || !slices.Equal(look.Low, low) || !slices.Equal(look.High, high) {
						t.Errorf("%sused: %v, want %v", what, s.Used, used)
					}
				}
			}
			some := []int{}
			for i := n - 1; i >= 0; i -= 3 {
				some = append(some, i)
			}
			part := Sum(Best(), 1, &dense{a: a, n: n}, m, n, y, width).Gram(some).Full()
			for k, i := range some {
				for l, j := range some {
					if part[k*len(some)+l] != g[i*n+j] {
						t.Fatalf("%s, %d × %d: element (%d, %d) of some columns: %v, want %v", name, m, n, i, j, part[k*len(some)+l], g[i*n+j])
					}
				}
			}
		}
	}
}

// positive returns a positive definite matrix and its lower triangle.
func positive(random *rand.Rand, n int) ([]float64, *Lower) {
	a := Sum(Portable, 1, &dense{a: normal(random, n+8, n), n: n}, n+8, n, nil, 0).Gram(every(n))
	for i := range n {
		a.Set(i, i, a.At(i, i)+10)
	}
	return a.Full(), a
}

func choleskyLoop(a []float64, n int) {
	for j := range n {
		for i := j; i < n; i++ {
			s := a[i*n+j]
			for k := range j {
				s -= float64(a[i*n+k] * a[j*n+k])
			}
			if i == j {
				a[j*n+j] = math.Sqrt(s)
			} else {
				a[i*n+j] = s / a[j*n+j]
			}
		}
	}
}

func TestFactorEqualsItsLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	for _, n := range []int{0, 1, 2, 5, 16, 31, 32, 33, 64, 65, 131, 700} {
		want, a := positive(random, n)
		choleskyLoop(want, n)
		for _, level := range Levels() {
			for _, threads := range []int{1, 3} {
				what := fmt.Sprintf("%d × %d, %s, %d threads", n, n, level, threads)
				l := a.Picked(1, every(n))
				if !l.Factor(level, threads) {
					t.Fatalf("%s: not positive definite", what)
				}
				for i := range n {
					for j := range i + 1 {
						if l.At(i, j) != want[i*n+j] {
							t.Fatalf("%s: element (%d, %d) is %v, want %v", what, i, j, l.At(i, j), want[i*n+j])
						}
					}
				}
			}
		}
	}
}

func TestSolveEqualsItsLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 10))
	for _, n := range []int{0, 1, 2, 31, 32, 33, 65, 100} {
		for _, width := range []int{1, 3, 17, 70} {
			l, full, b := NewLower(n), normal(random, n, n), normal(random, n, width)
			for i := range n {
				full[i*n+i] += 20
				for j := range i + 1 {
					l.Set(i, j, full[i*n+j])
				}
			}
			want := clone(b)
			for c := range width {
				for i := range n {
					for j := range i {
						want[i*width+c] -= float64(full[i*n+j] * want[j*width+c])
					}
					want[i*width+c] /= full[i*n+i]
				}
				for i := n - 1; i >= 0; i-- {
					for j := n - 1; j > i; j-- {
						want[i*width+c] -= float64(full[j*n+i] * want[j*width+c])
					}
					want[i*width+c] /= full[i*n+i]
				}
			}
			for _, level := range Levels() {
				for _, threads := range []int{1, 3} {
					got := clone(b)
					l.Solve(level, threads, got, width)
					compare(t, fmt.Sprintf("%d × %d, %s, %d threads", n, width, level, threads), got, want)
				}
			}
		}
	}
}

func TestFactorRefusesWhatIsNotPositiveDefinite(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		const n = 40
		for name, bad := range map[string]float64{"zero": 0, "negative": -1, "NaN": math.NaN()} {
			for _, at := range []int{0, 7, 33, 39} {
				a := NewLower(n)
				for i := range n {
					a.Set(i, i, 1)
				}
				a.Set(at, at, bad)
				if a.Factor(level, 1) {
					t.Errorf("%s at %d: accepted", name, at)
				}
			}
		}
	})
}

// How long do sums and factor take for the decoders of 1000 neurons at 2500
// evaluation points?
func BenchmarkDecoderSystem(b *testing.B) {
	const m, n = 2500, 1000
	random := rand.New(rand.NewPCG(7, 7))
	for name, a := range map[string][]float64{"dense": normal(random, m, n), "silent": silent(random, m, n)} {
		for _, level := range Levels() {
			b.Run("Sum/"+name+"/"+level.String(), func(b *testing.B) {
				for range b.N {
					Sum(level, 1, &dense{a: a, n: n}, m, n, nil, 0)
				}
			})
		}
	}
	_, a := positive(random, n)
	for _, level := range Levels() {
		b.Run("Factor/"+level.String(), func(b *testing.B) {
			for range b.N {
				if !a.Picked(1, every(n)).Factor(level, 1) {
					b.Fatal("not positive definite")
				}
			}
		})
	}
}

// What does an element of a vector kernel cost, in cache?
func BenchmarkVector(b *testing.B) {
	const n = 2000
	random := rand.New(rand.NewPCG(8, 8))
	x, y, z := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], y[i], z[i] = -random.Float64(), random.Float64(), random.Float64()
	}
	sum := 0.0
	for _, kernel := range []struct {
		name string
		run  func(Level)
	}{
		{"Expm1", func(l Level) { Expm1(l, z, x) }},
		{"Log1p", func(l Level) { Log1p(l, z, y) }},
		{"Axpy", func(l Level) { Axpy(l, z, 1e-9, x) }},
		{"Dot", func(l Level) { sum += Dot(l, x, y) }},
		{"Lowpass", func(l Level) { Lowpass(l, z, x, 0.9, 0.1) }},
	} {
		for _, level := range Levels() {
			b.Run(kernel.name+"/"+level.String(), func(b *testing.B) {
				for range b.N {
					kernel.run(level)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/element")
			})
		}
	}
}
