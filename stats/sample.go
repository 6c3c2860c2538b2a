package stats

import "math"

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
