package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"soma/internal/elementary"
	"soma/internal/rng"
)

// Every operation gives the bits of its definition, at every level, for rows
// and single numbers, also where the result replaces an operand.
func TestOperationsEqualTheirDefinition(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(11, 1))
		for op := Move; op < Ops; op++ {
			for _, n := range []int{0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 64, 65, 511} {
				for uniform := range 1 << op.Args() {
					var rows [4][]float64
					var steps [4]int
					for k := range rows {
						rows[k], steps[k] = numbers(random, n), 1
						if uniform>>k&1 == 1 {
							rows[k], steps[k] = slices.Repeat(numbers(random, 1), Uniform), 0
						}
					}
					want := make([]float64, n)
					for i := range want {
						want[i] = op.Scalar(rows[0][i*steps[0]], rows[1][i*steps[1]], rows[2][i*steps[2]], rows[3][i*steps[3]])
					}
					x := Operands{
						Dst: numbers(random, n), A: rows[0], B: rows[1], C: rows[2], D: rows[3],
						StepA: steps[0], StepB: steps[1], StepC: steps[2], StepD: steps[3],
					}
					if steps[0] == 1 {
						x.Dst = x.A
					}
					op.Apply(level, &x)
					compare(t, fmt.Sprintf("%v, length %d, single numbers %b", op, n, uniform), x.Dst, want)
				}
			}
		}
	})
}

func TestOperationsOverAllMagnitudes(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 2))
	var src []float64
	for exponent := range uint64(2048) {
		for _, mantissa := range []uint64{0, 1, 1<<52 - 1, random.Uint64() >> 12, random.Uint64() >> 12} {
			for sign := range uint64(2) {
				src = append(src, math.Float64frombits(sign<<63|exponent<<52|mantissa))
			}
		}
	}
	for range 20_000 {
		src = append(src, 1500*random.Float64()-750)
	}
	forLevels(t, func(t *testing.T, level Level) {
		for op := Move; op < Add; op++ {
			got, want := make([]float64, len(src)), make([]float64, len(src))
			op.Apply(level, &Operands{Dst: got, A: src, StepA: 1})
			for i, x := range src {
				want[i] = op.Scalar(x, 0, 0, 0)
			}
			compare(t, op.String(), got, want)
		}
	})
}

func TestWhere(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(13, 3))
		for _, n := range lengths() {
			x, want := make([]float64, n), []int32{7}
			for i := range x {
				if x[i] = float64(random.IntN(3)); random.IntN(20) == 0 {
					x[i] = math.NaN()
				}
				if x[i] != 0 {
					want = append(want, int32(i))
				}
			}
			if got := Where(level, x, []int32{7}); !slices.Equal(got, want) {
				t.Fatalf("length %d: %v, want %v", n, got, want)
			}
		}
	})
}

// What does an operation cost per number, in cache?
func BenchmarkOp(b *testing.B) {
	const n = 512
	row := func() []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = float64(i%17) * 0.1
		}
		return x
	}
	for _, op := range []Op{Add, MulAdd, MulMulAdd, Select, Div, OpExp, Exprel, OpLog, Tanh, Sin, Pow} {
		for _, level := range Levels() {
			b.Run(fmt.Sprint(op, "/", level), func(b *testing.B) {
				x := Operands{Dst: row(), A: row(), B: row(), C: row(), D: row(), StepA: 1, StepB: 1, StepC: 1, StepD: 1}
				best := time.Duration(math.MaxInt64)
				for range b.N {
					start := time.Now()
					for range 20 {
						op.Apply(level, &x)
					}
					best = min(best, time.Since(start))
				}
				b.ReportMetric(float64(best.Nanoseconds())/20/n, "ns/number")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// Vectors of normal numbers are those of single ones, also in the tails.
func TestNormals(t *testing.T) {
	n := NewNormals(rng.New(5, "x", "normals"))
	want := make([]float64, 100_003)
	for i := range want {
		want[i] = n.At(1<<32-1000+uint64(i), 7<<32+9)
	}
	source, other := rng.New(5, "x", "normals").Source(3), make([]float64, 4)
	n.Fill(Best(), other, 3, 0)
	if got := source.Normal(); got != other[0] {
		t.Errorf("%g, want %g as from the source", other[0], got)
	}
	forLevels(t, func(t *testing.T, level Level) {
		got := make([]float64, len(want))
		n.Fill(level, got, 1<<32-1000, 7<<32+9)
		compare(t, "normals", got, want)
		for _, length := range []int{0, 1, 7, 8, 9, 30} {
			n.Fill(level, got[:length], 1<<32-1000, 7<<32+9)
			compare(t, fmt.Sprint("normals, length ", length), got[:length], want[:length])
		}
	})
}

// Quantiles of all magnitudes, from both ends; those of draws hardly ever lie so
// far out.
func TestNormalQuantiles(t *testing.T) {
	random := rand.New(rand.NewPCG(14, 4))
	var src []float64
	for range 5000 {
		x := math.Ldexp(0.5+random.Float64()/2, -random.IntN(1070))
		src = append(src, x, random.Float64(), 1-math.Ldexp(0.5+random.Float64()/2, -random.IntN(52)))
	}
	for i, x := range src {
		if !(x > 0 && x < 1) {
			src[i] = 0.075
		}
	}
	src = append(src, 0.075, 0.925, 0.5, math.Nextafter(0.075, 0), math.Nextafter(0.925, 1), 5e-324, 1-0x1p-53, math.Exp(-25))
	forLevels(t, func(t *testing.T, level Level) {
		got, want := make([]float64, len(src)), make([]float64, len(src))
		NormalQuantiles(level, got, src)
		for i, x := range src {
			want[i] = elementary.NormalQuantile(x)
		}
		compare(t, "quantile", got, want)
	})
}

// Powers of all magnitudes, with results of all magnitudes.
func TestPowersOfAllMagnitudes(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 4))
	const n = 40_000
	x, y, want := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = math.Float64frombits(random.Uint64() >> 1)
		y[i] = 1500 * (random.Float64() - 0.5) / math.Log(x[i])
		switch random.IntN(20) {
		case 0:
			x[i], y[i] = 1+1e-3*random.NormFloat64(), 1e4*random.NormFloat64()
		case 1:
			y[i] = float64(random.IntN(7) - 3)
		case 2:
			x[i] = -x[i]
		}
		want[i] = elementary.Pow(x[i], y[i])
	}
	forLevels(t, func(t *testing.T, level Level) {
		got := make([]float64, n)
		Pow.Apply(level, &Operands{Dst: got, A: x, B: y, StepA: 1, StepB: 1})
		compare(t, "pow", got, want)
	})
}

// What does an element cost in cache?
func BenchmarkFunctions(b *testing.B) {
	const n = 512
	x, y, dst := make([]float64, n), slices.Repeat([]float64{1.7}, Uniform), make([]float64, n)
	for i := range x {
		x[i] = 0.1 + 3*float64(i)/n
	}
	for _, op := range []Op{OpExp, OpExpm1, OpLog, Sin, Cos, Tanh, Pow, Tan} {
		for _, level := range Levels() {
			b.Run(fmt.Sprintf("%v/%v", op, level), func(b *testing.B) {
				for range b.N {
					op.Apply(level, &Operands{Dst: dst, A: x, B: y, StepA: 1})
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/element")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
