package kernel

import (
	"math"
	"slices"
)

// PrivateLIF is the step of LIF for neurons whose state nobody else reads or
// changes from one step to the next. It gives the same spikes, to the last bit.
//
// What a neuron does while it is refractory is known when it fires. It then
// joins a queue, where it stays until the step in which it wakes, and its voltage is
// NaN, which stays NaN as voltages move, and is not above threshold: those that
// integrate have no refractory time to be counted down, compared and stored.
type PrivateLIF struct {
	lif    *LIF
	steps  int        // that a neuron waits at least after the one it fired in
	queues []lifQueue // of each block, in the order of a step
	turn   int        // the block that was stepped last
}

// lifQueue is the refractory neurons of a block, by when they wake.
type lifQueue struct {
	first  int  // number of the first neuron of the block
	plain  bool // the neurons did not start as a queue can hold them, and have none
	turn   int
	fired  []sleepers // in each of the last steps, before turn and from it on
	longer sleepers   // who do not wake when those that fired in the same step do
	spare  sleepers
}

// sleepers are refractory neurons of a block, and their refractory time left.
type sleepers struct {
	index []int32
	left  []float64 // s, from the start of the step after they fired, or of this one
}

// longestWait is how many steps neurons wait at most without being looked at.
const longestWait = 64

// Private returns the same step for neurons whose state nobody else reads, nil if it
// would not be faster: without vectors, and where a neuron may fire more than once
// in a step, or wake from another voltage than it was reset to.
func (k *LIF) Private() *PrivateLIF {
	if k.Level == Portable || !(k.TauRef >= k.Dt && k.MinVoltage <= k.Reset && k.Reset <= k.Threshold) {
		return nil
	}
	steps := 0
	for left := k.TauRef; !(left < k.Dt) && steps < longestWait; steps++ {
		left -= k.Dt
	}
	return &PrivateLIF{lif: k, steps: steps}
}

// Step advances len(v) neurons, of which the first has the given number, as
// [LIF.Step] does. Each step must bring the same neurons in the same blocks. What v
// and r hold between steps is for Step alone to know.
func (k *PrivateLIF) Step(first int, v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64) {
	r, j = r[:len(v)], j[:len(v)]
	for len(v) > 0 {
		n := min(len(v), lifBlock)
		done := n &^ 7
		if done > 0 {
			spikes, at = k.block(first, v[:done], r[:done], j[:done], base, spikes, at)
		}
		spikes, at = k.lif.portable(v[done:n], r[done:n], j[done:n], base+int32(done), spikes, at)
		v, r, j, first, base = v[n:], r[n:], j[n:], first+n, base+int32(n)
	}
	return spikes, at
}

func (k *PrivateLIF) block(first int, v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64) {
	l, q := k.lif, k.queue(first, v, r)
	if q.plain {
		return l.vector(v, r, j, base, spikes, at)
	}
	list := l.scratch.firing[:]
	n := lifIntegrate(l.Level, l.unit, v, j, l.constants, list)
	n = q.wake(l, v, j, list, n)
	fired := q.next()
	if n == 0 {
		fired.resize(0)
		return spikes, at
	}
	firing := l.fill(list, n)
	fired.resize(len(firing))
	spikes, at = slices.Grow(spikes, n+pad), slices.Grow(at, n+pad)
	newSpikes, newAt := spikes[len(spikes):len(spikes)+n+pad], at[len(at):len(at)+n+pad]
	lifSleep(l.Level, l.short, v, j, l.constants, firing, base, newSpikes, newAt, fired)
	return spikes[:len(spikes)+n], at[:len(at)+n]
}

// queue gives the queue of the block of a neuron.
func (k *PrivateLIF) queue(first int, v, r []float64) *lifQueue {
	for range k.queues {
		k.turn = (k.turn + 1) % len(k.queues)
		if q := &k.queues[k.turn]; q.first == first {
			return q
		}
	}
	k.turn = len(k.queues)
	k.queues = append(k.queues, lifQueue{first: first, fired: make([]sleepers, k.steps)})
	q := &k.queues[k.turn]
	q.start(k.lif, v, r)
	return q
}

// start takes over neurons in the state that they have before their first step.
func (q *lifQueue) start(l *LIF, v, r []float64) {
	s := &q.longer
	for i := range v {
		if r[i]-l.Dt <= 0 {
			continue
		}
		if math.Float64bits(v[i]) != math.Float64bits(l.Reset) {
			q.plain = true
			return
		}
		s.index, s.left = append(s.index, int32(i)), append(s.left, r[i])
	}
	for _, i := range s.index {
		v[i] = math.NaN()
	}
	s.fill(len(s.index), l.Level.lanes())
}

// next gives the place of those that fire in this step, which was that of the first
// that woke, and ends the turn.
func (q *lifQueue) next() *sleepers {
	s := &q.fired[q.turn]
	q.turn = (q.turn + 1) % len(q.fired)
	return s
}

// wake moves the neurons whose refractory time ends within the step, and merges those
// of them that fire into the first n of a list. It returns how many there are then.
func (q *lifQueue) wake(l *LIF, v, j []float64, list []int32, n int) int {
	oldest := &q.fired[q.turn]
	stay, staying := &q.spare, 0
	stay.resize(len(q.longer.index) + len(oldest.index) + pad)
	wake := func(s *sleepers, steps int) {
		if len(s.index) == 0 {
			return
		}
		late, more := lifWake(l.Level, l.short, v, j, l.constants, s, steps,
			l.scratch.late[:], stay.index[staying:], stay.left[staying:])
		n = merge(list, n, l.scratch.late[:late])
		staying += len(distinct(stay.index[staying : staying+more]))
	}
	wake(&q.longer, 1)
	wake(oldest, len(q.fired))
	stay.fill(staying, l.Level.lanes())
	q.longer, q.spare = q.spare, q.longer
	return n
}

// resize makes room for n, whose values it does not set.
func (s *sleepers) resize(n int) {
	s.index, s.left = slices.Grow(s.index[:0], n)[:n], slices.Grow(s.left[:0], n)[:n]
}

// fill keeps the first n, and repeats the last until they fill whole vectors.
func (s *sleepers) fill(n, lanes int) {
	s.index, s.left = s.index[:n], s.left[:n]
	for len(s.index)%lanes > 0 {
		s.index, s.left = append(s.index, s.index[n-1]), append(s.left, s.left[n-1])
	}
}
