package solve

import (
	"slices"
	"testing"
)

// sampled solves in its own way, though it contains a solver that needs only sums.
type sampled struct{ LstsqL2 }

func (sampled) Solve(Problem) ([]float64, error) { return nil, nil }

// Sums over activities that are computed when needed give the weights of activities
// that are all there, on any number of threads.
func TestSolversBySums(t *testing.T) {
	if BySums(sampled{}) != nil || BySums(Lstsq{}) != nil {
		t.Error("a solver that has its own way is given sums")
	}
	for name, system := range systems(t) {
		p := system.problem()
		for _, solver := range []Solver{LstsqL2{}, LstsqL2nz{}, LstsqL1{}, NNLS{}, NNLSL2{}, NNLSL2nz{}} {
			want, err := solver.Solve(p)
			if err != nil {
				t.Fatal(name, err)
			}
			for _, threads := range []int{1, 3} {
				a := &known{a: p.A, neurons: p.Neurons}
				got, err := BySums(solver)(Sum(p.Points, p.Neurons, p.Outputs, a, p.Y, threads))
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%s, %T, %d threads: %v, want %v (%v)", name, solver, threads, got, want, err)
				}
			}
		}
	}
}
