package sparse

// arrivals holds, for one store, the runs that arrive in each of the steps to
// come, as a ring over the step. Runs are added in the order of the steps in
// which their spikes were emitted, and then of their sources.
type arrivals struct {
	runs [][]run // length: a power of two, at least the longest delay
}

func newArrivals(longest int) arrivals {
	n := 1
	for n < longest {
		n *= 2
	}
	return arrivals{runs: make([][]run, n)}
}

// at returns the runs that arrive in a step.
func (a *arrivals) at(step int) []run { return a.runs[step&(len(a.runs)-1)] }

// clear forgets the runs of a step that has been delivered.
func (a *arrivals) clear(step int) {
	i := step & (len(a.runs) - 1)
	a.runs[i] = a.runs[i][:0]
}

// add schedules the synapses of spikes emitted in a step.
func (a *arrivals) add(s *store, step int, sources []uint32) {
	delays, mask := s.delays(), len(a.runs)-1
	for _, source := range sources {
		x := int(source) * delays
		begin := uint32(0)
		if x > 0 {
			begin = s.ends[x-1]
		}
		for d, end := range s.ends[x : x+delays] {
			if end > begin {
				i := (step + s.low + d) & mask
				a.runs[i] = append(a.runs[i], run{begin, end})
			}
			begin = end
		}
	}
}
