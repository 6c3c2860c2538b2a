package sparse

import (
	"runtime"
	"sync/atomic"
	"time"
)

// A barrier lets n goroutines wait for each other. They spin for as long as it
// takes to finish an uneven interval, then give way to other goroutines, of
// which one may be the one that is waited for, and then to other processes.
type barrier struct {
	n       int32
	spins   int
	arrived atomic.Int32
	_       [56]byte // the two counters on two cache lines
	turn    atomic.Uint32
}

const (
	yields = 100
	nap    = 20 * time.Microsecond
)

func newBarrier(n int) *barrier {
	b := &barrier{n: int32(n), spins: 20000}
	if n > runtime.GOMAXPROCS(0) {
		b.spins = 0
	}
	return b
}

// wait returns when all have called it.
func (b *barrier) wait() {
	turn := b.turn.Load()
	if b.arrived.Add(1) == b.n {
		b.arrived.Store(0)
		b.turn.Store(turn + 1)
		return
	}
	for i := 0; b.turn.Load() == turn; i++ {
		switch {
		case i >= b.spins+yields:
			time.Sleep(nap)
		case i >= b.spins:
			runtime.Gosched()
		}
	}
}
