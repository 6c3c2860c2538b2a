package verify

import "testing"

// Every case passes, and none is empty.
func TestCases(t *testing.T) {
	for _, c := range Cases() {
		r := c.Run()
		if !r.OK() {
			t.Errorf("%s: %.3g of %.3g after %d numbers, %v", c.Name, r.Worst, c.Allowed, r.Compared, r.Err)
		}
		t.Logf("%s: %.2g of %.2g, %d numbers", c.Name, r.Worst, c.Allowed, r.Compared)
	}
}

// A case that differs, or cannot be run, fails.
func TestFailures(t *testing.T) {
	for name, run := range map[string]func(r *report){
		"difference": func(r *report) { r.near("x", []float64{1}, []float64{1.1}) },
		"length":     func(r *report) { r.near("x", []float64{1}, nil) },
		"spike":      func(r *report) { equal(r, "x", []int{1}, []int{2}) },
		"nothing":    func(*report) {},
		"error":      func(r *report) { r.Fatal("no file") },
		"NaN":        func(r *report) { r.near("x", []float64{0 / zero}, []float64{1}) },
	} {
		if r := (Case{Allowed: 0.01, run: run}).Run(); r.OK() {
			t.Errorf("%s passes: %+v", name, r)
		}
	}
}

var zero = 0.0
