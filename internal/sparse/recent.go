package sparse

// recent is the last spikes of neurons in the form in which many synapses can be
// asked at once: for each neuron its last kept steps, rising, and the trace just
// after each of them. Places without a spike hold the step never and the trace 0.
// Behind the last neuron there is room for one more, which may be read.
type recent struct {
	steps  []int64
	traces []float64
}

// kept is how many spikes of a neuron a recent holds.
const kept = 8

func newRecent(neurons int) recent {
	r := recent{make([]int64, kept*(neurons+1)), make([]float64, kept*(neurons+1))}
	r.reset()
	return r
}

func (r *recent) reset() {
	for i := range r.steps {
		r.steps[i] = never
	}
	clear(r.traces)
}

// add appends a spike of a neuron, and forgets its oldest.
func (r *recent) add(neuron int, step int64, trace float64) {
	steps, traces := r.steps[kept*neuron:kept*neuron+kept], r.traces[kept*neuron:kept*neuron+kept]
	copy(steps, steps[1:])
	copy(traces, traces[1:])
	steps[kept-1], traces[kept-1] = step, trace
}

// later is how many of a neuron's spikes come after a step.
func later(steps []int64, step int64) (n int) {
	for _, s := range steps {
		if s > step {
			n++
		}
	}
	return n
}
