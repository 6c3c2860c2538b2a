package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"soma/internal/elementary"
)

// lengths around the widths of vectors and the limits of blocks and calls.
func lengths() []int {
	var n []int
	for i := range 68 {
		n = append(n, i)
	}
	return append(n, 1023, 1031, 4095, 4096, 4097, 4098, 4099)
}

// awkward holds values at which something special happens.
var awkward = []float64{
	0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 1, -1, 5e-324, -5e-324, 0x1p-1022, -0x1p-1030,
	math.MaxFloat64, -math.MaxFloat64, 0x1p-54, -0x1p-54, 0x1p-53, 709.782712893384, 709.7827128933841, 710.5, -63.9,
	-64, -65, -745, 0.34657359027997264, -0.34657359027997264, 0.41421356237309503, 0.4142135623730951,
	-0.2928932188134524, -0.29289321881345254, -1 + 0x1p-53, -1 - 0x1p-52, 0x1p53, 0x1p1000, 1e300,
}

// numbers fills a slice, at an odd offset of its memory, with numbers of all
// magnitudes, every fifth of them awkward.
func numbers(random *rand.Rand, n int) []float64 {
	memory := make([]float64, n+3)
	x := memory[random.IntN(4):][:n]
	for i := range x {
		if random.IntN(5) == 0 {
			x[i] = awkward[random.IntN(len(awkward))]
		} else {
			x[i] = math.Ldexp(2*random.Float64()-1, random.IntN(30)-20)
		}
	}
	return x
}

// sameBits reports whether two numbers have the same bits, or are both NaN.
func sameBits(x, y float64) bool {
	return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
}

func compare(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i := range want {
		if !sameBits(got[i], want[i]) {
			t.Fatalf("%s: element %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

func clone(x []float64) []float64 { return append([]float64(nil), x...) }

// forLevels runs f at every level of this machine.
func forLevels(t *testing.T, f func(t *testing.T, level Level)) {
	for _, level := range Levels() {
		t.Run(level.String(), func(t *testing.T) { f(t, level) })
	}
}

func TestVectorFunctionsEqualElementary(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(1, 1))
		for _, n := range lengths() {
			src := numbers(random, n)
			dst, want := numbers(random, n), make([]float64, n)
			for i, x := range src {
				want[i] = elementary.Expm1(x)
			}
			Expm1(level, dst, src)
			compare(t, fmt.Sprint("Expm1, length ", n), dst, want)
			for i, x := range src {
				want[i] = elementary.Log1p(x)
			}
			Log1p(level, dst, src)
			compare(t, fmt.Sprint("Log1p, length ", n), dst, want)
		}
	})
}

// Every exponent and both signs, with mantissas at random and at the ends.
func TestVectorFunctionsOverAllMagnitudes(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	var src []float64
	for exponent := range uint64(2048) {
		for _, mantissa := range []uint64{0, 1, 1<<52 - 1, random.Uint64() >> 12, random.Uint64() >> 12} {
			for sign := range uint64(2) {
				src = append(src, math.Float64frombits(sign<<63|exponent<<52|mantissa))
			}
		}
	}
	forLevels(t, func(t *testing.T, level Level) {
		dst, want := make([]float64, len(src)), make([]float64, len(src))
		Expm1(level, dst, src)
		Expm1(Portable, want, src)
		compare(t, "Expm1", dst, want)
		Log1p(level, dst, src)
		Log1p(Portable, want, src)
		compare(t, "Log1p", dst, want)
	})
}

func TestElementwiseKernelsEqualTheirLoops(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(3, 3))
		for _, n := range lengths() {
			x, y := numbers(random, n), numbers(random, n)
			scale := 2*random.Float64() - 1

			got, want := clone(y), clone(y)
			for i := range want {
				want[i] += float64(scale * x[i])
			}
			Axpy(level, got, scale, x)
			compare(t, fmt.Sprint("Axpy, length ", n), got, want)

			decay := numbers(random, n)
			got, want = clone(y), clone(y)
			for i := range want {
				want[i] += float64(scale*x[i]) - float64(decay[i]*want[i])
			}
			Relax(level, got, scale, x, decay)
			compare(t, fmt.Sprint("Relax, length ", n), got, want)

			got, want = clone(y), clone(y)
			for i := range want {
				want[i] = float64(0.9*y[i]) + float64(0.1*x[i])
			}
			Lowpass(level, got, x, 0.9, 0.1)
			compare(t, fmt.Sprint("Lowpass, length ", n), got, want)

			a, b := numbers(random, n), numbers(random, n)
			got, want = clone(y), clone(y)
			for i := range want {
				want[i] = float64(a[i]*y[i]) + b[i]
			}
			Affine(level, got, a, b)
			compare(t, fmt.Sprint("Affine, length ", n), got, want)

			low, high := clone(a), clone(b)
			for i := range x {
				if x[i] < a[i] {
					a[i] = x[i]
				}
				if x[i] > b[i] {
					b[i] = x[i]
				}
			}
			Extremes(level, low, high, x)
			compare(t, fmt.Sprint("Extremes, low, length ", n), low, a)
			compare(t, fmt.Sprint("Extremes, high, length ", n), high, b)
		}
	})
}

func TestDotKeepsItsOrder(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(4, 4))
		for _, n := range lengths() {
			x, y := make([]float64, n), make([]float64, n)
			for i := range x {
				x[i], y[i] = random.NormFloat64(), math.Ldexp(random.NormFloat64(), random.IntN(40))
			}
			var sums [32]float64
			for i := range x {
				sums[i%32] += float64(x[i] * y[i])
			}
			for half := 16; half > 0; half /= 2 {
				for i := range half {
					sums[i] += sums[i+half]
				}
			}
			if got := Dot(level, x, y); got != sums[0] {
				t.Fatalf("length %d: %v, want %v", n, got, sums[0])
			}
		}
	})
}

func TestLevels(t *testing.T) {
	levels := Levels()
	if levels[0] != Portable || levels[len(levels)-1] != Best() {
		t.Errorf("Levels() = %v, Best() = %v", levels, Best())
	}
	if got := (AVX512 + 1).usable(); got != Best() {
		t.Errorf("a level beyond this machine runs as %v, want %v", got, Best())
	}
}
