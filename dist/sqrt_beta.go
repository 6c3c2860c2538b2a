package dist

import (
	"fmt"
	"math"

	"soma/internal/param"
	"soma/internal/rng"
)

// SqrtBeta is the distribution of the length of M values of a random unit vector
// with N + M: the square root of a number with the Beta(M/2, N/2) distribution.
// It says how long the parts of a semantic pointer are.
type SqrtBeta struct {
	N int `param:"n" doc:"number of the other values"`
	M int `param:"m" default:"1" doc:"number of the values whose length it is"`
}

// Check implements Checked.
func (s SqrtBeta) Check() []param.Problem {
	if s.N < 1 {
		return []param.Problem{{Field: "n", Problem: fmt.Sprintf("%d values", s.N), Remedy: "give at least 1"}}
	}
	if s.M < 0 {
		return []param.Problem{{Field: "m", Problem: fmt.Sprintf("%d values", s.M), Remedy: "give at least 1"}}
	}
	return nil
}

// Draw implements Distribution.
func (s SqrtBeta) Draw(stream Stream, n, d int) ([]float64, error) {
	return draw(stream, n, d, func(src *rng.Source) float64 {
		part := squares(src, max(1, s.M))
		return math.Sqrt(part / (part + squares(src, s.N)))
	}), nil
}

// CosineSimilarity is the distribution of the cosine of the angle between two
// random vectors with the given number of dimensions.
type CosineSimilarity struct {
	Dimensions int `param:"dimensions" doc:"of the vectors"`
}

// Check implements Checked.
func (c CosineSimilarity) Check() []param.Problem {
	if c.Dimensions < 2 {
		return []param.Problem{{Field: "dimensions", Problem: fmt.Sprintf("%d dimensions", c.Dimensions), Remedy: "give at least 2"}}
	}
	return nil
}

// Draw implements Distribution.
func (c CosineSimilarity) Draw(stream Stream, n, d int) ([]float64, error) {
	return draw(stream, n, d, func(src *rng.Source) float64 {
		x := src.Normal()
		return x / math.Sqrt(float64(x*x)+squares(src, c.Dimensions-1))
	}), nil
}

// squares is the sum of n squared normal numbers.
func squares(src *rng.Source, n int) float64 {
	sum := 0.0
	for range n {
		x := src.Normal()
		sum += float64(x * x)
	}
	return sum
}
