package dist_test

import (
	"math"
	"slices"
	"testing"

	"soma/dist"
	"soma/internal/rng"
)

var stream = rng.New(7, "test", "draw")

// moments gives mean and standard deviation.
func moments(x []float64) (mean, std float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		std += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(std)
}

func TestMoments(t *testing.T) {
	const n = 20000
	for name, c := range map[string]struct {
		d         dist.Distribution
		mean, std float64
	}{
		"uniform":     {dist.Uniform{Low: -1, High: 3}, 1, 4 / math.Sqrt(12)},
		"normal":      {dist.Normal{Mean: 2, Std: 0.5}, 2, 0.5},
		"lognormal":   {dist.Lognormal{Mu: 0, Sigma: 0.5}, math.Exp(0.125), math.Sqrt((math.Exp(0.25) - 1) * math.Exp(0.25))},
		"exponential": {dist.Exponential{Scale: 2, Shift: 1}, 3, 2},
		"constant":    {dist.Constant{Value: 4}, 4, 0},
		"choice":      {dist.Choice{Options: [][]float64{{0}, {1}}, Weights: []float64{3, 1}}, 0.25, math.Sqrt(0.1875)},
	} {
		x, err := c.d.Draw(stream, n, 1)
		if err != nil {
			t.Fatal(err)
		}
		mean, std := moments(x)
		if slack := 4*c.std/math.Sqrt(n) + 1e-9; math.Abs(mean-c.mean) > slack || math.Abs(std-c.std) > 3*slack {
			t.Errorf("%s: mean %.4f ± %.4f, want %.4f ± %.4f", name, mean, std, c.mean, c.std)
		}
	}
}

// The first draws do not depend on how many follow.
func TestMoreDrawsKeepTheFirst(t *testing.T) {
	for _, d := range []dist.Distribution{
		dist.Uniform{High: 1},
		dist.Normal{},
		dist.Exponential{},
		dist.UniformHypersphere{},
		dist.ScatteredHypersphere{},
		dist.ScatteredHypersphere{Surface: true},
	} {
		few, _ := d.Draw(stream, 10, 2)
		many, _ := d.Draw(stream, 50, 2)
		if !slices.Equal(few, many[:20]) {
			t.Errorf("%T: the first 10 of 50 draws are not the 10", d)
		}
	}
}

// lengths gives the lengths of points of d dimensions.
func lengths(points []float64, d int) (list []float64) {
	for i := 0; i < len(points); i += d {
		sum := 0.0
		for _, x := range points[i : i+d] {
			sum += x * x
		}
		list = append(list, math.Sqrt(sum))
	}
	return list
}

func TestHyperspheres(t *testing.T) {
	const n = 2000
	for _, d := range []int{1, 2, 3, 8, 64} {
		for name, ball := range map[string]dist.Distribution{
			"uniform": dist.UniformHypersphere{}, "scattered": dist.ScatteredHypersphere{},
		} {
			points, err := ball.Draw(stream, n, d)
			if err != nil {
				t.Fatal(err)
			}
			// In the unit ball, the d-th power of the length is uniform.
			power := 0.0
			for _, r := range lengths(points, d) {
				if r > 1+1e-12 {
					t.Fatalf("%s, %d-D: a point of length %g", name, d, r)
				}
				power += math.Pow(r, float64(d)) / n
			}
			if math.Abs(power-0.5) > 0.03 {
				t.Errorf("%s, %d-D: mean of length^d is %.3f, want 0.5", name, d, power)
			}
			mean, _ := moments(points)
			if math.Abs(mean) > 0.03 {
				t.Errorf("%s, %d-D: mean coordinate %.3f", name, d, mean)
			}
		}
		surface, _ := dist.ScatteredHypersphere{Surface: true}.Draw(stream, n, d)
		for _, r := range lengths(surface, d) {
			if math.Abs(r-1) > 1e-12 {
				t.Fatalf("%d-D: a point of length %g on the surface", d, r)
			}
		}
	}
}

// Scattered points cover the interval better than independent ones: no gap is
// much larger than the average.
func TestScatteredCoversEvenly(t *testing.T) {
	const n = 500
	points, _ := dist.ScatteredHypersphere{}.Draw(stream, n, 1)
	slices.Sort(points)
	widest := 0.0
	for i := 1; i < n; i++ {
		widest = max(widest, points[i]-points[i-1])
	}
	if widest > 6*2.0/n {
		t.Errorf("a gap of %.4f among %d points in [-1, 1]", widest, n)
	}
}

func TestChecks(t *testing.T) {
	for _, d := range []dist.Distribution{
		dist.Uniform{Low: 1, High: 0},
		dist.Normal{Std: -1},
		dist.Exponential{Scale: -1},
		dist.Choice{},
		dist.Choice{Options: [][]float64{{1}}, Weights: []float64{-1}},
		dist.Samples{{1}, {1, 2}},
		dist.Samples{{math.NaN()}},
		dist.ScatteredHypersphere{MinMag: 2},
	} {
		if problems := dist.Check(d); len(problems) == 0 {
			t.Errorf("%#v passes", d)
		}
	}
}
