package stats

import (
	"math/rand/v2"
	"slices"
)

// source gives every test its own reproducible random numbers.
func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// poisson makes independent Poisson processes.
func poisson(r *rand.Rand, neurons int, rate, duration float64) Spikes {
	s := Spikes{Neurons: neurons, Duration: duration}
	for id := range neurons {
		for t := r.ExpFloat64() / rate; t < duration; t += r.ExpFloat64() / rate {
			s.Times, s.IDs = append(s.Times, t), append(s.IDs, int64(id))
		}
	}
	return s.sorted()
}

// clock makes one train of a fixed period.
func clock(period, duration float64) Spikes {
	s := Spikes{Neurons: 1, Duration: duration}
	for i := 1; float64(i)*period <= duration; i++ {
		s.Times, s.IDs = append(s.Times, float64(i)*period), append(s.IDs, 0)
	}
	return s
}

// copies makes neurons that each keep a spike of one Poisson mother process with
// probability c: their rates are c·rate, the correlation of counts is c (Kuhn,
// Aertsen & Rotter, Neural Comput. 15:67, 2003).
func copies(r *rand.Rand, neurons int, c, rate, duration float64) Spikes {
	s := Spikes{Neurons: neurons, Duration: duration}
	for _, t := range poisson(r, 1, rate, duration).Times {
		for id := range neurons {
			if r.Float64() < c {
				s.Times, s.IDs = append(s.Times, t), append(s.IDs, int64(id))
			}
		}
	}
	return s
}

// sorted orders spikes by time.
func (s Spikes) sorted() Spikes {
	order := make([]int, len(s.Times))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case s.Times[a] < s.Times[b]:
			return -1
		case s.Times[a] > s.Times[b]:
			return 1
		}
		return 0
	})
	out := Spikes{Neurons: s.Neurons, Duration: s.Duration}
	for _, i := range order {
		out.Times, out.IDs = append(out.Times, s.Times[i]), append(out.IDs, s.IDs[i])
	}
	return out
}
