package sparse

import "soma/learn"

// A history is the spikes of the neurons that own plastic synapses, as far back
// as any synapse may still have to meet them, and the traces just after each: the
// latest of all neurons, then those before them, and so on, as synapses look for
// them in this order. Places without a spike hold the step never and traces of 0.
// The last place of each neuron is such, or holds a spike that all synapses have
// met: a search ends there at the latest.
type history struct {
	base, neurons int // the first neuron, in the partition
	room          int // places of a neuron
	decays        []learn.Decay
	kinds         []learn.Trace
	steps         []int64     // of spike k of neuron n, counted back: [k·neurons + n]
	traces        [][]float64 // likewise, by trace
	// heads are the latest spikes once more, with their first trace beside them.
	heads []head
	// pending are spikes that no synapse can meet yet, in the order of time.
	pending []spike
}

// A head is the latest spike of a neuron, and its first trace just after it.
type head struct {
	step  int64
	trace float64
}

// A spike of a neuron of a history.
type spike struct {
	step   int64
	neuron int
}

// newHistory makes room for the more spikes the more synapses a neuron has, as it
// is little beside them: the more room, the more rarely do all synapses have to be
// brought up to date.
func newHistory(own share, kinds []learn.Trace, dt float64, synapses int) history {
	room := leastRoom
	for room < mostRoom && room*own.n*synapsesPerPlace < synapses {
		room *= 2
	}
	h := history{
		base: own.local, neurons: own.n, kinds: kinds, decays: learn.Decays(kinds, dt),
		heads: make([]head, own.n),
	}
	h.resize(room)
	h.reset()
	return h
}

const (
	leastRoom        = 32
	mostRoom         = 256 // at first
	synapsesPerPlace = 256
)

// resize makes room for more spikes of each neuron.
func (h *history) resize(room int) {
	steps, traces := h.steps, h.traces
	h.room, h.steps, h.traces = room, make([]int64, h.neurons*room), make([][]float64, len(h.kinds))
	for i := range h.steps[copy(h.steps, steps):] {
		h.steps[len(steps)+i] = never
	}
	for j := range h.traces {
		h.traces[j] = make([]float64, h.neurons*room)
		if traces != nil {
			copy(h.traces[j], traces[j])
		}
	}
}

func (h *history) reset() {
	for i := range h.steps {
		h.steps[i] = never
	}
	for i := range h.heads {
		h.heads[i] = head{step: never}
	}
	for _, traces := range h.traces {
		clear(traces)
	}
	h.pending = h.pending[:0]
}

// at is the step of spike k of a neuron.
func (h *history) at(neuron, k int) int64 { return h.steps[k*h.neurons+neuron] }

// since is the number of spikes of a neuron after a step.
func (h *history) since(neuron int, step int64) int {
	k := 0
	for k < h.room-1 && h.at(neuron, k) > step {
		k++
	}
	return k
}

// trace writes the traces in a step, of spike k of a neuron and those before it.
func (h *history) trace(neuron, k int, step int64, traces *[learn.MaxTraces]float64) {
	last := h.at(neuron, k)
	if last == never {
		*traces = [learn.MaxTraces]float64{}
		return
	}
	for j := range h.decays {
		traces[j] = float64(h.traces[j][k*h.neurons+neuron] * h.decays[j].At(step-last))
	}
}

// full says whether the next spike of a neuron would drop one that synapses still
// need: those after the step caught, and the last one before.
func (h *history) full(neuron int, caught int64) bool { return h.at(neuron, h.room-2) > caught }

// add appends a spike.
func (h *history) add(neuron int, step int64) {
	var before [learn.MaxTraces]float64
	h.trace(neuron, 0, step, &before)
	push(h.steps, neuron, h.neurons, step)
	h.heads[neuron].step = step
	for j, kind := range h.kinds {
		push(h.traces[j], neuron, h.neurons, kind.After(before[j]))
	}
	if len(h.kinds) > 0 {
		h.heads[neuron].trace = h.traces[0][neuron]
	}
}

// push puts x first among the elements of a neuron, and drops the last.
func push[T int64 | float64](list []T, neuron, neurons int, x T) {
	for i := neuron; i < len(list); i += neurons {
		list[i], x = x, list[i]
	}
}
