package synapse

// Step advances a filter of len(u) values: u is the input and y the output; state
// holds each state variable of all values side by side, Order times len(u)
// numbers, 0 at the start.
func (s System) Step(state, u, y []float64) {
	if s.Taps != nil {
		tapStep(s.Taps, state, u, y)
		return
	}
	n, order := len(u), s.Order()
	next := make([]float64, order)
	for i := range u {
		if s.D != 0 {
			y[i] = s.output(state, u[i], i, n)
		}
		for r := range order {
			next[r] = float64(s.B[r] * u[i])
			for c := range order {
				next[r] += float64(s.A[r][c] * state[c*n+i])
			}
		}
		for r := range order {
			state[r*n+i] = next[r]
		}
		if s.D == 0 {
			y[i] = s.output(state, u[i], i, n)
		}
	}
}

// tapStep adds up the inputs from the present to the oldest; the state holds
// those of the steps before, the latest first.
func tapStep(taps, state, u, y []float64) {
	n := len(u)
	for i, x := range u {
		y[i] = float64(taps[0] * x)
		for k, tap := range taps[1:] {
			y[i] += float64(tap * state[k*n+i])
		}
	}
	if len(taps) > 1 {
		copy(state[n:], state)
		copy(state, u)
	}
}

// output is C x + D u; terms with D = 0 or order 0 are absent, not zero.
func (s System) output(state []float64, u float64, i, n int) float64 {
	if s.Order() == 0 {
		return float64(s.D * u)
	}
	y := float64(s.C[0] * state[i])
	for c := 1; c < s.Order(); c++ {
		y += float64(s.C[c] * state[c*n+i])
	}
	if s.D != 0 {
		y += float64(s.D * u)
	}
	return y
}
