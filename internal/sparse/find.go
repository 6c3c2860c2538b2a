package sparse

import (
	"unsafe"
)

// findArgs are the arguments of the assembly that finds which spikes some
// synapses meet; the generator knows the offsets of the fields.
type findArgs struct {
	targets *uint16
	n       uint64 // at most chunk
	base    uint64 // the target whose row is the first
	steps   *int64 // rows of a recent
	traces  *float64
	after   int64 // of a window
	upTo    int64
	before  int64 // meets − 1
	meets   int64
	from    int64    // the step of the source's spike, in those of the target's
	decay   *float64 // of the target's trace
	last    uint64   // its last element, which is 0
	post    *float64
	rounds  *round
	alone   *int32 // synapses whose targets have fired too often to be found here
	// found is how many spikes there are in each round, and synapses of alone.
	found [rounds + 1]uint64
}

// rounds is how many spikes of its target a synapse can meet at once.
const rounds = kept

// chunk is how many synapses are done at once: their work space stays in the
// first cache.
const chunk = 256

// A round is one spike of its target at each of some synapses: how many steps it
// comes after the source's.
type round struct {
	gap     [chunk]int64
	synapse [chunk]int32
}

// portable is the definition of the assembly. Synapse i meets the spikes of its
// target's row that are after after and up to upTo, the k-th of them in round k.
// post[i] is the trace of the target in the step meets.
func (a *findArgs) portable() {
	targets, post := unsafe.Slice(a.targets, a.n), unsafe.Slice(a.post, a.n)
	decay, list := unsafe.Slice(a.decay, a.last+1), unsafe.Slice(a.rounds, rounds)
	alone := unsafe.Slice(a.alone, chunk)
	for i, target := range targets {
		at := kept * (uint64(target) - a.base)
		steps := unsafe.Slice((*int64)(unsafe.Add(unsafe.Pointer(a.steps), 8*at)), kept)
		traces := unsafe.Slice((*float64)(unsafe.Add(unsafe.Pointer(a.traces), 8*at)), kept)
		after := later(steps, a.after)
		count := after - later(steps, a.upTo)
		last := (kept - 1 - later(steps, a.before)) & (kept - 1)
		post[i] = float64(traces[last] * decay[min(uint64(a.meets-steps[last]), a.last)])
		if after == kept { // and perhaps more
			alone[a.found[rounds]] = int32(i)
			a.found[rounds]++
			continue
		}
		for k := range count {
			n := a.found[k]
			list[k].gap[n], list[k].synapse[n] = steps[kept-after+k]-a.from, int32(i)
			a.found[k]++
		}
	}
}
