package sparse

import "soma/learn"

// A history is the spikes of the neurons that own plastic synapses, as far back
// as any synapse may still have to meet them, and the traces just after each. A
// spike is known by its number, from 0 at the start of the simulation; the
// latest ring spikes of each neuron are kept.
type history struct {
	base, neurons int // the first neuron, in the partition
	ring          int // a power of two
	decays        []learn.Decay
	kinds         []learn.Trace
	counts        []int       // spikes so far
	steps         []int64     // of spike k of neuron n: [n·ring + k mod ring]
	traces        [][]float64 // likewise, by trace
}

const firstRing = 32

func newHistory(own share, kinds []learn.Trace, dt float64) history {
	h := history{
		base: own.local, neurons: own.n, kinds: kinds, decays: learn.Decays(kinds, dt),
		counts: make([]int, own.n), traces: make([][]float64, len(kinds)),
	}
	h.resize(firstRing)
	return h
}

func (h *history) reset() { clear(h.counts) }

// at is where spike k of a neuron is.
func (h *history) at(neuron, k int) int { return neuron*h.ring + k&(h.ring-1) }

// oldest is the first spike of a neuron that is kept.
func (h *history) oldest(neuron int) int { return max(0, h.counts[neuron]-h.ring) }

// upTo is the number of spikes of a neuron up to a step, given a number that is
// not below it.
func (h *history) upTo(neuron, k int, step int64) int {
	for oldest := h.oldest(neuron); k > oldest && h.steps[h.at(neuron, k-1)] > step; k-- {
	}
	return k
}

// fresh says that none of the first k spikes came after a step.
func (h *history) fresh(neuron, k int, step int64) bool {
	return k == 0 || h.steps[h.at(neuron, k-1)] <= step
}

// trace writes the traces in a step, of the first k spikes of a neuron.
func (h *history) trace(neuron, k int, step int64, traces *[learn.MaxTraces]float64) {
	if k <= h.oldest(neuron) {
		*traces = [learn.MaxTraces]float64{}
		return
	}
	i := h.at(neuron, k-1)
	for j := range h.decays {
		traces[j] = float64(h.traces[j][i] * h.decays[j].At(step-h.steps[i]))
	}
}

// full says whether the next spike of a neuron would overwrite one that synapses
// still need: those after the step caught, and the last one before.
func (h *history) full(neuron int, caught int64) bool {
	next := h.counts[neuron] - h.ring + 1
	return next > 0 && h.steps[h.at(neuron, next)] > caught
}

// add appends a spike and returns the first trace just after it.
func (h *history) add(neuron int, step int64) float64 {
	var before [learn.MaxTraces]float64
	k := h.counts[neuron]
	h.trace(neuron, k, step, &before)
	i := h.at(neuron, k)
	h.steps[i] = step
	for j, kind := range h.kinds {
		h.traces[j][i] = kind.After(before[j])
	}
	h.counts[neuron]++
	if len(h.traces) == 0 {
		return 0
	}
	return h.traces[0][i]
}

// resize changes how many spikes are kept of each neuron.
func (h *history) resize(ring int) {
	old := *h
	h.ring, h.steps, h.traces = ring, make([]int64, h.neurons*ring), make([][]float64, len(h.kinds))
	for j := range h.traces {
		h.traces[j] = make([]float64, h.neurons*ring)
	}
	for neuron := range h.neurons {
		for k := max(0, h.counts[neuron]-old.ring); k < h.counts[neuron]; k++ {
			from, to := old.at(neuron, k), h.at(neuron, k)
			h.steps[to] = old.steps[from]
			for j := range h.traces {
				h.traces[j][to] = old.traces[j][from]
			}
		}
	}
}
