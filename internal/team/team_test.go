package team_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"soma/internal/team"
)

var sizes = []int{1, 2, 3, 8}

// All workers are at work at the same time: each waits until all have begun.
func TestAllWorkersMeet(t *testing.T) {
	for _, size := range sizes {
		members := team.New(size)
		for range 100 {
			var begun atomic.Int64
			calls := make([]int, size)
			members.All(func(worker int) {
				calls[worker]++
				begun.Add(1)
				for spins := 0; begun.Load() < int64(size); spins++ {
					team.Pause(spins)
				}
			})
			if slices.Min(calls) != 1 || slices.Max(calls) != 1 {
				t.Fatalf("calls of %d workers: %v, want one each", size, calls)
			}
		}
		members.Stop()
	}
}

// The parts cover everything once, in the order of the workers.
func TestSplit(t *testing.T) {
	for _, size := range sizes {
		members := team.New(size)
		for _, n := range []int{0, 1, 7, 64} {
			bounds := make([][2]int, size)
			members.Split(n, func(worker, lo, hi int) { bounds[worker] = [2]int{lo, hi} })
			next := 0
			for worker, b := range bounds {
				if b[0] != next || b[1] < b[0] {
					t.Errorf("%d among %d: worker %d has %v, want it to begin at %d", n, size, worker, b, next)
				}
				next = b[1]
			}
			if next != n {
				t.Errorf("%d among %d: the parts end at %d", n, size, next)
			}
		}
		members.Stop()
	}
}

// A team smaller than one is its caller alone.
func TestNobodyElse(t *testing.T) {
	members := team.New(-3)
	defer members.Stop()
	if members.Size() != 1 {
		t.Errorf("size %d, want 1", members.Size())
	}
}
