package sparse

import "unsafe"

// chunk is how many synapses are searched at once: their work space stays in the
// second cache, most of it in the first.
const chunk = 512

// spare is how many elements behind the last the assembly may read and write.
const spare = 8

// A layer is those synapses of a chunk, in their order, whose targets have fired
// at least so many times since the source did. Layer 0 is of those that have at
// all, with the latest spikes of their targets, layer 1 is within layer 0 and has
// the spikes before those, and so on.
type layer struct {
	gap    [chunk + spare]int64 // from the source's spike to the target's, in steps
	weight [chunk + spare]float64
	neuron [chunk + spare]uint32  // the target, in its history
	within [chunk/8 + spare]uint8 // bits: which synapses of the layer before, or of the chunk, these are
	n      int
	own    []float64 // variables of the synapses, if they have any
	beyond bool      // some of the spikes are after the window
}

// ages are what a spike of the source meets at the synapses of a chunk.
type ages struct {
	trace [chunk + spare]float64 // of the target, just after its latest spike
	steps [chunk + spare]int64   // since then
	late  [chunk/8 + spare]uint8 // bits: that spike comes too late for the source's
}

// searchArgs are the arguments of the assembly that finds layers; the generator
// knows the offsets of the fields.
type searchArgs struct {
	n       uint64  // synapses to search
	targets *uint16 // and their weights, for layer 0
	weights *float64
	base    uint64 // the target whose head is the first
	heads   *head
	ages    *ages
	from    *layer // the layer before, for others
	steps   *int64 // of the spikes of this layer, by neuron
	layer   *layer // what is found
	after   int64  // of a window
	upTo    int64
	before  int64 // meets − 1
	meets   int64
	source  int64  // the step of the source's spike, in those of the target's
	found   uint64 // synapses in the layer
	beyond  uint64 // not 0: some of its spikes are after the window
	late    uint64 // not 0: some of the ages are
}

// firstPortable is the definition of the assembly that finds layer 0 and the
// ages of a chunk.
func (a *searchArgs) firstPortable() {
	targets, weights := unsafe.Slice(a.targets, a.n), unsafe.Slice(a.weights, a.n)
	clear(a.layer.within[:(a.n+7)/8])
	clear(a.ages.late[:(a.n+7)/8])
	a.found, a.beyond, a.late = 0, 0, 0
	for i, target := range targets {
		neuron := uint64(target) - a.base
		h := *(*head)(unsafe.Add(unsafe.Pointer(a.heads), neuron*uint64(unsafe.Sizeof(head{}))))
		a.ages.trace[i], a.ages.steps[i] = h.trace, a.meets-h.step
		if h.step > a.before {
			a.ages.late[i/8] |= 1 << (i % 8)
			a.late = 1
		}
		if h.step > a.after {
			a.find(i, uint32(neuron), h.step, weights[i])
		}
	}
}

// nextPortable is the definition of the assembly that finds a layer from the one
// before.
func (a *searchArgs) nextPortable() {
	clear(a.layer.within[:(a.n+7)/8])
	a.found, a.beyond = 0, 0
	for i, neuron := range a.from.neuron[:a.n] {
		step := *(*int64)(unsafe.Add(unsafe.Pointer(a.steps), 8*uint64(neuron)))
		if step > a.after {
			a.find(i, neuron, step, a.from.weight[i])
		}
	}
}

// find appends to the layer what is synapse i where it comes from.
func (a *searchArgs) find(i int, neuron uint32, step int64, weight float64) {
	l, n := a.layer, a.found
	l.within[i/8] |= 1 << (i % 8)
	l.neuron[n], l.gap[n], l.weight[n] = neuron, step-a.source, weight
	a.found++
	if step > a.upTo {
		a.beyond = 1
	}
}

// expandPortable is the definition of the assembly that takes the weights of a
// layer to where they come from, n synapses.
func (l *layer) expandPortable(weights *float64, n int) {
	next := 0
	for i, w := range unsafe.Slice(weights, n) {
		if l.within[i/8]>>(i%8)&1 != 0 {
			w = l.weight[next]
			next++
		}
		unsafe.Slice(weights, n)[i] = w
	}
}

// decayPortable is the definition of the assembly that lets traces decay: by the
// elements of a table, of which the last stands for all that follow.
//
//	for i := range dst { dst[i] = src[i·stride] · table[min(steps[i], last)] }
func decayPortable(dst, src *float64, steps *int64, n int, table *float64, last int) {
	factors := unsafe.Slice(table, last+1)
	for i, gap := range unsafe.Slice(steps, n) {
		to := (*float64)(unsafe.Add(unsafe.Pointer(dst), 8*i))
		*to = float64(*(*float64)(unsafe.Add(unsafe.Pointer(src), 8*i)) * factors[min(uint64(gap), uint64(last))])
	}
}

// deliverOwnPortable is the definition of the assembly that adds the weights of
// synapses to the row.
func deliverOwnPortable(row *float64, targets *uint16, weights *float64, n int) {
	w := unsafe.Slice(weights, n)
	for i, target := range unsafe.Slice(targets, n) {
		*(*float64)(unsafe.Add(unsafe.Pointer(row), 8*int(target))) += w[i]
	}
}
