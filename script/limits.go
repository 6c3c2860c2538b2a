package script

import (
	"fmt"
	"runtime/metrics"
	"time"

	"go.starlark.net/starlark"

	"soma"
)

const (
	tooManySteps = "it takes too many steps; look for a loop that does not end, or do less"
	tooDeep      = "functions call each other too deeply; let the recursion end earlier"
	tooMuchTime  = "it takes too long; look for a loop that does not end, or do less"
)

const (
	// stepsPerCall is the limit for one call of a function of the model.
	stepsPerCall = 1_000_000
	maxRecursion = 2000
	// interval is how many steps go by between looks at the recursion.
	interval = 1000
	// samples is how many steps are looked at to see where a loop is.
	stepSamples = 300
)

// meter bounds the steps and the recursion of a thread.
type meter struct {
	limit uint64
	files map[string]*file
	seen  map[soma.Position]int
	where soma.Position // the most frequent place when the steps ran out
}

func (m *meter) attach(t *starlark.Thread) {
	t.SetMaxExecutionSteps(min(interval, m.limit))
	t.OnMaxSteps = m.look
}

// look is called when the thread reaches its present limit of steps.
func (m *meter) look(t *starlark.Thread) {
	switch {
	case t.CallStackDepth() > maxRecursion:
		t.Cancel(tooDeep)
	case t.Steps < m.limit:
		t.SetMaxExecutionSteps(min(t.Steps+interval, m.limit))
	case t.Steps < m.limit+stepSamples:
		m.sample(t)
		t.SetMaxExecutionSteps(t.Steps + 1)
	default:
		t.Cancel(tooManySteps)
	}
}

// sample notes the place of a step. Not every step has one of its own: the
// beginning of the function stands for the others.
func (m *meter) sample(t *starlark.Thread) {
	for depth := range t.CallStackDepth() {
		pos := t.CallFrame(depth).Pos
		f := m.files[pos.Filename()]
		if f == nil {
			continue
		}
		if m.seen == nil {
			m.seen = map[soma.Position]int{}
		}
		p := position(pos)
		if f.index.functions[placeOf(pos)] == nil {
			m.seen[p]++
		}
		if n := m.seen[m.where]; m.seen[p] > n || n == 0 {
			m.where = p
		}
		return
	}
}

// watch cancels the thread when memory or time run out, until stop is called.
// Steps are limited by the interpreter; a single step may still be long.
func watch(thread *starlark.Thread, memory uint64, limit time.Duration) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	start, before := time.Now(), heap()
	// The collector lets garbage grow as large as what was there before.
	most := before + max(memory, before)
	go func() {
		defer close(ended)
		ticker := time.NewTicker(2 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
			}
			if time.Since(start) > limit {
				thread.Cancel(tooMuchTime)
				return
			}
			if heap() > most {
				thread.Cancel(fmt.Sprintf("it needs more than %d MiB of memory; build smaller lists", memory>>20))
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

// heap is the memory of objects, live or not yet swept, in bytes.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

const (
	maxElements = 1 << 24 // of one array, or of what one operation makes
	maxText     = 1 << 26 // bytes of a string
	maxBits     = 1 << 14 // of a whole number
	maxDepth    = 200     // of nested lists
	maxSize     = 1 << 24 // values of an object: neurons, dimensions
	maxSynapses = 1 << 34 // of a rule
)

// modest says whether the value, written out, has a reasonable size: not too
// deep, and not too large when shared parts are counted each time.
func modest(v starlark.Value) bool {
	budget := maxElements
	return spend(v, maxDepth, &budget)
}

func spend(v starlark.Value, depth int, budget *int) bool {
	*budget--
	if depth == 0 || *budget < 0 {
		return false
	}
	switch v := v.(type) {
	case starlark.String:
		*budget -= len(v) / 16
	case starlark.Bytes:
		*budget -= len(v) / 16
	case *starlark.List:
		for i := range v.Len() {
			if !spend(v.Index(i), depth-1, budget) {
				return false
			}
		}
	case starlark.Tuple:
		for _, item := range v {
			if !spend(item, depth-1, budget) {
				return false
			}
		}
	case *starlark.Dict:
		for k, item := range v.Entries() {
			if !spend(k, depth-1, budget) || !spend(item, depth-1, budget) {
				return false
			}
		}
	case *starlark.Set:
		for item := range v.Elements() {
			if !spend(item, depth-1, budget) {
				return false
			}
		}
	}
	return true
}
