package sparse

import (
	"math/bits"

	"soma/learn"
)

// A history is the spikes of the neurons that own plastic synapses, as far back
// as any synapse may still have to meet them, and the traces just after each. The
// spikes of a neuron are a row, the latest first. Places without a spike hold the
// step never and traces of 0, and so does, or holds a spike that all synapses have
// met, the last place of each row: a search ends there at the latest.
type history struct {
	base, neurons int // the first neuron, in the partition
	room          int // places of a row, a power of two
	decays        []learn.Decay
	kinds         []learn.Trace
	steps         []int64     // of spike k of neuron n, counted back: [n·room + k]
	traces        [][]float64 // likewise, by trace
	// heads are the latest spikes once more, close together.
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
// is little beside them: the longer rows are, the more rarely do all synapses have
// to be brought up to date.
func newHistory(own share, kinds []learn.Trace, dt float64, synapses int) history {
	room := leastRoom
	for room < mostRoom && room*own.n*synapsesPerPlace < synapses {
		room *= 2
	}
	h := history{
		base: own.local, neurons: own.n, kinds: kinds, decays: learn.Decays(kinds, dt),
		traces: make([][]float64, len(kinds)), heads: make([]head, own.n),
	}
	h.allocate(room)
	h.reset()
	return h
}

const (
	leastRoom        = 32
	mostRoom         = 256 // at first
	synapsesPerPlace = 128
)

func (h *history) allocate(room int) {
	h.room, h.steps = room, make([]int64, h.neurons*room)
	for j := range h.traces {
		h.traces[j] = make([]float64, h.neurons*room)
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

// shift is the logarithm of room to base 2.
func (h *history) shift() int { return bits.TrailingZeros(uint(h.room)) }

// row is the steps of the spikes of a neuron.
func (h *history) row(neuron int) []int64 {
	return h.steps[neuron*h.room : (neuron+1)*h.room : (neuron+1)*h.room]
}

// since is the number of spikes of a neuron after a step.
func (h *history) since(neuron int, step int64) int {
	row, k := h.row(neuron), 0
	for k < len(row)-1 && row[k] > step {
		k++
	}
	return k
}

// trace writes the traces in a step, of spike k of a neuron and those before it.
func (h *history) trace(neuron, k int, step int64, traces *[learn.MaxTraces]float64) {
	i := neuron*h.room + k
	if h.steps[i] == never {
		*traces = [learn.MaxTraces]float64{}
		return
	}
	for j := range h.decays {
		traces[j] = float64(h.traces[j][i] * h.decays[j].At(step-h.steps[i]))
	}
}

// full says whether the next spike of a neuron would drop one that synapses still
// need: those after the step caught, and the last one before.
func (h *history) full(neuron int, caught int64) bool { return h.row(neuron)[h.room-2] > caught }

// add appends a spike.
func (h *history) add(neuron int, step int64) {
	var before [learn.MaxTraces]float64
	h.trace(neuron, 0, step, &before)
	row := h.row(neuron)
	copy(row[1:], row)
	row[0] = step
	for j, kind := range h.kinds {
		row := h.traces[j][neuron*h.room : (neuron+1)*h.room]
		copy(row[1:], row)
		row[0] = kind.After(before[j])
	}
	h.heads[neuron].step = step
	if len(h.traces) > 0 {
		h.heads[neuron].trace = h.traces[0][neuron*h.room]
	}
}

// resize makes room for more spikes of each neuron.
func (h *history) resize(room int) {
	old := *h
	h.traces = make([][]float64, len(h.kinds))
	h.allocate(room)
	for i := range h.steps {
		h.steps[i] = never
	}
	for neuron := range h.neurons {
		copy(h.row(neuron), old.row(neuron))
		for j := range h.traces {
			copy(h.traces[j][neuron*room:], old.traces[j][neuron*old.room:(neuron+1)*old.room])
		}
	}
}
