package signal

// quadratic is a quadratic spline through n ≥ 3 points, as coefficients of
// B-splines. Its pieces meet, with continuous slopes, half way between two points,
// but for the first two and the last two points; so there are as many conditions
// as coefficients (C. de Boor, A Practical Guide to Splines, 1978, chapter XIII;
// the choice is that of SciPy's make_interp_spline).
type quadratic struct {
	times, knots []float64
	coefficients [][]float64 // a row for each point
}

func newQuadratic(times []float64, values [][]float64) quadratic {
	n := len(times)
	first, last := times[0], times[n-1]
	q := quadratic{times: times, knots: []float64{first, first, first}, coefficients: make([][]float64, n)}
	for i := 1; i < n-2; i++ {
		q.knots = append(q.knots, 0.5*(times[i]+times[i+1]))
	}
	q.knots = append(q.knots, last, last, last)
	for i := range q.coefficients {
		q.coefficients[i] = make([]float64, len(values[0]))
	}
	for k := range values[0] {
		// At point i the splines i−1, i and i+1 are not 0; at both ends one is 1.
		lower, diagonal, upper, c := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		for i, row := range values {
			c[i], diagonal[i] = row[k], 1
			if i > 0 && i < n-1 {
				lower[i], diagonal[i], upper[i] = q.basis(i+1, times[i])
			}
		}
		tridiagonal(lower, diagonal, upper, c)
		for i, x := range c {
			q.coefficients[i][k] = x
		}
	}
	return q
}

// basis are the three splines that are not 0 between the knots j and j+1.
func (q quadratic) basis(j int, t float64) (before, middle, after float64) {
	k := q.knots
	width := k[j+1] - k[j]
	left, right := t-k[j], k[j+1]-t
	before = float64(right*right) / ((k[j+1] - k[j-1]) * width)
	after = float64(left*left) / ((k[j+2] - k[j]) * width)
	return before, 1 - before - after, after
}

// at gives the values at a part u of the way from point i to the next.
func (q quadratic) at(i int, u float64, out []float64) {
	j := i + 1
	if u >= 0.5 {
		j++
	}
	j = min(max(j, 2), len(q.times)-1)
	t := q.times[i] + float64(u*(q.times[i+1]-q.times[i]))
	before, middle, after := q.basis(j, t)
	for k := range out {
		out[k] = float64(before*q.coefficients[j-2][k]) + float64(middle*q.coefficients[j-1][k]) + float64(after*q.coefficients[j][k])
	}
}
