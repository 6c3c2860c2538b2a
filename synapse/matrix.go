package synapse

import "math"

// The few operations on small square matrices that filters need. Sums are in the
// order of the textbook.

func matrix(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

func product(a, b [][]float64) [][]float64 {
	c := matrix(len(a))
	for i := range a {
		for k, x := range a[i] {
			if x == 0 {
				continue
			}
			for j, y := range b[k] {
				c[i][j] += float64(x * y)
			}
		}
	}
	return c
}

// exponential is e^m: the power series of m/2^k, squared k times.
func exponential(m [][]float64) [][]float64 {
	n, norm := len(m), 0.0
	for _, row := range m {
		sum := 0.0
		for _, x := range row {
			sum += math.Abs(x)
		}
		norm = max(norm, sum)
	}
	squarings, scale := 0, 1.0
	for ; norm*scale > 0.25; squarings++ {
		scale /= 2
	}
	small, sum, term := matrix(n), matrix(n), matrix(n)
	for i := range n {
		sum[i][i], term[i][i] = 1, 1
		for j := range n {
			small[i][j] = float64(m[i][j] * scale)
		}
	}
	for k := 1.0; k <= 14; k++ { // 0.25^15/15! is below 1e-21
		term = product(term, small)
		for i := range n {
			for j := range n {
				term[i][j] /= k
				sum[i][j] += term[i][j]
			}
		}
	}
	for range squarings {
		sum = product(sum, sum)
	}
	return sum
}

// inverted is the inverse by Gauss and Jordan with row pivots; false for a
// singular matrix. The argument is used up.
func inverted(m [][]float64) ([][]float64, bool) {
	n := len(m)
	inverse := matrix(n)
	for i := range n {
		inverse[i][i] = 1
	}
	for k := range n {
		best := k
		for i := k + 1; i < n; i++ {
			if math.Abs(m[i][k]) > math.Abs(m[best][k]) {
				best = i
			}
		}
		pivot := m[best][k]
		if pivot == 0 || math.IsNaN(pivot) {
			return nil, false
		}
		m[k], m[best], inverse[k], inverse[best] = m[best], m[k], inverse[best], inverse[k]
		for j := range n {
			m[k][j] /= pivot
			inverse[k][j] /= pivot
		}
		for i := range n {
			factor := m[i][k]
			if i == k || factor == 0 {
				continue
			}
			for j := range n {
				m[i][j] -= float64(factor * m[k][j])
				inverse[i][j] -= float64(factor * inverse[k][j])
			}
		}
	}
	return inverse, true
}
