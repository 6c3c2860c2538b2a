package synapse

import (
	"fmt"
	"math"
)

// Triangle is the filter whose impulse response falls in a straight line from the
// present to 0, over the time T: with n = T/dt + 1, rounded, its weights are
// proportional to n, n − 1, …, 1 and add up to 1. A T of 0 passes the input on,
// one step later.
type Triangle struct {
	T float64 `param:"t" unit:"s" check:">=0" doc:"length of the impulse response"`
}

// maxTaps keeps the memory of a filter in bounds.
const maxTaps = 100_000

// Discrete implements Synapse.
func (f Triangle) Discrete(dt float64) (System, error) {
	steps := math.Floor(f.T/dt + 0.5)
	if steps+1 > maxTaps {
		return System{}, fmt.Errorf("%g steps long; give at most %d steps", steps, maxTaps-1)
	}
	n := int(steps) + 1
	taps := make([]float64, n)
	for k := range taps {
		taps[k] = 2 * float64(n-k) / float64(n*(n+1))
	}
	return System{Taps: taps}, nil
}
