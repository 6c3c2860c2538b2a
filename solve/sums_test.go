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
		blank := make([]float64, len(p.Y))
		for _, solver := range []Solver{LstsqL2{}, LstsqL2nz{}, LstsqL1{}, NNLS{}, NNLSL2{}, NNLSL2nz{}} {
			want, err := solver.Solve(p)
			if err != nil {
				t.Fatal(name, err)
			}
			none, err := BySums(solver)(Sum(p.Points, p.Neurons, p.Outputs, &known{a: p.A, neurons: p.Neurons}, blank, 1))
			if err != nil || !slices.Equal(none, make([]float64, len(want))) {
				t.Errorf("%s, %T: weights %v of targets that are 0 (%v)", name, solver, none, err)
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

// Targets that are 0 take the short way to what the long one gives.
func TestTargetsOfZero(t *testing.T) {
	p := systems(t)["tall_60x12"].problem()
	clear(p.Y)
	s := p.Sums()
	short, _ := s.ridge(1)
	s.add()
	if long, ok := s.ridge(1); !ok || !slices.Equal(short, long) {
		t.Errorf("%v, the long way %v", short, long)
	}
	if _, err := (LstsqL2{}).Solve(Problem{Points: 2, Neurons: 1, Outputs: 1, A: []float64{0, 0}, Y: []float64{0, 0}}); err == nil {
		t.Error("silent neurons are accepted")
	}
}
