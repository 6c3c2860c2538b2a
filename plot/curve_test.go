package plot

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// drawnPath is the path of points on a page of width × 1 whose pixels they are.
func drawnPath(width float64, symbol string, sorted bool, points ...point) *path {
	f := frame{box{0, 0, width, 1}, extent{0, width}, extent{0, 1}}
	p := newPath(f, entry{symbol: symbol}, sorted)
	for _, at := range points {
		p.add(at.x, at.y)
	}
	p.gap()
	return p
}

// Thinning leaves few points, but every column keeps its extremes, so that no
// peak of a long recording disappears.
func TestThin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	run := make([]point, 100_000)
	for i := range run {
		run[i] = point{float64(i) / 1000 * pixel, r.NormFloat64()}
	}
	run[54_321].y, run[12_345].y = 50, -50
	got := drawnPath(100*pixel, Line, true, run...).runs[0]
	if len(got) > 404 {
		t.Errorf("100 columns became %d points", len(got))
	}
	for _, want := range []point{run[0], run[54_321], run[12_345], run[len(run)-1]} {
		if !slices.Contains(got, want) {
			t.Errorf("%v was lost", want)
		}
	}
	if !slices.IsSortedFunc(got, func(a, b point) int { return int(math.Copysign(1, a.x-b.x)) }) {
		t.Error("the points are out of order")
	}
	if few := drawnPath(1, Line, true, run[:4]...).runs[0]; len(few) != 4 {
		t.Errorf("four points became %d", len(few))
	}
	// A tenth of the time is shown: what is outside keeps a few points.
	if got := drawnPath(10*pixel, Line, true, run...).runs[0]; len(got) > 4*14 {
		t.Errorf("10 columns of 100 became %d points", len(got))
	}
}

// Of a column the first, lowest, highest and last point are left, in their order
// and each once.
func TestColumn(t *testing.T) {
	for _, test := range []struct{ y, want []float64 }{
		{[]float64{1, 2, 3, 4}, []float64{1, 2, 3, 4}},
		{[]float64{1, 2, 3, 4, 5}, []float64{1, 5}},
		{[]float64{3, 1, 2, 5, 4}, []float64{3, 1, 5, 4}},
		{[]float64{3, 5, 2, 1, 4}, []float64{3, 5, 1, 4}},
		{[]float64{1, 2, 5, 3, 4}, []float64{1, 5, 4}},
		{[]float64{2, 2, 2, 2, 2}, []float64{2, 2}},
	} {
		var c column
		for _, y := range test.y {
			c.add(point{0, y})
		}
		var got []float64
		for _, p := range c.drop(nil) {
			got = append(got, p.y)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("of %v are left %v, want %v", test.y, got, test.want)
		}
	}
}

func TestSparse(t *testing.T) {
	const d = pixel / 2
	run := []point{{0, 0}, {0.2 * d, 0}, {0.6 * d, 0}, {0.6 * d, 1.2 * d}, {2 * d, 1.2 * d}, {2.2 * d, 1.2 * d}}
	want := []point{run[0], run[3], run[4], run[5]}
	if got := drawnPath(1, Line, false, run...).runs; len(got) != 1 || !slices.Equal(got[0], want) {
		t.Errorf("sparse %v, want %v", got, want)
	}
}

// One dot is left for a pixel, and of a line one for a point between two gaps.
func TestDots(t *testing.T) {
	gap := point{0, math.NaN()}
	points := []point{{0, 0}, {pixel, 0}, gap, {pixel * 1.5, 0}, gap, {pixel, pixel}, {0, 0}, {0, 5}}
	if got, want := drawnPath(1, Points, false, points...), []point{{0, 0}, {pixel, 0}, {pixel, pixel}}; !slices.Equal(got.dots, want) || got.runs != nil {
		t.Errorf("dots %v, want %v, and no lines but %v", got.dots, want, got.runs)
	}
	if got, want := drawnPath(1, Line, false, points...), []point{{pixel * 1.5, 0}}; !slices.Equal(got.dots, want) || len(got.runs) != 2 {
		t.Errorf("dots %v, want %v, and two lines but %v", got.dots, want, got.runs)
	}
}
