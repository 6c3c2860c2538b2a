package stats

import (
	"iter"
	"math"
	"slices"
)

// Edges divides the span from low to high into bins for a histogram of the
// samples together: as many as the rule of Freedman & Diaconis (1981) makes, of
// width 2·IQR/∛n, but not fewer than 10 or √n, nor more than 60.
func Edges(low, high float64, samples ...[]float64) []float64 {
	return EdgesOf(low, high, func(yield func(float64) bool) {
		for _, s := range samples {
			for _, v := range s {
				if !yield(v) {
					return
				}
			}
		}
	})
}

// EdgesOf is Edges of samples that memory need not hold; they are read five times.
func EdgesOf(low, high float64, samples iter.Seq[float64]) []float64 {
	n := 0
	for v := range samples {
		if finite(v) {
			n++
		}
	}
	ideal := math.Sqrt(float64(n))
	if n > 0 {
		quartiles := ranked(samples, n/4, n*3/4)
		width := 2 * (quartiles[1] - quartiles[0]) / math.Cbrt(float64(n))
		ideal = max(ideal, (high-low)/width)
	}
	bins := 60
	if ideal < 60 { // and a number
		bins = int(max(10, ideal))
	}
	return EvenEdges(low, high, bins)
}

// EvenEdges divides the span from low to high into n bins.
func EvenEdges(low, high float64, n int) []float64 {
	edges := make([]float64, n+1)
	for i := range edges {
		edges[i] = low + float64((high-low)*float64(i)/float64(n))
	}
	return edges
}

// Histogram counts the samples between even edges; each bin holds its lower
// edge, the last one its upper one, too.
func Histogram(samples, edges []float64) []float64 { return HistogramOf(slices.Values(samples), edges) }

// HistogramOf is Histogram of samples that memory need not hold.
func HistogramOf(samples iter.Seq[float64], edges []float64) []float64 {
	n := len(edges) - 1
	heights := make([]float64, max(n, 0))
	for v := range samples {
		if n < 1 || !(v >= edges[0] && v <= edges[n]) {
			continue
		}
		i := int(float64(n) * (v - edges[0]) / (edges[n] - edges[0]))
		heights[min(i, n-1)]++
	}
	return heights
}
