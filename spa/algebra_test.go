package spa_test

import (
	"math"
	"slices"
	"testing"

	"soma/connect"
	"soma/internal/rng"
	"soma/spa"
)

var both = []spa.Algebra{spa.HRR{}, spa.VTB{}}

// random gives a vector of length 1.
func random(seed uint64, d int) []float64 {
	src := rng.New(seed, "test", "vector").Source(0)
	x, sum := make([]float64, d), 0.0
	for i := range x {
		x[i] = src.Normal()
		sum += x[i] * x[i]
	}
	for i := range x {
		x[i] /= math.Sqrt(sum)
	}
	return x
}

func times(m connect.Dense, x []float64) []float64 {
	y := make([]float64, len(m))
	for i, row := range m {
		for j, w := range row {
			y[i] += w * x[j]
		}
	}
	return y
}

func inverse(a spa.Algebra, x []float64) []float64 {
	y := make([]float64, len(x))
	for i, j := range a.Inverse(len(x)) {
		y[i] = x[j]
	}
	return y
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// near compares vectors.
func near(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("%s: element %d is %g, want %g", what, i, got[i], want[i])
			return
		}
	}
}

// The algebra's laws, for even, odd and square lengths.
func TestLaws(t *testing.T) {
	for _, algebra := range both {
		for _, d := range []int{1, 4, 9, 16, 49, 64} {
			a, b, c := random(1, d), random(2, d), random(3, d)
			u := algebra.Unitary(b)
			name := algebra.Name()
			near(t, name+": identity", algebra.Bind(a, algebra.Identity(d)), a)
			near(t, name+": unbinding a unitary vector", algebra.Bind(algebra.Bind(a, u), inverse(algebra, u)), a)
			near(t, name+": length of a unitary vector", []float64{dot(u, u)}, []float64{1})
			near(t, name+": a unitary vector keeps lengths", []float64{dot(algebra.Bind(a, u), algebra.Bind(a, u))}, []float64{1})
			near(t, name+": unitary again", algebra.Unitary(u), u)
			near(t, name+": inverse twice", inverse(algebra, inverse(algebra, a)), a)
			sum := make([]float64, d)
			for i := range sum {
				sum[i] = b[i] + c[i]
			}
			ab, ac := algebra.Bind(a, b), algebra.Bind(a, c)
			for i := range ab {
				ac[i] += ab[i]
			}
			near(t, name+": distributes", algebra.Bind(a, sum), ac)
			near(t, name+": matrix from the left", times(algebra.BindLeft(a), b), ab)
			near(t, name+": matrix from the right", times(algebra.BindRight(b), a), ab)
			left, right, out, magnitude := algebra.Products(d)
			products, other := times(left, a), times(right, b)
			for i := range products {
				products[i] *= other[i]
			}
			near(t, name+": products", times(out, products), ab)
			if magnitude <= 0 {
				t.Errorf("%s: magnitude %g", name, magnitude)
			}
		}
	}
	h := spa.HRR{}
	a, b, c := random(1, 15), random(2, 15), random(3, 15)
	near(t, "commutes", h.Bind(a, b), h.Bind(b, a))
	near(t, "associates", h.Bind(a, h.Bind(b, c)), h.Bind(h.Bind(a, b), c))
}

// Adding pointers changes none that are there, and a name stands for the same
// vector in every vocabulary of the kind.
func TestVocabularyIsStable(t *testing.T) {
	few, many := spa.NewVocabulary(64), spa.NewVocabulary(64)
	if err := few.Populate("A; B"); err != nil {
		t.Fatal(err)
	}
	if err := many.Populate("A; B; C; D; E = A*B; F.unitary()"); err != nil {
		t.Fatal(err)
	}
	for _, name := range few.Names() {
		x, _ := few.Parse(name)
		y, _ := many.Parse(name)
		if !slices.Equal(x, y) {
			t.Errorf("%s changed", name)
		}
	}
	seeded := spa.NewVocabulary(64)
	seeded.Seed = 1
	named := spa.NewVocabulary(64)
	named.Name = "other"
	for _, v := range []*spa.Vocabulary{seeded, named} {
		_ = v.Populate("A")
		x, _ := few.Parse("A")
		y, _ := v.Parse("A")
		if math.Abs(dot(x, y)) > 0.5 {
			t.Errorf("%s, seed %d: A is the same", v, v.Seed)
		}
	}
}

func TestVocabularySimilarities(t *testing.T) {
	v := spa.NewVocabulary(128)
	if err := v.Populate("A; B; C; D; F; G; H; I; J; K"); err != nil {
		t.Fatal(err)
	}
	for i, x := range v.Vectors() {
		for k, s := range v.Similarities(x) {
			if i != k && s > v.MaxSimilarity+1e-12 || i == k && math.Abs(s-1) > 1e-12 {
				t.Errorf("pointers %d and %d: %g", i, k, s)
			}
		}
	}
	bound, err := v.Parse("A*B + C")
	if err != nil {
		t.Fatal(err)
	}
	unbound := spa.HRR{}.Bind(bound, inverse(spa.HRR{}, v.Vectors()[1]))
	if name, s := v.Closest(unbound); name != "A" || s < 0.5 {
		t.Errorf("unbound %s with %.2f", name, s)
	}
	sub, err := v.Subset("B", "D")
	if err != nil || !slices.Equal(sub.Names(), []string{"B", "D"}) || !slices.Equal(sub.Vectors()[1], v.Vectors()[3]) {
		t.Errorf("subset %v, %v", sub, err)
	}
}

func TestTransformTo(t *testing.T) {
	from, to := spa.NewVocabulary(128), spa.NewVocabulary(64)
	_ = from.Populate("A; B; C")
	_ = to.Populate("B; A; D")
	m, err := from.TransformTo(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"A", "B"} {
		x, _ := from.Parse(name)
		if got, s := to.Closest(times(m, x)); got != name || s < 0.8 {
			t.Errorf("%s becomes %s with %.2f", name, got, s)
		}
	}
	if _, err := from.TransformTo(spa.NewVocabulary(3)); err == nil {
		t.Error("no error without common pointers")
	}
}
