package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// conductanceParams are some constants of the right size, for all neurons or for
// each of n: their meaning is tested with the neurons that are made of them.
func conductanceParams(alpha bool, substeps, n int) ConductanceParams {
	p := ConductanceParams{Alpha: alpha, Dt: 1e-4}
	for i := range n {
		own := 1 + 0.1*float64(i%13)/13
		p.Membranes = append(p.Membranes, ConductanceMembrane{
			Substeps: substeps + i%11/10, ByC: own / 250e-12, Leak: own * 64, EL: own * -0.07,
			EIn: own * -0.085, IE: own * 1e-10, Threshold: own * -0.06,
		})
		c := ConductanceCourse{Decay: 0.6 * own, Within: 0.8 * own, Kick: 1e4 * own}
		for k := range Nodes {
			left := own * (1 - float64(k)/Nodes)
			c.At[k], c.Rest[k], c.SlopeRest[k] = 0.6+0.4*left, 1e-4*left, 3e-9*left
		}
		p.Ex, p.In = append(p.Ex, c), append(p.In, c)
	}
	return p
}

// conductanceRun is some neurons with their input.
type conductanceRun struct {
	rows                ConductanceRows
	current, toEx, toIn []float64
}

func (r conductanceRun) clone() conductanceRun {
	c := ConductanceRows{First: r.rows.First, V: clone(r.rows.V), Ex: clone(r.rows.Ex), In: clone(r.rows.In), Left: clone(r.rows.Left)}
	if r.rows.ExSlope != nil {
		c.ExSlope, c.InSlope = clone(r.rows.ExSlope), clone(r.rows.InSlope)
	}
	return conductanceRun{c, r.current, r.toEx, r.toIn}
}

// newConductanceRun draws states of which some are refractory and some odd.
func newConductanceRun(random *rand.Rand, n int, alpha, awkward bool) conductanceRun {
	row := func(low, high float64) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = low + (high-low)*random.Float64()
		}
		if awkward {
			for i, a := range numbers(random, n) {
				if random.IntN(4) == 0 {
					x[i] = a
				}
			}
		}
		return x
	}
	r := conductanceRun{
		rows:    ConductanceRows{V: row(-0.07, -0.0545), Ex: row(0, 1e-8), In: row(-1e-10, 5e-8), Left: row(-2e-4, 3e-4)},
		current: row(-1e-9, 1e-9), toEx: row(0, 1e-9), toIn: row(-1e-9, 0),
	}
	if alpha {
		r.rows.ExSlope, r.rows.InSlope = row(0, 1e-6), row(0, 1e-6)
	}
	return r
}

// Every level gives the same bits, with the same constants for all neurons and with
// some or all of each one's own, wherever a block of them begins.
func TestConductanceLevelsAreEqual(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(21, 21))
		for _, alpha := range []bool{false, true} {
			for own := range 3 {
				for _, n := range append(lengths(), 5003) {
					first := 0
					p := conductanceParams(alpha, 1, 1)
					if own > 0 {
						first = random.IntN(10)
						p = conductanceParams(alpha, 1, first+max(n, 2))
					}
					if own == 1 {
						p.Ex = p.Ex[:1]
					}
					for _, awkward := range []bool{false, true} {
						r := newConductanceRun(random, n, alpha, awkward)
						r.rows.First = first
						equalConductances(t, NewConductances(level, p), NewConductances(Portable, p), r)
					}
				}
			}
		}
	})
}

func equalConductances(t *testing.T, fast, plain *Conductances, got conductanceRun) {
	t.Helper()
	want := got.clone()
	for range 3 {
		odd := fast.Step(got.rows, got.current, got.toEx, got.toIn, nil)
		oddWant := plain.Step(want.rows, want.current, want.toEx, want.toIn, nil)
		if !slices.Equal(odd, oddWant) {
			t.Fatalf("alpha %v, %d neurons: odd are %v, want %v", fast.Alpha, len(got.current), odd, oddWant)
		}
		compare(t, "voltage", got.rows.V, want.rows.V)
		compare(t, "excitation", got.rows.Ex, want.rows.Ex)
		compare(t, "inhibition", got.rows.In, want.rows.In)
		compare(t, "refractory time", got.rows.Left, want.rows.Left)
		compare(t, "slope of excitation", got.rows.ExSlope, want.rows.ExSlope)
		compare(t, "slope of inhibition", got.rows.InSlope, want.rows.InSlope)
	}
}

// What is odd is left as it was, and there is some of each kind.
func TestOddConductancesAreLeft(t *testing.T) {
	random := rand.New(rand.NewPCG(22, 22))
	for _, substeps := range []int{1, 2} {
		k := NewConductances(Best(), conductanceParams(true, substeps, 1))
		r := newConductanceRun(random, 1000, true, false)
		before := r.clone().rows
		odd := k.Step(r.rows, r.current, r.toEx, r.toIn, nil)
		if len(odd) < 50 || len(odd) > 950 {
			t.Fatalf("%d of 1000 neurons are odd", len(odd))
		}
		for i := range before.V {
			same := r.rows.V[i] == before.V[i] && r.rows.Ex[i] == before.Ex[i] && r.rows.In[i] == before.In[i] &&
				r.rows.ExSlope[i] == before.ExSlope[i] && r.rows.InSlope[i] == before.InSlope[i] && r.rows.Left[i] == before.Left[i]
			if _, isOdd := slices.BinarySearch(odd, int32(i)); same != isOdd {
				t.Errorf("neuron %d: odd %v, unchanged %v", i, isOdd, same)
			}
		}
	}
}

func TestShortExp(t *testing.T) {
	for i := -1000; i <= 1000; i++ {
		x := float64(i) / 8000
		if got, want := shortExp(x), math.Exp(x); math.Abs(got/want-1) > 2e-14 {
			t.Errorf("e^%g: %v, want %v", x, got, want)
		}
	}
}
