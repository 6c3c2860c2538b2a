package engine

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// team is goroutines that share the work of a step. They wait spinning, because
// a step is often shorter than waking a goroutine takes.
type team struct {
	size    int
	task    func(worker int)
	round   atomic.Int64
	pending atomic.Int64
	quit    atomic.Bool
	running sync.WaitGroup
}

// newTeam starts a team of the given size, the caller included.
func newTeam(size int) *team {
	t := &team{size: max(size, 1)}
	for worker := 1; worker < t.size; worker++ {
		t.running.Go(func() { t.work(worker) })
	}
	return t
}

// stop ends the team's goroutines and waits for them.
func (t *team) stop() {
	t.quit.Store(true)
	t.running.Wait()
}

func (t *team) work(worker int) {
	for round := int64(1); ; round++ {
		for spins := 0; t.round.Load() < round; spins++ {
			if t.quit.Load() {
				return
			}
			pause(spins)
		}
		t.task(worker)
		t.pending.Add(-1)
	}
}

// parts is how many parts n neurons are worth: the whole team, or one.
func (t *team) parts(n int) int {
	if n < minPerThread*t.size {
		return 1
	}
	return t.size
}

// each calls f for every number below tasks and waits for all.
func (t *team) each(tasks int, f func(task int)) {
	if t.size == 1 || tasks == 1 {
		for i := range tasks {
			f(i)
		}
		return
	}
	t.split(t.size, func(worker, _, _ int) {
		for i := worker; i < tasks; i += t.size {
			f(i)
		}
	})
}

// split calls f on parts of 0 … n, one part per worker, and waits for all.
func (t *team) split(n int, f func(worker, lo, hi int)) {
	if t.size == 1 {
		f(0, 0, n)
		return
	}
	t.task = func(worker int) {
		f(worker, n*worker/t.size, n*(worker+1)/t.size)
	}
	t.pending.Store(int64(t.size - 1))
	t.round.Add(1)
	t.task(0)
	for spins := 0; t.pending.Load() > 0; spins++ {
		pause(spins)
	}
}

// pause lets others run when the wait gets long.
func pause(spins int) {
	if spins > 1000 {
		runtime.Gosched()
		yield()
	}
}
