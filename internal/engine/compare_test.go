package engine_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"soma/internal/engine"
	"soma/internal/program"
)

// interpreted runs a program in the interpreter, which defines what it computes.
func interpreted(t *testing.T, p *program.Program, steps int) *program.Interpreter {
	t.Helper()
	in, err := program.NewInterpreter(p)
	if err != nil {
		t.Fatal(err)
	}
	for range steps {
		in.Step()
	}
	return in
}

// executed runs a program in the engine.
func executed(t *testing.T, p *program.Program, opts engine.Options, steps int64) *engine.Engine {
	t.Helper()
	e, err := engine.New(p, opts)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Run(t.Context(), steps); err != nil {
		t.Fatal(err)
	}
	return e
}

// sameRecordings reports what the engine has recorded otherwise than the
// interpreter, by a single bit.
func sameRecordings(t *testing.T, run string, p *program.Program, e *engine.Engine, in *program.Interpreter) {
	t.Helper()
	for i, r := range records(p) {
		if diff := different(e.Recorded(r), in.Recorded[i]); diff != "" {
			t.Errorf("%s: %s: %s", run, r.Object(), diff)
		}
	}
}

// somethingRecorded reports probes that have recorded nothing, which would be equal
// to anything.
func somethingRecorded(t *testing.T, p *program.Program, in *program.Interpreter) {
	t.Helper()
	for i, r := range records(p) {
		if n := len(in.Recorded[i].Steps) + len(in.Recorded[i].Values); n == 0 {
			t.Errorf("%s recorded nothing", r.Object())
		}
	}
}

// different says where two recordings differ by a bit, or "".
func different(got, want program.Recording) string {
	sameBits := func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }
	switch {
	case len(got.Values) != len(want.Values):
		return fmt.Sprintf("%d values, want %d", len(got.Values), len(want.Values))
	case !slices.Equal(got.Steps, want.Steps) || !slices.Equal(got.IDs, want.IDs):
		return fmt.Sprintf("spikes differ: %d, want %d", len(got.Steps), len(want.Steps))
	case !slices.EqualFunc(got.At, want.At, sameBits):
		return "times of spikes differ"
	}
	for i := range got.Values {
		if !sameBits(got.Values[i], want.Values[i]) {
			return fmt.Sprintf("value %d is %.17g, want %.17g", i, got.Values[i], want.Values[i])
		}
	}
	return ""
}
