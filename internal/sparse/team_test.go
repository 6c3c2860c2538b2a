package sparse

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// advance advances a network by some steps on a number of goroutines, which wait for
// each other spinning.
func advance(n *Network, threads, steps int) {
	if threads <= 1 {
		for range steps {
			n.Advance(func(tasks int, task func(int)) {
				for i := range tasks {
					task(i)
				}
			})
		}
		return
	}
	var round, done atomic.Int64
	var share func(worker int)
	var team sync.WaitGroup
	for worker := 1; worker < threads; worker++ {
		team.Go(func() {
			for r := range int64(steps) {
				for round.Load() <= r {
					runtime.Gosched()
				}
				share(worker)
				done.Add(1)
			}
		})
	}
	for r := range int64(steps) {
		n.Advance(func(tasks int, task func(int)) {
			share = func(worker int) {
				for i := worker; i < tasks; i += threads {
					task(i)
				}
			}
			round.Add(1)
			share(0)
			for done.Load() < (r+1)*int64(threads-1) {
				runtime.Gosched()
			}
		})
	}
	team.Wait()
}
