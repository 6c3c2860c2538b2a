package connect_test

import (
	"slices"
	"testing"

	"soma/connect"
)

// A compact matrix is the same matrix.
func TestCompact(t *testing.T) {
	for name, c := range map[string]struct {
		matrix connect.Dense
		sparse bool
	}{
		"diagonal": {connect.Dense{{1, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 4}}, true},
		"half":     {connect.Dense{{1, 0}, {0, 2}}, false},
		"zero":     {connect.Dense{{0, 0}}, false},
	} {
		compact := c.matrix.Compact()
		if _, sparse := compact.(connect.Sparse); sparse != c.sparse {
			t.Errorf("%s: %T", name, compact)
		}
		in := len(c.matrix[0])
		if got, want := compact.Matrix(in), c.matrix.Matrix(in); !slices.Equal(got.Data, want.Data) {
			t.Errorf("%s: %v", name, got.Data)
		}
	}
}
