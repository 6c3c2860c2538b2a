package kernel

import (
	"sync"
	"sync/atomic"
)

// inParallel calls f for every task below n, on some threads.
func inParallel(threads, n int, f func(task int)) {
	if threads = min(threads, n); threads <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var team sync.WaitGroup
	for range threads {
		team.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	team.Wait()
}
