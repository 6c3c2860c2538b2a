package solve

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"soma/internal/rng"
	"soma/validation"
)

// system is a least-squares problem of the reference file with its solutions.
type system struct {
	A, Y      [][]float64
	Solutions map[string]struct{ X [][]float64 }
}

func flatten(rows [][]float64) (flat []float64) {
	for _, row := range rows {
		flat = append(flat, row...)
	}
	return flat
}

func (s system) problem() Problem {
	return Problem{
		Points: len(s.A), Neurons: len(s.A[0]), Outputs: len(s.Y[0]),
		A: flatten(s.A), Y: flatten(s.Y),
	}
}

func TestAgainstNengo(t *testing.T) {
	for name, s := range systems(t) {
		for solution, c := range map[string]struct {
			solver Solver
			near   float64 // relative to the largest weight
		}{
			"LstsqL2":           {LstsqL2{}, 1e-9},
			"LstsqL2_reg0.01":   {LstsqL2{Reg: 0.01}, 1e-9},
			"LstsqL2nz":         {LstsqL2nz{}, 1e-9},
			"LstsqL2nz_reg0.01": {LstsqL2nz{Reg: 0.01}, 1e-9},
			"Lstsq":             {Lstsq{}, 1e-10},
			"Lstsq_rcond1e-4":   {Lstsq{Rcond: 1e-4}, 1e-10},
			"LstsqDrop":         {LstsqDrop{}, 1e-9},
			"Nnls":              {NNLS{}, 1e-9},
			"NoSolver":          {None{}, 0},
		} {
			want := flatten(s.Solutions[solution].X)
			got, err := c.solver.Solve(s.problem())
			if err != nil {
				t.Fatal(err)
			}
			largest := 0.0
			for _, x := range want {
				largest = max(largest, math.Abs(x))
			}
			if len(got) != len(want) {
				t.Fatalf("%s, %s: %d weights, want %d", name, solution, len(got), len(want))
			}
			for i := range want {
				if math.Abs(got[i]-want[i]) > c.near*largest {
					t.Errorf("%s, %s: weight %d is %.17g, want %.17g", name, solution, i, got[i], want[i])
				}
			}
		}
	}
}

func systems(t *testing.T) (all map[string]system) {
	t.Helper()
	validation.JSON(t, "nengo/solvers.json", &all)
	return all
}

// cost is ‖A·d − y‖² + r·Σd², and gradient half its derivative, for one output.
func cost(p Problem, d []float64, k int, r float64) (sum float64, gradient []float64) {
	gradient = make([]float64, p.Neurons)
	for point := range p.Points {
		row := p.A[point*p.Neurons : (point+1)*p.Neurons]
		e := -p.Y[point*p.Outputs+k]
		for i, a := range row {
			e += a * d[i*p.Outputs+k]
		}
		sum += e * e
		for i, a := range row {
			gradient[i] += a * e
		}
	}
	for i := range gradient {
		x := d[i*p.Outputs+k]
		sum += r * x * x
		gradient[i] += r * x
	}
	return sum, gradient
}

// With regularisation, Nengo minimises something else (the residual of the normal
// equations, for targets cut at 0); ours is the minimum of the regularised
// error, and so not above Nengo's: where a weight is positive the error is flat,
// and where it is 0 it rises.
func TestNonNegativeWithRegularisation(t *testing.T) {
	for name, s := range systems(t) {
		p := s.problem()
		r := float64(p.Points) * 0.01 * p.Sums().highest() * p.Sums().highest()
		got, err := NNLSL2{}.Solve(p)
		if err != nil {
			t.Fatal(err)
		}
		for k := range p.Outputs {
			ours, gradient := cost(p, got, k, r)
			theirs, _ := cost(p, flatten(s.Solutions["NnlsL2"].X), k, r)
			if ours > theirs*(1+1e-12) {
				t.Errorf("%s, output %d: error %g, Nengo's %g", name, k, ours, theirs)
			}
			for i, slope := range gradient {
				x := got[i*p.Outputs+k]
				if x < 0 || x > 0 && math.Abs(slope) > 1e-7 || x == 0 && slope < -1e-7 {
					t.Errorf("%s, output %d: weight %d is %g where the error has the slope %g", name, k, i, x, slope)
				}
			}
		}
	}
}

