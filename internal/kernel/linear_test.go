package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
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

// gramLoop and choleskyLoop are the definitions.
func gramLoop(g, a []float64, m, n int) {
	for k := range m {
		for i := range n {
			for j := range i + 1 {
				g[i*n+j] += float64(a[k*n+i] * a[k*n+j])
			}
		}
	}
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

func TestGramEqualsItsLoop(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(5, 5))
		for _, size := range [][2]int{
			{0, 3}, {1, 1}, {3, 2}, {5, 4}, {127, 15}, {128, 16}, {129, 17}, {300, 33}, {40, 70}, {7, 131},
		} {
			m, n := size[0], size[1]
			a, got := normal(random, m, n), normal(random, n, n)
			want := clone(got)
			gramLoop(want, a, m, n)
			Gram(level, 1, got, a, m, n)
			compare(t, fmt.Sprintf("%d × %d", m, n), got, want)
		}
	})
}

func TestTransposedProductEqualsItsLoop(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(9, 9))
		for _, size := range [][3]int{
			{0, 3, 2}, {1, 1, 1}, {3, 2, 5}, {127, 4, 16}, {128, 5, 15}, {129, 3, 17}, {300, 33, 70}, {7, 131, 1},
		} {
			k, m, n := size[0], size[1], size[2]
			a, b, got := normal(random, k, m), normal(random, k, n), normal(random, m, n)
			want := clone(got)
			for p := range k {
				for i := range m {
					for j := range n {
						want[i*n+j] += float64(a[p*m+i] * b[p*n+j])
					}
				}
			}
			TransposedProduct(level, got, a, b, k, m, n)
			compare(t, fmt.Sprintf("%d × %d × %d", k, m, n), got, want)
		}
	})
}

func TestCholeskyEqualsItsLoop(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(6, 6))
		for _, n := range []int{0, 1, 2, 5, 16, 31, 32, 33, 64, 65, 100, 131} {
			a := normal(random, n, n) // its upper triangle is to stay
			Gram(Portable, 1, a, normal(random, n+8, n), n+8, n)
			for i := range n {
				a[i*n+i] += 10
			}
			want := clone(a)
			choleskyLoop(want, n)
			if !Cholesky(level, 1, a, n) {
				t.Fatalf("%d × %d: not positive definite", n, n)
			}
			compare(t, fmt.Sprintf("%d × %d", n, n), a, want)
		}
	})
}

func TestTriangularSolversEqualTheirLoops(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(10, 10))
		for _, n := range []int{0, 1, 2, 31, 32, 33, 65, 100} {
			for _, width := range []int{1, 3, 17, 64} {
				l, b := normal(random, n, n), normal(random, n, width)
				for i := range n {
					l[i*n+i] += 20
				}
				want := clone(b)
				for c := range width {
					for i := range n {
						for j := range i {
							want[i*width+c] -= float64(l[i*n+j] * want[j*width+c])
						}
						want[i*width+c] /= l[i*n+i]
					}
				}
				SolveLower(level, l, b, n, width)
				compare(t, fmt.Sprintf("lower, %d × %d", n, width), b, want)
				for c := range width {
					for i := n - 1; i >= 0; i-- {
						for j := n - 1; j > i; j-- {
							want[i*width+c] -= float64(l[j*n+i] * want[j*width+c])
						}
						want[i*width+c] /= l[i*n+i]
					}
				}
				SolveUpper(level, l, b, n, width)
				compare(t, fmt.Sprintf("upper, %d × %d", n, width), b, want)
			}
		}
	})
}

func TestLinearAlgebraIsTheSameOnThreads(t *testing.T) {
	const m, n = 260, 420
	random := rand.New(rand.NewPCG(15, 15))
	a := normal(random, m, n)
	one, three := make([]float64, n*n), make([]float64, n*n)
	for i := range n {
		one[i*n+i], three[i*n+i] = 10, 10
	}
	Gram(Best(), 1, one, a, m, n)
	Gram(Best(), 3, three, a, m, n)
	compare(t, "Gram", three, one)
	if !Cholesky(Best(), 1, one, n) || !Cholesky(Best(), 3, three, n) {
		t.Fatal("not positive definite")
	}
	compare(t, "Cholesky", three, one)
}

func TestCholeskyRefusesWhatIsNotPositiveDefinite(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		const n = 40
		for name, bad := range map[string]float64{"zero": 0, "negative": -1, "NaN": math.NaN()} {
			for _, at := range []int{0, 7, 33, 39} {
				a := make([]float64, n*n)
				for i := range n {
					a[i*n+i] = 1
				}
				a[at*n+at] = bad
				if Cholesky(level, 1, a, n) {
					t.Errorf("%s at %d: accepted", name, at)
				}
			}
		}
	})
}

// How long do Gram and Cholesky take for the decoders of 1000 neurons at 2500
// evaluation points? Compare with 20 ms (750 points) and 9 ms of OpenBLAS.
func BenchmarkDecoderSystem(b *testing.B) {
	const m, n = 2500, 1000
	random := rand.New(rand.NewPCG(7, 7))
	a := normal(random, m, n)
	gram := make([]float64, n*n)
	for _, level := range Levels() {
		b.Run("Gram/"+level.String(), func(b *testing.B) {
			for range b.N {
				clear(gram)
				Gram(level, 1, gram, a, m, n)
			}
		})
	}
	rates := silent(random, m, n)
	half := make([]float64, n*n)
	for _, level := range Levels() {
		b.Run("Gram, half of it 0/"+level.String(), func(b *testing.B) {
			for range b.N {
				clear(half)
				Gram(level, 1, half, rates, m, n)
			}
		})
	}
	factor := make([]float64, n*n)
	for _, level := range Levels() {
		b.Run("Cholesky/"+level.String(), func(b *testing.B) {
			for range b.N {
				copy(factor, gram)
				if !Cholesky(level, 1, factor, n) {
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
