package equation

import "fmt"

// Place is a position in one of the texts, both from 1.
type Place struct{ Line, Col int }

// A Problem is a mistake in one of the texts.
type Problem struct {
	Field   string // "text", "threshold", "reset", "refractory", "method", a receptor or a parameter
	Place   Place  // zero: the whole field
	Problem string
	Remedy  string
}

// Problems collects mistakes.
type Problems []Problem

// maxProblems bounds how many mistakes are kept.
const maxProblems = 50

func (p *Problems) add(field string, at Place, remedy, format string, args ...any) {
	if len(*p) < maxProblems {
		*p = append(*p, Problem{field, at, fmt.Sprintf(format, args...), remedy})
	}
}

// full says that no further mistakes are kept, so that none need be looked for.
func (p *Problems) full() bool { return len(*p) >= maxProblems }

// A fault is a mistake that ends the reading of one statement.
type fault struct {
	at              Place
	problem, remedy string
}

func (f *fault) Error() string { return f.problem }

func fail(at Place, remedy, format string, args ...any) error {
	return &fault{at, fmt.Sprintf(format, args...), remedy}
}

// report adds an error of the functions below to the list.
func (p *Problems) report(field string, err error) {
	if f, ok := err.(*fault); ok {
		p.add(field, f.at, f.remedy, "%s", f.problem)
	}
}
