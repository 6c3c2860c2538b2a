package sim_test

import (
	"path/filepath"
	"slices"
	"testing"

	"soma"
	"soma/sim"
	"soma/solve"
)

// TestDecoderCache builds an ensemble that is worth it twice with one folder.
func TestDecoderCache(t *testing.T) {
	dir := t.TempDir()
	run := func(reg float64) (hits int, decoded []float64) {
		net := soma.New("large", 3)
		a := net.Ensemble("a", 330, 1)
		a.NEvalPoints = 100_000
		out := net.Passthrough("out", 1)
		net.Connect(a, out).Solver = solve.LstsqL2{Reg: reg}
		p := net.Probe("p", out)
		s, err := sim.New(net, sim.Options{DecoderCache: dir})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.RunSteps(t.Context(), 20); err != nil {
			t.Fatal(err)
		}
		return s.CachedDecoders(), s.Data(p).Values
	}
	stored := func() int {
		files, err := filepath.Glob(filepath.Join(dir, "*.f64"))
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	hits, first := run(0.1)
	if hits != 0 || stored() != 1 {
		t.Fatalf("%d found at first, %d files", hits, stored())
	}
	hits, second := run(0.1)
	if hits != 1 || stored() != 1 || !slices.Equal(first, second) {
		t.Errorf("%d found, %d files, the same: %v", hits, stored(), slices.Equal(first, second))
	}
	hits, other := run(0.2)
	if hits != 0 || stored() != 2 || slices.Equal(first, other) {
		t.Errorf("another problem: %d found, %d files, the same: %v", hits, stored(), slices.Equal(first, other))
	}
}
