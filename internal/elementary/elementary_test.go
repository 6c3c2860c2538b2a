package elementary

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// ulps returns the distance of got from the exact value, in units in the last
// place of the exact value.
func ulps(got float64, exact *big.Float) float64 {
	nearest, _ := exact.Float64()
	if math.IsInf(nearest, 0) || math.IsInf(got, 0) {
		if got == nearest {
			return 0
		}
		return math.Inf(1)
	}
	exponent := max(exact.MantExp(nil)-53, -1074)
	if exact.Sign() == 0 {
		exponent = -1074
	}
	d, _ := half(sub(num(got), exact), exponent).Float64()
	return math.Abs(d)
}

func sinOf(x *big.Float) *big.Float { s, _ := bigSinCos(x); return s }
func cosOf(x *big.Float) *big.Float { _, c := bigSinCos(x); return c }
func tanOf(x *big.Float) *big.Float { s, c := bigSinCos(x); return quo(s, c) }

func sinhOf(x *big.Float) *big.Float {
	t := bigExpm1(x)
	return half(add(t, quo(t, add(t, num(1)))), 1)
}

func coshOf(x *big.Float) *big.Float {
	e := bigExp(x)
	return half(add(e, quo(num(1), e)), 1)
}

func tanhOf(x *big.Float) *big.Float {
	t := bigExpm1(add(x, x))
	return quo(t, add(t, num(2)))
}

func root(x *big.Float) *big.Float { // √(1-x²)
	return newFloat().Sqrt(sub(num(1), mul(x, x)))
}

// functions of one variable, with the range that random arguments are from:
// from -limit (or lower) to limit, and all exponents below.
var functions = []struct {
	name         string
	f            func(float64) float64
	exact        func(*big.Float) *big.Float
	lower, upper float64
	points       []float64
}{
	{"Exp", Exp, bigExp, -746, 710, []float64{709.782712893384, -708.3964185322641, -745.13, -745.2, 354.89}},
	{"Expm1", Expm1, bigExpm1, -70, 710, []float64{709.782712893384, 709.436139303104, -37.42994775023705, -64, -63.9}},
	{"Log", Log, bigLog, 0, 1e5, []float64{5e-324, 1e-310, math.MaxFloat64, math.Sqrt2, math.Sqrt2 / 2, 1 - 0x1p-53, 1 + 0x1p-52}},
	{"Log1p", Log1p, bigLog1p, -1, 10, []float64{-1 + 0x1p-53, math.MaxFloat64, 1e300, 0x1p53, 0x1p52 - 0.5, 0.4142135623730951, -0.2928932188134524}},
	{"Sin", Sin, sinOf, -1e9, 1e9, []float64{6381956970095103 * 0x1p797, math.MaxFloat64, 1e22, 0x1p20, 0x1.921fb4p19}},
	{"Cos", Cos, cosOf, -1e9, 1e9, []float64{6381956970095103 * 0x1p797, math.MaxFloat64, 1e22, 0x1p20, 0x1.921fb4p19}},
	{"Tan", Tan, tanOf, -1e9, 1e9, []float64{6381956970095103 * 0x1p797, math.MaxFloat64, 1e22, 0x1p20, 0x1.921fb4p19}},
	{"Sinh", Sinh, sinhOf, -710.4, 710.4, []float64{22, 22.1, 0.35, 710.4758600739439}},
	{"Cosh", Cosh, coshOf, -710.4, 710.4, []float64{22, 22.1, 0.35, 710.4758600739439}},
	{"Tanh", Tanh, tanhOf, -25, 25, []float64{22, 22.1, 0.17, 0.35}},
	{"Asin", Asin, func(x *big.Float) *big.Float { return bigAtan2(x, root(x)) }, -1, 1, []float64{0.5, 1 - 0x1p-53, math.Sqrt2 / 2}},
	{"Acos", Acos, func(x *big.Float) *big.Float { return bigAtan2(root(x), x) }, -1, 1, []float64{0.5, 1 - 0x1p-53, math.Sqrt2 / 2}},
	{"Atan", Atan, bigAtan, -100, 100, []float64{1e300, math.MaxFloat64, 1.0625, 0.0625, 0.1875}},
}

// arguments between lower and upper: uniform, of all magnitudes, near 0, near
// multiples of ln 2 and of π/4, and the given points with their neighbours.
func arguments(lower, upper float64, points []float64) []float64 {
	random := rand.New(rand.NewPCG(1, 2))
	xs := []float64{lower, upper, 0.5, 1, -0.5, 5e-324, 0x1p-1022, 0x1p-54, -0x1p-54, 0x1p-28, 1e-5}
	for range 500 {
		xs = append(xs, lower+(upper-lower)*random.Float64())
		xs = append(xs, 4*random.Float64()-2)
		magnitude := math.Ldexp(1+random.Float64(), random.IntN(60)-50)
		xs = append(xs, math.Copysign(magnitude, random.Float64()-0.5))
	}
	for k := 1; k < 60; k++ {
		for _, base := range []float64{math.Ln2 / 2, math.Pi / 4} {
			near := float64(k) * base
			xs = append(xs, near, -near, math.Nextafter(near, 0), near*(1+1e-9), near*97409)
		}
	}
	for _, x := range points {
		xs = append(xs, x, math.Nextafter(x, 0), math.Nextafter(x, math.Inf(1)))
	}
	inside := xs[:0]
	for i, x := range xs {
		given := i >= len(xs)-3*len(points)
		if x != 0 && !math.IsInf(x, 0) && (given || x >= lower && x <= upper) {
			inside = append(inside, x)
		}
	}
	return inside
}

func TestErrorIsBelowOneUlp(t *testing.T) {
	for _, fn := range functions {
		t.Run(fn.name, func(t *testing.T) {
			worst, at := 0.0, 0.0
			for _, x := range arguments(fn.lower, fn.upper, fn.points) {
				if y := fn.f(x); y != y || math.IsInf(y, -1) {
					continue // outside the domain
				}
				if e := ulps(fn.f(x), fn.exact(num(x))); e > worst || e != e {
					worst, at = e, x
				}
			}
			t.Logf("worst error %.3f ulp at %v", worst, at)
			if !(worst < 1) {
				t.Errorf("%s(%v) = %v: error %.3f ulp", fn.name, at, fn.f(at), worst)
			}
		})
	}
}
