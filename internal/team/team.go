// Package team lets goroutines share the work of the steps of a run.
//
// They wait for each other spinning, because a step is often shorter than waking a
// goroutine takes.
package team

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A Team is its caller and size − 1 other goroutines, which are the workers 0 and
// 1 … size − 1. Its methods are for the caller.
type Team struct {
	size    int
	task    func(worker int)
	round   atomic.Int64
	pending atomic.Int64
	quit    atomic.Bool
	running sync.WaitGroup
}

// New starts a team; a size below 1 is 1.
func New(size int) *Team {
	t := &Team{size: max(size, 1)}
	for worker := 1; worker < t.size; worker++ {
		t.running.Go(func() { t.work(worker) })
	}
	return t
}

// Size is the number of workers, the caller included.
func (t *Team) Size() int { return t.size }

// Stop ends the team's goroutines and waits for them.
func (t *Team) Stop() {
	t.quit.Store(true)
	t.running.Wait()
}

func (t *Team) work(worker int) {
	for round := int64(1); ; round++ {
		for spins := 0; t.round.Load() < round; spins++ {
			if t.quit.Load() {
				return
			}
			Pause(spins)
		}
		t.task(worker)
		t.pending.Add(-1)
	}
}

// All calls f once for each worker, at the same time, and waits for all: calls may
// wait for each other.
func (t *Team) All(f func(worker int)) {
	if t.size == 1 {
		f(0)
		return
	}
	t.task = f
	t.pending.Store(int64(t.size - 1))
	t.round.Add(1)
	t.task(0)
	for spins := 0; t.pending.Load() > 0; spins++ {
		Pause(spins)
	}
}

// Split calls f on parts of 0 … n, one part per worker, and waits for all.
func (t *Team) Split(n int, f func(worker, lo, hi int)) {
	t.All(func(worker int) { f(worker, n*worker/t.size, n*(worker+1)/t.size) })
}

// Pause is the body of a loop that waits for another goroutine, with the number of
// times that it has waited: it lets others run when the wait gets long.
func Pause(spins int) {
	if spins > 1000 {
		runtime.Gosched()
		yield()
	}
}
