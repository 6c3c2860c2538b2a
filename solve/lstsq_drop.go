package solve

import (
	"fmt"
	"math"
	"slices"

	"soma/internal/param"
)

// LstsqDrop makes sparse weights: it solves with Solver1, sets the weights nearest
// to 0, a fraction Drop of all, to 0, and solves for those that are left, output
// by output, with Solver2.
type LstsqDrop struct {
	Drop    float64 `param:"drop" default:"0.25" check:"0..1" doc:"part of the weights that is dropped"`
	Solver1 Solver  `param:"solver1" default:"solve.lstsq_l2(reg = 0.001)" doc:"finds the weights at first"`
	Solver2 Solver  `param:"solver2" default:"solve.lstsq_l2(reg = 0.1)" doc:"finds those that are left"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Check implements Checker.
func (s LstsqDrop) Check() []param.Problem {
	problems := param.Check(param.Resolve(s))
	for _, part := range []struct {
		field  string
		solver Solver
	}{{"solver1", s.Solver1}, {"solver2", s.Solver2}} {
		if part.solver != nil {
			for _, problem := range Check(part.solver) {
				problem.Field = part.field + "." + problem.Field
				problems = append(problems, problem)
			}
		}
	}
	return problems
}

// Solve implements Solver.
func (s LstsqDrop) Solve(p Problem) ([]float64, error) {
	s = param.Resolve(s)
	first, second := s.Solver1, s.Solver2
	if first == nil {
		first = LstsqL2{Reg: 0.001}
	}
	if second == nil {
		second = LstsqL2{Reg: 0.1}
	}
	d, err := first.Solve(p)
	if err != nil {
		return nil, fmt.Errorf("solver1: %w", err)
	}
	d = slices.Clone(d)
	sizes := make([]float64, len(d))
	for i, x := range d {
		sizes[i] = math.Abs(x)
	}
	slices.Sort(sizes)
	threshold := math.Inf(1)
	if dropped := int(math.RoundToEven(float64(s.Drop * float64(len(sizes))))); dropped < len(sizes) {
		threshold = sizes[dropped]
	}
	for k := range p.Outputs {
		if err := s.refine(second, p, d, k, threshold); err != nil {
			return nil, fmt.Errorf("solver2: %w", err)
		}
	}
	return d, nil
}

// refine solves for the weights of output k that reach the threshold.
func (s LstsqDrop) refine(solver Solver, p Problem, d []float64, k int, threshold float64) error {
	var kept []int
	for i := range p.Neurons {
		x := &d[i*p.Outputs+k]
		if math.Abs(*x) < threshold || *x == 0 {
			*x = 0
			continue
		}
		kept = append(kept, i)
	}
	if len(kept) == 0 {
		return nil
	}
	part := Problem{Points: p.Points, Neurons: len(kept), Outputs: 1, Stream: p.Stream}
	for point := range p.Points {
		for _, i := range kept {
			part.A = append(part.A, p.A[point*p.Neurons+i])
		}
		part.Y = append(part.Y, p.Y[point*p.Outputs+k])
	}
	found, err := solver.Solve(part)
	if err != nil {
		return err
	}
	for at, i := range kept {
		d[i*p.Outputs+k] = found[at]
	}
	return nil
}
