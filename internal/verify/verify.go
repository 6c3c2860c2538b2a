// Package verify holds the reference cases that a user can run: closed forms, and
// numbers that other simulators have produced. The tests of the packages compare
// more, and the same numbers.
package verify

import (
	"fmt"
	"math"
)

// A Case is one comparison.
type Case struct {
	Name    string
	Against string
	Unit    string  // of the difference; "" where it is relative above 1
	Allowed float64 // the largest difference; 0: the same bits
	run     func(r *report)
}

// Result is what a case gave.
type Result struct {
	Case
	Worst    float64 // the largest difference
	Where    string  // it is
	Compared int     // numbers and spikes
	Err      error   // what could not be compared, or must be equal and is not
}

// OK says whether soma agrees with the reference.
func (r Result) OK() bool { return r.Err == nil && r.Compared > 0 && r.Worst <= r.Allowed }

// Cases lists all cases.
func Cases() []Case {
	cases := append(closedForms(), nengoCases()...)
	return append(append(cases, nestCases()...), determinism()...)
}

// Run runs a case.
func (c Case) Run() (result Result) {
	r := &report{}
	defer func() {
		switch stop := recover().(type) {
		case nil:
		case stopped:
			r.err = stop.err
		default:
			panic(stop)
		}
		result = Result{Case: c, Worst: r.worst, Where: r.where, Compared: r.compared, Err: r.err}
	}()
	c.run(r)
	return result
}

// report collects differences. It is a validation.TB: what cannot be read stops
// the case.
type report struct {
	worst    float64
	where    string
	compared int
	err      error
}

type stopped struct{ err error }

// Helper implements validation.TB.
func (*report) Helper() {}

// Fatal implements validation.TB.
func (*report) Fatal(args ...any) { panic(stopped{fmt.Errorf("%s", fmt.Sprint(args...))}) }

// Fatalf implements validation.TB.
func (*report) Fatalf(format string, args ...any) { panic(stopped{fmt.Errorf(format, args...)}) }

// must stops the case at an error.
func (r *report) must(err error) {
	if err != nil {
		r.Fatal(err)
	}
}

// near compares numbers, absolutely below 1 and relatively above.
func (r *report) near(what string, got, want []float64) {
	r.differ(what, got, want, func(w float64) float64 { return max(1, math.Abs(w)) })
}

// within compares numbers by their difference in units of size.
func (r *report) within(what string, got, want []float64, size float64) {
	r.differ(what, got, want, func(float64) float64 { return size })
}

func (r *report) differ(what string, got, want []float64, size func(float64) float64) {
	if len(got) != len(want) {
		r.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for i := range got {
		d := math.Abs(got[i]-want[i]) / size(want[i])
		if !(d <= r.worst) {
			r.worst, r.where = d, fmt.Sprintf("%s, value %d", what, i)
			if math.IsNaN(d) {
				r.Fatalf("%s: value %d is %g, want %g", what, i, got[i], want[i])
			}
		}
	}
	r.compared += len(got)
}

// equal compares what must be the same.
func equal[T comparable](r *report, what string, got, want []T) {
	if len(got) != len(want) {
		r.Fatalf("%s: %d, want %d", what, len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			r.Fatalf("%s: number %d is %v, want %v", what, i, got[i], want[i])
		}
	}
	r.compared += len(got)
}
