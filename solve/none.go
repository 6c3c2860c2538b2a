package solve

import (
	"fmt"
	"math"

	"soma/internal/param"
)

// None solves nothing: the weights are given, a row for each neuron and a column
// for each output. Without values they are 0, as where learning is to find them.
type None struct {
	Values [][]float64 `param:"values" doc:"the weights: a row for each neuron, a value for each output; default: 0"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Check implements Checker.
func (s None) Check() []param.Problem {
	for i, row := range s.Values {
		if len(row) != len(s.Values[0]) {
			return []param.Problem{{Field: "values", Problem: fmt.Sprintf("row %d has %d values and row 0 has %d", i, len(row), len(s.Values[0])), Remedy: "give rows of one length"}}
		}
		for j, x := range row {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return []param.Problem{{Field: "values", Problem: fmt.Sprintf("value [%d][%d] is %g", i, j, x), Remedy: "give finite numbers"}}
			}
		}
	}
	return nil
}

// Solve implements Solver.
func (s None) Solve(p Problem) ([]float64, error) {
	d := make([]float64, 0, p.Neurons*p.Outputs)
	if s.Values == nil {
		return d[:cap(d)], nil
	}
	if len(s.Values) != p.Neurons || len(s.Values[0]) != p.Outputs {
		return nil, fmt.Errorf("%d × %d values given, %d × %d needed: a row for each neuron", len(s.Values), len(s.Values[0]), p.Neurons, p.Outputs)
	}
	for _, row := range s.Values {
		d = append(d, row...)
	}
	return d, nil
}
