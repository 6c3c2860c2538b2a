package sparse

import (
	"fmt"
	"math"
	"sort"

	"soma/connect"
)

// DelaySteps rounds a delay to whole steps: d/dt to the nearest, halves up, and
// at least 1.
func DelaySteps(delay, dt float64) int {
	return max(int(math.Floor(delay/dt+0.5)), 1)
}

// maxDelay is the longest delay, in steps.
const maxDelay = 1 << 15

// A delayDraw gives the delays of synapses in steps, in one of three ways:
// constant, by a table, or value by value.
type delayDraw struct {
	low, high int
	table     *delayTable
	value     connect.Value
	dt        float64
}

func newDelayDraw(value connect.Value, dt float64) (delayDraw, error) {
	low, high := value.Bounds()
	if low > high { // no values at all
		low, high = dt, dt
	}
	if !(low > 0 && high/dt < maxDelay) {
		return delayDraw{}, fmt.Errorf("delays from %g to %g s; give delays above 0 and below %g s", low, high, maxDelay*dt)
	}
	d := delayDraw{low: DelaySteps(low, dt), high: DelaySteps(high, dt), value: value, dt: dt}
	if n, ok := value.(connect.Normal); ok {
		value = n.Bounded()
	}
	if q, ok := value.(connect.Quantile); ok && d.low < d.high {
		d.table = newDelayTable(q, dt, d.low, d.high)
	}
	return d, nil
}

// A delayTable gives the delay, in steps, of the 32 random bits from which a
// rising distribution draws it, without evaluating the distribution.
type delayTable struct {
	// ends[i] is the first number of bits that belongs to a delay above low+i;
	// the last is 2³².
	ends  []uint64
	guide [1 << 10]uint16 // the delay, less low, of the least number with these upper bits
	low   int
}

func newDelayTable(q connect.Quantile, dt float64, low, high int) *delayTable {
	t := &delayTable{ends: make([]uint64, high-low+1), low: low}
	for i := range t.ends {
		t.ends[i] = uint64(sort.Search(1<<32, func(u int) bool {
			return DelaySteps(q.At(uint32(u)), dt) > low+i
		}))
	}
	for g, i := 0, 0; g < len(t.guide); g++ {
		for t.ends[i] <= uint64(g)<<22 {
			i++
		}
		t.guide[g] = uint16(i)
	}
	return t
}

// offset returns the delay less low.
func (t *delayTable) offset(word uint32) uint16 {
	i := t.guide[word>>22]
	for t.ends[i] <= uint64(word) {
		i++
	}
	return i
}
