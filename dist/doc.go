// Package dist holds the distributions from which parameters of a model are
// drawn: intercepts, maximum rates, encoders, evaluation points, initial values.
//
// A [Distribution] draws n points of d values each. The draws come from a
// counter-based [Stream] that is keyed by the network's seed and the name of
// the object: the same model and seed give the same numbers on every machine,
// in any order, and adding an object never changes the draws of another.
//
// Given values are distributions too: [Samples] returns exactly the points it
// holds. A program can supply its own distribution by implementing the
// interface; it must take all its randomness from the stream.
package dist

import (
	"fmt"

	"soma/internal/param"
	"soma/internal/rng"
)

// A Stream is where a distribution takes its random numbers from. Its Source
// method gives the sequence of draws that belong to one element.
type Stream = rng.Stream

// A Distribution draws points. Draw may be called from several goroutines.
type Distribution interface {
	// Draw returns n points of d values each, row by row (n·d values).
	Draw(stream Stream, n, d int) ([]float64, error)
}

// Checked is implemented by distributions whose parameters can be wrong in a
// way that shows before anything is drawn.
type Checked interface {
	Check() []param.Problem
}

// Check reports what is wrong with the parameters of a distribution.
func Check(d Distribution) []param.Problem {
	if c, ok := d.(Checked); ok {
		return c.Check()
	}
	return nil
}

// draw fills n points of d values, each value from its element's own source.
func draw(stream Stream, n, d int, value func(src *rng.Source) float64) []float64 {
	out := make([]float64, n*d)
	for i := range n {
		src := stream.Source(uint64(i))
		for j := range d {
			out[i*d+j] = value(src)
		}
	}
	return out
}

func ordered(low, high float64, names ...string) []param.Problem {
	if low <= high {
		return nil
	}
	return []param.Problem{{
		Field:   names[0],
		Problem: fmt.Sprintf("%s %g is above %s %g", names[0], low, names[1], high),
		Remedy:  "swap the two bounds",
	}}
}
