// Package edges reads lists of synapses from files: CSV, NumPy's .npz and
// Matrix Market.
package edges

import (
	"fmt"
	"math"
	"path"
	"strings"
)

// A List is synapses: synapse i goes from Pre[i] to Post[i], both counted from
// 0.
type List struct {
	Pre, Post []int
	Weight    []float64 // nil: not given
	Delay     []float64 // s; nil: not given
}

// Read reads a file by the ending of its name. Errors begin with the name and,
// for text, the line.
func Read(name string, content []byte) (*List, error) {
	var list *List
	var err error
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		list, err = readCSV(content)
	case ".npz":
		list, err = readNPZ(content)
	case ".mtx":
		list, err = readMatrixMarket(content)
	default:
		return nil, fmt.Errorf("%s: synapses are read from .csv, .npz and .mtx files", name)
	}
	if at, ok := err.(*lineError); ok {
		return nil, fmt.Errorf("%s:%d: %w", name, at.line, at.err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return list, nil
}

// lineError is what is wrong with a line of a text, counted from 1.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }

func wrong(line int, format string, args ...any) error {
	return &lineError{line, fmt.Errorf(format, args...)}
}

// index turns a number into that of a neuron.
func index(x float64) (int, error) {
	if !(x >= 0 && x < math.MaxInt32) || x != math.Floor(x) {
		return 0, fmt.Errorf("%g is no number of a neuron; count from 0", x)
	}
	return int(x), nil
}

// finite refuses what is no finite number.
func finite(x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return fmt.Errorf("%g is no finite number", x)
	}
	return nil
}