// The elastic net fulfils its conditions: the slope of the error is the price
// where a weight is not 0, and no more where it is; a higher price leaves fewer.
func TestElasticNet(t *testing.T) {
	p := systems(t)["fat_15x40"].problem()
	fewer := p.Neurons*p.Outputs + 1
	for _, l1 := range []float64{1e-4, 1e-3, 1e-2} {
		s := LstsqL1{L1: l1, MaxIter: 100_000}
		d, err := s.Solve(p)
		if err != nil {
			t.Fatal(err)
		}
		a, b, m := l1*p.Sums().highest(), 1e-6*p.Sums().highest()*p.Sums().highest(), float64(p.Points)
		used := 0
		for k := range p.Outputs {
			_, gradient := cost(p, d, k, b*m)
			for i, slope := range gradient {
				x := d[i*p.Outputs+k]
				if x != 0 {
					used++
				}
				if x != 0 && math.Abs(slope/m+math.Copysign(a, x)) > 1e-2*a || x == 0 && math.Abs(slope/m) > 1.01*a {
					t.Errorf("l1 = %g: weight %d is %g where the slope is %g, and the price %g", l1, i, x, slope/m, a)
				}
			}
		}
		if used >= fewer || used == 0 {
			t.Errorf("l1 = %g: %d weights, %d with a lower price", l1, used, fewer)
		}
		fewer = used
	}
}

// Noise on the activities acts, on the average, as the regularisation of the
// same strength.
func TestNoiseIsRegularisation(t *testing.T) {
	p := systems(t)["tall_60x12"].problem()
	long := repeated(p, 400)
	want, _ := LstsqL2{}.Solve(p)
	got, err := LstsqNoise{}.Solve(long)
	if err != nil {
		t.Fatal(err)
	}
	about(t, got, want)
	again, _ := LstsqNoise{}.Solve(long)
	if !slices.Equal(got, again) {
		t.Error("the noise is drawn anew")
	}
}

// repeated is a problem whose points are there many times, so that noise averages out.
func repeated(p Problem, copies int) Problem {
	long := Problem{Neurons: p.Neurons, Outputs: p.Outputs, Points: copies * p.Points, Stream: rng.New(1, "cell", "solver")}
	for range copies {
		long.A, long.Y = append(long.A, p.A...), append(long.Y, p.Y...)
	}
	return long
}

// about compares weights, to 6 % of the largest.
func about(t *testing.T, got, want []float64) {
	t.Helper()
	largest := 0.0
	for _, x := range want {
		largest = max(largest, math.Abs(x))
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 0.06*largest {
			t.Errorf("weight %d is %g, want about %g", i, got[i], want[i])
		}
	}
}

// Noise that grows with the activities acts as a regularisation of each neuron by
// its mean square activity.
func TestNoiseThatGrowsIsRegularisationByActivity(t *testing.T) {
	p := systems(t)["tall_60x12"].problem()
	for point := range p.Points {
		p.A[point*p.Neurons+3] = 0 // a silent one
	}
	const noise = 0.2
	long := repeated(p, 400)
	squares := make([]float64, p.Neurons)
	for k, a := range p.A {
		squares[k%p.Neurons] += noise * noise * a * a
	}
	want, _ := p.Sums().ridge(slices.Delete(squares, 3, 4)...)
	got, err := LstsqMultNoise{Noise: noise}.Solve(long)
	if err != nil {
		t.Fatal(err)
	}
	about(t, got, want)
}

// The weights are optimal: a weight above 0 is where the error is flat, and one of
// 0 where it would rise.
func TestNNLSL2nzIsOptimal(t *testing.T) {
	for name, system := range systems(t) {
		p := system.problem()
		for k := range p.A { // neurons that are active at fewer points than others
			if k%7 < k%p.Neurons%5 {
				p.A[k] = 0
			}
		}
		d, err := NNLSL2nz{}.Solve(p)
		if err != nil {
			t.Fatal(name, err)
		}
		r := p.Sums().byUse(0.1 * p.Sums().largest())
		_, c := p.Sums().normal()
		largest := 0.0
		for _, x := range c {
			largest = max(largest, math.Abs(x))
		}
		for i := range p.Neurons {
			for k := range p.Outputs {
				slope := r[i]*d[i*p.Outputs+k] - c[i*p.Outputs+k]
				for point := range p.Points {
					a := p.A[point*p.Neurons : (point+1)*p.Neurons]
					sum := 0.0
					for j := range a {
						sum += a[j] * d[j*p.Outputs+k]
					}
					slope += a[i] * sum
				}
				x := d[i*p.Outputs+k]
				if x < 0 || slope < -1e-9*largest || x > 0 && slope > 1e-9*largest {
					t.Errorf("%s: weight (%d, %d) is %g, slope of the error %g", name, i, k, x, slope)
				}
			}
		}
	}
}

