package connect

import (
	"math"
	"slices"
	"testing"

	"soma/internal/rng"
)

func fill(v Value, targets, k int) (values []float64) {
	for target := range targets {
		s := Synapses{Stream: rng.New(1, "value", "test"), Target: target, Sources: make([]int32, k)}
		one := make([]float64, k)
		v.Fill(s, one)
		values = append(values, one...)
	}
	return values
}

// The largest distance of the empirical from the true distribution function
// (Kolmogorov & Smirnov) is below 1.95/√n in 999 of 1000 cases.
func TestDistributions(t *testing.T) {
	phi := func(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }
	inf := math.Inf(1)
	for _, c := range []struct {
		name  string
		value Value
		cdf   func(x float64) float64
	}{
		{"uniform", Uniform{Low: -1, High: 3}, func(x float64) float64 { return (x + 1) / 4 }},
		{"normal", Normal{Mean: 2, Std: 3}, func(x float64) float64 { return phi((x - 2) / 3) }},
		{"positive", Normal{Mean: 1, Std: 1, High: inf}, func(x float64) float64 { return (phi(x-1) - phi(-1)) / (1 - phi(-1)) }},
		{"negative", Normal{Mean: -1, Std: 1, Low: -inf}, func(x float64) float64 { return phi(x+1) / phi(1) }},
		{"two bounds", Normal{Mean: 0, Std: 2, Low: -1, High: 0.5}, func(x float64) float64 { return (phi(x/2) - phi(-0.5)) / (phi(0.25) - phi(-0.5)) }},
	} {
		if err := c.value.Check(Plan{}); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		values := fill(c.value, 200, 101)
		slices.Sort(values)
		low, high := c.value.Bounds()
		if values[0] < low || values[len(values)-1] > high {
			t.Errorf("%s: %g to %g, bounds %g to %g", c.name, values[0], values[len(values)-1], low, high)
		}
		distance, n := 0.0, float64(len(values))
		for i, x := range values {
			f := c.cdf(x)
			distance = max(distance, math.Abs(f-float64(i)/n), math.Abs(f-float64(i+1)/n))
		}
		if distance*math.Sqrt(n) > 1.95 {
			t.Errorf("%s: distance %.2f/√n from its distribution", c.name, distance*math.Sqrt(n))
		}
	}
}

// The interpolated quantile is the quantile.
func TestInterpolation(t *testing.T) {
	for _, n := range []Normal{{Std: 1}, {Std: 1, Low: -1, High: 2}, {Mean: 3, Std: 1, High: math.Inf(1)}} {
		b := n.Bounded().(*bounded)
		for word := uint64(0); word < 1<<32; word += 65521 {
			u := (float64(word) + 0.5) / (1 << 32)
			if off := math.Abs(b.At(uint32(word)) - b.evaluate(u)); off > 1e-8 {
				t.Fatalf("%+v: quantile at %g is off by %g", n, u, off)
			}
		}
	}
}

// Draws rise with the word, which tables of delays rely on.
func TestQuantilesRise(t *testing.T) {
	for _, q := range []Quantile{Uniform{Low: 1, High: 2}, Normal{Mean: 1, Std: 0.5, Low: 0.1, High: math.Inf(1)}, Normal{Mean: -1, Std: 0.1}} {
		if n, ok := q.(Normal); ok {
			q = n.Bounded()
		}
		last := math.Inf(-1)
		for word := uint64(0); word < 1<<32; word += 65537 {
			if x := q.At(uint32(word)); x < last {
				t.Fatalf("%+v: At(%d) = %g after %g", q, word, x, last)
			} else {
				last = x
			}
		}
	}
}

func TestWordsAreThoseOfFill(t *testing.T) {
	stream, u := rng.New(1, "value", "test"), Uniform{High: 1}
	words := make([]uint32, 11)
	Words(stream, 3, words)
	values := make([]float64, 11)
	u.Fill(Synapses{Stream: stream, Target: 3}, values)
	for i, w := range words {
		if values[i] != u.At(w) {
			t.Errorf("synapse %d: %g, want %g", i, values[i], u.At(w))
		}
	}
}

func TestArrayFollowsTheList(t *testing.T) {
	plan, err := Explicit{Pre: []int{0, 1, 1}, Post: []int{1, 0, 1}}.Plan(Pair{Sources: 2, Targets: 2})
	if err != nil {
		t.Fatal(err)
	}
	values := make([]float64, 2)
	Array{10, 20, 30}.Fill(Synapses{Numbers: plan.Numbers(1, nil)}, values)
	if want := []float64{10, 30}; !slices.Equal(values, want) {
		t.Errorf("target 1 has %v, want %v", values, want)
	}
}

func TestValueErrors(t *testing.T) {
	counted := Plan{Numbers: func(int, []int) []int { return nil }, Values: 2}
	for _, v := range []Value{
		Constant(math.NaN()),
		Array{1},
		Array{1, math.Inf(1)},
		Uniform{Low: 1},
		Uniform{High: math.Inf(1)},
		Normal{Std: -1},
		Normal{Mean: math.NaN()},
		Normal{Low: 2, High: 1},
		Normal{Mean: 0, Std: 0.1, Low: 5, High: 6},
		Normal{Mean: -1, Low: 0, High: 1},
	} {
		if v.Check(counted) == nil {
			t.Errorf("%#v: no error", v)
		}
	}
	if (Array{1, 2}).Check(Plan{}) == nil {
		t.Error("an array for a random number of synapses: no error")
	}
}
