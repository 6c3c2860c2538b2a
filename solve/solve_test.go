package solve

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

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
	var systems map[string]system
	validation.JSON(t, "nengo/solvers.json", &systems)
	for name, s := range systems {
		for solution, solver := range map[string]Solver{
			"LstsqL2":         LstsqL2{},
			"LstsqL2_reg0.01": LstsqL2{Reg: 0.01},
		} {
			want := flatten(s.Solutions[solution].X)
			got, err := solver.Solve(s.problem())
			if err != nil {
				t.Fatal(err)
			}
			largest := 0.0
			for _, x := range want {
				largest = max(largest, math.Abs(x))
			}
			for i := range want {
				if math.Abs(got[i]-want[i]) > 1e-9*largest {
					t.Errorf("%s, %s: weight %d is %.17g, want %.17g", name, solution, i, got[i], want[i])
				}
			}
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
