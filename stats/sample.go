package stats

import (
	"math"
	"slices"
)

// Mean is that of the finite numbers; NaN where there is none.
func Mean(x []float64) float64 {
	sum, n := 0.0, 0
	for _, v := range x {
		if finite(v) {
			sum, n = sum+v, n+1
		}
	}
	return sum / float64(n)
}

// Deviation is the standard deviation of the finite numbers, dividing by their
// number less one; NaN where there are fewer than two.
func Deviation(x []float64) float64 {
	mean, sum, n := Mean(x), 0.0, 0
	for _, v := range x {
		if finite(v) {
			sum, n = sum+float64((v-mean)*(v-mean)), n+1
		}
	}
	if n < 2 {
		return math.NaN()
	}
	return math.Sqrt(sum / float64(n-1))
}

// Edges divides the span from low to high into bins for a histogram of the
// samples together: as many as the rule of Freedman & Diaconis (1981) makes, of
// width 2·IQR/∛n, but not fewer than 10 or √n, nor more than 60.
func Edges(low, high float64, samples ...[]float64) []float64 {
	all := slices.Sorted(slices.Values(slices.Concat(samples...)))
	ideal := math.Sqrt(float64(len(all)))
	if len(all) > 0 {
		width := 2 * (all[len(all)*3/4] - all[len(all)/4]) / math.Cbrt(float64(len(all)))
		ideal = max(ideal, (high-low)/width)
	}
	return EvenEdges(low, high, int(max(10, min(ideal, 60))))
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
func Histogram(samples, edges []float64) []float64 {
	n := len(edges) - 1
	heights := make([]float64, max(n, 0))
	for _, v := range samples {
		if n < 1 || !(v >= edges[0] && v <= edges[n]) {
			continue
		}
		i := int(float64(n) * (v - edges[0]) / (edges[n] - edges[0]))
		heights[min(i, n-1)]++
	}
	return heights
}
