package soma

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// Position is a place in a model file, or in a Go program that builds a model.
type Position struct {
	File string
	Line int // from 1; 0 when unknown
	Col  int // from 1; 0 when unknown
}

// String gives file:line:col, as far as they are known.
func (p Position) String() string {
	switch {
	case p.File == "":
		return ""
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// An Error says what is wrong with a model: which object, which field, which
// value, and what to do about it.
type Error struct {
	Pos     Position
	Object  string // path of the object, "network.cell"; may be empty
	Field   string // name as in model files; may be empty
	Problem string // what is wrong, with the value
	Remedy  string // what to do
}

// Error gives "file:line:col: object.field: what is wrong; what to do".
func (e *Error) Error() string {
	var b strings.Builder
	if pos := e.Pos.String(); pos != "" {
		b.WriteString(pos + ": ")
	}
	where := e.Object
	if e.Field != "" {
		if where != "" {
			where += "."
		}
		where += e.Field
	}
	if where != "" {
		b.WriteString(where + ": ")
	}
	b.WriteString(e.Problem)
	if e.Remedy != "" {
		b.WriteString("; " + e.Remedy)
	}
	return b.String()
}

// Errors is everything that is wrong with a model, in the order of its objects.
type Errors []*Error

// Error gives one line per error.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, err := range e {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

// Err is nil when there are no errors.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// AsErrors gives the errors that err consists of; an error of another kind
// becomes one without an object.
func AsErrors(err error) Errors {
	var list Errors
	var one *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return Errors{one}
	}
	return Errors{{Problem: err.Error()}}
}

// caller is the position of the statement depth calls up, so that an error in a
// Go program points at the line that made the object.
func caller(depth int) Position {
	_, file, line, ok := runtime.Caller(depth)
	if !ok {
		return Position{}
	}
	return Position{File: file, Line: line}
}
