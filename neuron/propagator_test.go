package neuron

import (
	"math"
	"testing"
)

// simpson integrates f from 0 to h.
func simpson(h float64, f func(float64) float64) float64 {
	const n = 2000
	sum := f(0) + f(h)
	for i := 1; i < n; i++ {
		sum += float64(2+2*(i%2)) * f(h*float64(i)/n)
	}
	return sum * h / n / 3
}

func TestPropagatorsAreTheirIntegrals(t *testing.T) {
	for _, c := range []struct{ tauM, tauS, h float64 }{
		{10, 2, 0.1},
		{2, 10, 0.1},
		{10, 0.2, 0.1},
		{0.5, 0.5, 0.1},
		{10, 10, 0.1},
		{10, 10, 5},
		{10, 10 + 1e-9, 1},
		{10 - 1e-9, 10, 1},
		{10, 10.001, 1},
		{10, 9.9, 1},
		{1, 2, 3},
		{2, 1, 3},
		{0.3, 1e4, 1},
		{1e4, 0.3, 1},
	} {
		exponential, alpha := propagators(c.tauM, c.tauS, c.h)
		after := func(s float64) float64 { return math.Exp(-(c.h-s)/c.tauM - s/c.tauS) }
		for name, pair := range map[string][2]float64{
			"exponential": {exponential, simpson(c.h, after)},
			"alpha":       {alpha, simpson(c.h, func(s float64) float64 { return s * after(s) })},
		} {
			if math.Abs(pair[0]/pair[1]-1) > 2e-12 {
				t.Errorf("%s, %+v: %.17g, want %.17g", name, c, pair[0], pair[1])
			}
		}
	}
}

// Where the time constants meet there is no jump: one in the last place of τ_s
// changes no more than that.
func TestPropagatorsAreContinuous(t *testing.T) {
	for _, tau := range []float64{1e-4, 2e-3, 1e-2, 0.3, 7} {
		e0, a0 := propagators(tau, tau, 1e-4)
		for _, step := range []float64{1e-16, 1e-15, 1e-12, 1e-9, 1e-6} {
			for _, sign := range []float64{-1, 1} {
				e1, a1 := propagators(tau, tau*(1+sign*step), 1e-4)
				bound := 1e-4/tau*step + 1e-15
				if math.Abs(e1/e0-1) > bound || math.Abs(a1/a0-1) > bound {
					t.Errorf("τ = %g (1 %+g): %g and %g off, want at most %g", tau, sign*step, e1/e0-1, a1/a0-1, bound)
				}
			}
		}
	}
}

// Time constants far below and far above the step neither overflow nor vanish
// too early.
func TestPropagatorsAtExtremes(t *testing.T) {
	for _, c := range []struct{ tauM, tauS, exponential float64 }{
		{1, 1e-6, 1e-6 * math.Exp(-1)},
		{1e-6, 1, 1e-6 * math.Exp(-1)},
		{1e9, 1e9, 1},
	} {
		exponential, alpha := propagators(c.tauM, c.tauS, 1)
		if math.Abs(exponential/c.exponential-1) > 2e-6 || !(alpha > 0) || math.IsInf(alpha, 0) {
			t.Errorf("%+v: %g and %g", c, exponential, alpha)
		}
	}
}

func TestPhi2SeriesMeetsItsClosedForm(t *testing.T) {
	for x := -2.0; x <= 2; x += 0.125 {
		if x == 0 {
			continue
		}
		want := (math.Expm1(x)/x - 1) / x
		if math.Abs(phi2(x)/want-1) > 1e-14/math.Abs(x) {
			t.Errorf("φ₂(%g) = %.17g, want %.17g", x, phi2(x), want)
		}
	}
	if phi1(0) != 1 || phi2(0) != 0.5 {
		t.Errorf("at 0: %g and %g", phi1(0), phi2(0))
	}
}
