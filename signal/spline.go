package signal

// spline is a cubic spline, by the slopes at its points.
type spline struct {
	times          []float64
	values, slopes [][]float64
}

// newSpline solves for the slopes at which the second derivative is continuous,
// and at the second point and the last but one the third, too ("not a knot": C.
// de Boor, A Practical Guide to Splines, 1978, chapter IV). There are at least
// four points.
func newSpline(times []float64, values [][]float64) spline {
	s := spline{times: times, values: values, slopes: make([][]float64, len(times))}
	for i := range s.slopes {
		s.slopes[i] = make([]float64, len(values[0]))
	}
	n := len(times)
	h := make([]float64, n-1)
	for i := range h {
		h[i] = times[i+1] - times[i]
	}
	for k := range values[0] {
		secant := make([]float64, n-1)
		for i := range secant {
			secant[i] = (values[i+1][k] - values[i][k]) / h[i]
		}
		for i, m := range solveSlopes(h, secant) {
			s.slopes[i][k] = m
		}
	}
	return s
}

// solveSlopes solves the tridiagonal system of the slopes.
func solveSlopes(h, d []float64) []float64 {
	n := len(h) + 1
	lower, diagonal, upper, m := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i := 1; i < n-1; i++ {
		lower[i], diagonal[i], upper[i] = h[i], 2*(h[i-1]+h[i]), h[i-1]
		m[i] = 3 * (float64(h[i]*d[i-1]) + float64(h[i-1]*d[i]))
	}
	end := func(h0, h1, d0, d1 float64) (diagonal, off, right float64) {
		sum := h0 + h1
		return h1, sum, (float64(float64((h0+2*sum)*h1)*d0) + float64(float64(h0*h0)*d1)) / sum
	}
	diagonal[0], upper[0], m[0] = end(h[0], h[1], d[0], d[1])
	diagonal[n-1], lower[n-1], m[n-1] = end(h[n-2], h[n-3], d[n-2], d[n-3])
	tridiagonal(lower, diagonal, upper, m)
	return m
}

// tridiagonal replaces the right side m of a system of equations by its solution,
// and changes the diagonal. It takes no pivots.
func tridiagonal(lower, diagonal, upper, m []float64) {
	n := len(m)
	for i := 1; i < n; i++ {
		factor := lower[i] / diagonal[i-1]
		diagonal[i] -= float64(factor * upper[i-1])
		m[i] -= float64(factor * m[i-1])
	}
	m[n-1] /= diagonal[n-1]
	for i := n - 2; i >= 0; i-- {
		m[i] = (m[i] - float64(upper[i]*m[i+1])) / diagonal[i]
	}
}

// at gives the values at a part u of the way from point i to the next.
func (s spline) at(i int, u float64, out []float64) {
	h, v := s.times[i+1]-s.times[i], 1-u
	for k := range out {
		a, b := s.values[i][k], s.values[i+1][k]
		// The line, and what it takes to have the slopes at both ends.
		left, right := float64(h*s.slopes[i][k])-(b-a), (b-a)-float64(h*s.slopes[i+1][k])
		bend := float64(float64(u*v) * (float64(v*left) + float64(u*right)))
		out[k] = float64(v*a) + float64(u*b) + bend
	}
}