func TestGivenWeights(t *testing.T) {
	p := systems(t)["tall_60x12"].problem()
	values := make([][]float64, p.Neurons)
	for i := range values {
		values[i] = []float64{float64(i), -1}
	}
	d, err := None{Values: values}.Solve(p)
	if err != nil || !slices.Equal(d, flatten(values)) {
		t.Error(d, err)
	}
	if _, err := (None{Values: values[1:]}).Solve(p); err == nil || !strings.Contains(err.Error(), "11 × 2 values given, 12 × 2 needed") {
		t.Error(err)
	}
}

func TestSolverProblems(t *testing.T) {
	for field, s := range map[string]Solver{
		"reg": LstsqL2{Reg: -1}, "drop": LstsqDrop{Drop: 2}, "solver2.noise": LstsqDrop{Solver2: LstsqNoise{Noise: -1}},
		"rcond": Lstsq{Rcond: 3}, "values": None{Values: [][]float64{{1, 2}, {1}}},
	} {
		if problems := Check(s); len(problems) == 0 || problems[0].Field != field {
			t.Errorf("%T: %v, want a problem with %s", s, problems, field)
		}
	}
}

func TestHopelessProblems(t *testing.T) {
	silent := Problem{Points: 2, Neurons: 1, Outputs: 1, A: []float64{0, 0}, Y: []float64{1, 1}}
	twins := Problem{Points: 3, Neurons: 2, Outputs: 1, A: []float64{1, 1, 2, 2, 3, 3}, Y: []float64{1, 2, 3}}
	for _, c := range []struct {
		solver  Solver
		problem Problem
		says    string
	}{
		{LstsqL2{}, silent, "no neuron is active"},
		{LstsqL2{Reg: 5e-324}, twins, "singular"},
		{LstsqL2nz{Reg: 5e-324}, twins, "singular"},
		{LstsqNoise{Noise: 5e-324}, twins, "do not determine"},
		{LstsqMultNoise{Noise: 5e-324}, twins, "do not determine"},
		{Lstsq{}, silent, "no neuron is active"},
		{NNLS{}, silent, "no neuron is active"},
	} {
		_, err := c.solver.Solve(c.problem)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("got %v, want an error that says %q", err, c.says)
		}
	}
}

// Neurons that are silent at every point get no weight, and change no bit of
// those of the others.
func TestSilentNeuronsChangeNothing(t *testing.T) {
	const points, neurons = 40, 9
	random := rand.New(rand.NewPCG(1, 2))
	for _, outputs := range []int{1, 3, 12} {
		plain := Problem{Points: points, Neurons: neurons, Outputs: outputs}
		padded := Problem{Points: points, Neurons: 2 * neurons, Outputs: outputs}
		for range points {
			for range neurons {
				a := max(0, random.NormFloat64())
				plain.A, padded.A = append(plain.A, a), append(padded.A, 0, a)
			}
			for range outputs {
				plain.Y = append(plain.Y, random.NormFloat64())
			}
		}
		padded.Y = plain.Y
		want, err := LstsqL2{}.Solve(plain)
		if err != nil {
			t.Fatal(err)
		}
		got, err := LstsqL2{}.Solve(padded)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 * neurons {
			for k := range outputs {
				w := 0.0
				if i%2 == 1 {
					w = want[i/2*outputs+k]
				}
				if g := got[i*outputs+k]; math.Float64bits(g) != math.Float64bits(w) {
					t.Errorf("%d outputs: weight (%d, %d) is %v, want %v", outputs, i, k, g, w)
				}
			}
		}
	}
}
