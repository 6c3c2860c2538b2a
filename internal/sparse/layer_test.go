package sparse

import (
	"fmt"
	"testing"
	"unsafe"

	"soma/internal/kernel"
	"soma/internal/rng"
	"soma/learn"
)

// The generator of the assembly knows these offsets and sizes.
func TestOffsetsOfSearchArgs(t *testing.T) {
	var a searchArgs
	for i, offset := range []uintptr{
		unsafe.Offsetof(a.n), unsafe.Offsetof(a.targets), unsafe.Offsetof(a.weights), unsafe.Offsetof(a.base), unsafe.Offsetof(a.heads),
		unsafe.Offsetof(a.ages), unsafe.Offsetof(a.from), unsafe.Offsetof(a.steps), unsafe.Offsetof(a.layer),
		unsafe.Offsetof(a.after), unsafe.Offsetof(a.upTo), unsafe.Offsetof(a.before), unsafe.Offsetof(a.meets), unsafe.Offsetof(a.source),
		unsafe.Offsetof(a.found), unsafe.Offsetof(a.beyond), unsafe.Offsetof(a.late),
	} {
		if offset != uintptr(8*i) {
			t.Errorf("field %d is at %d, want %d", i, offset, 8*i)
		}
	}
	var l layer
	var g ages
	const elements = 520
	if unsafe.Offsetof(l.gap) != 0 || unsafe.Offsetof(l.weight) != 8*elements || unsafe.Offsetof(l.neuron) != 16*elements || unsafe.Offsetof(l.within) != 20*elements ||
		unsafe.Offsetof(g.trace) != 0 || unsafe.Offsetof(g.steps) != 8*elements || unsafe.Offsetof(g.late) != 16*elements ||
		chunk+spare != elements || unsafe.Sizeof(head{}) != 16 || never != -1<<62 {
		t.Error("the generator counts on other offsets and sizes")
	}
}

// The assembly finds what the portable loops find, for neurons with any number of
// spikes in and around the window, and takes weights back to where they were.
func TestLayersAreTheSameAtEveryLevel(t *testing.T) {
	const neurons, base = 40, 64
	source := rng.New(4, "layers", "test").Source(0)
	deepest := 0
	for trial := range 200 {
		h := newHistory(share{local: base, n: neurons}, []learn.Trace{{Tau: 20 * ms}}, 0.1*ms, 0)
		for neuron := range neurons {
			step := int64(source.IntN(100))
			for range source.IntN(12) {
				h.add(neuron, step)
				step += int64(source.IntN(60))
			}
		}
		n := source.IntN(chunk) + 1
		if trial%3 == 0 {
			n = source.IntN(20) + 1
		}
		targets, weights := make([]uint16, n+spare), make([]float64, n+spare)
		for i := range targets {
			targets[i], weights[i] = uint16(base+source.IntN(neurons)), source.Float64()
		}
		after := int64(source.IntN(200))
		upTo := after + int64(source.IntN(300))
		if trial%5 == 0 {
			after = never
		}
		var want string
		for _, level := range kernel.Levels() {
			b := &batch{level: level}
			b.search = searchArgs{
				n: uint64(n), targets: &targets[0], weights: &weights[0], base: base, heads: &h.heads[0],
				ages: &b.ages, after: after, upTo: upTo, before: upTo - int64(trial%2), meets: upTo + 1 - int64(trial%2), source: after,
			}
			moved := append([]float64(nil), weights...)
			got, depth := b.describe(&h, n, moved[:n])
			deepest = max(deepest, depth)
			if level == kernel.Portable {
				want = got
			} else if got != want {
				t.Fatalf("trial %d: %v differs from portable:\n%s\n%s", trial, level, got, want)
			}
		}
	}
	if deepest < 6 {
		t.Errorf("no window had more than %d spikes", deepest)
	}
}

// describe finds the layers of n synapses and changes their weights layer by layer.
func (b *batch) describe(h *history, n int, weights []float64) (text string, depth int) {
	a := &b.search
	a.layer = b.layer(0)
	a.first(b.level)
	eighths := (n + 7) / 8
	text = fmt.Sprintln(bitsOf(b.ages.trace[:n]), b.ages.steps[:n], b.ages.late[:eighths], a.late != 0)
	for ; a.found > 0; depth++ {
		l := a.layer
		l.n = int(a.found)
		text += fmt.Sprintln(a.beyond != 0, l.within[:(a.n+7)/8], l.gap[:l.n], bitsOf(l.weight[:l.n]), l.neuron[:l.n])
		a.from, a.n, a.layer, a.steps = l, a.found, b.layer(depth+1), &h.steps[(depth+1)*h.neurons]
		a.next(b.level)
	}
	for k := depth - 1; k >= 0; k-- {
		l, above := b.layers[k], weights
		for i := range l.weight[:l.n] {
			l.weight[i]++
		}
		if k > 0 {
			above = b.layers[k-1].weight[:b.layers[k-1].n]
		}
		l.expand(b.level, above)
	}
	return text + fmt.Sprint(weights), depth
}

// Traces decay the same at every level, also after the end of the table.
func TestDecayIsTheSameAtEveryLevel(t *testing.T) {
	table := []float64{1, 0.7, 0.5, 0.3, 0}
	for n := 1; n < 40; n++ {
		src, steps := make([]float64, n+spare), make([]int64, n+spare)
		for i := range src {
			src[i], steps[i] = float64(i)/7, int64(i%6)
		}
		steps[0] = -never
		for _, level := range kernel.Levels() {
			dst := make([]float64, n+spare)
			decay(level, dst[:n], &src[0], &steps[0], table)
			for i, x := range dst[:n] {
				if want := float64(src[i] * table[min(steps[i], 4)]); x != want {
					t.Fatalf("%v, element %d: %g, want %g", level, i, x, want)
				}
			}
		}
	}
}
