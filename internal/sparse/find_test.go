package sparse

import (
	"fmt"
	"testing"
	"unsafe"

	"soma/internal/kernel"
	"soma/internal/rng"
)

// The generator of the assembly knows these offsets and sizes.
func TestOffsetsOfFindArgs(t *testing.T) {
	var a findArgs
	for i, offset := range []uintptr{
		unsafe.Offsetof(a.targets), unsafe.Offsetof(a.n), unsafe.Offsetof(a.base), unsafe.Offsetof(a.steps), unsafe.Offsetof(a.traces),
		unsafe.Offsetof(a.after), unsafe.Offsetof(a.upTo), unsafe.Offsetof(a.before), unsafe.Offsetof(a.meets), unsafe.Offsetof(a.from),
		unsafe.Offsetof(a.decay), unsafe.Offsetof(a.last), unsafe.Offsetof(a.post), unsafe.Offsetof(a.rounds), unsafe.Offsetof(a.alone),
		unsafe.Offsetof(a.found),
	} {
		if offset != uintptr(8*i) {
			t.Errorf("field %d is at %d, want %d", i, offset, 8*i)
		}
	}
	if kept != 8 || rounds != 8 || chunk != 256 || unsafe.Sizeof(round{}) != 12*chunk || unsafe.Offsetof(round{}.synapse) != 8*chunk {
		t.Error("the generator counts on other sizes")
	}
}

// The assembly finds what the portable loop finds, for neurons with any number of
// spikes in and around the window.
func TestFindIsTheSameAtEveryLevel(t *testing.T) {
	const neurons, base = 40, 64
	source := rng.New(4, "find", "test").Source(0)
	decay := make([]float64, 300)
	for i := range decay[:299] {
		decay[i] = 1 / float64(1+i)
	}
	spikes := 0
	for trial := range 200 {
		recent := newRecent(neurons)
		for neuron := range neurons {
			step := int64(source.IntN(100))
			for range source.IntN(12) {
				recent.add(neuron, step, source.Float64())
				step += int64(source.IntN(60))
			}
		}
		targets := make([]uint16, source.IntN(chunk)+1)
		for i := range targets {
			targets[i] = uint16(base + source.IntN(neurons))
		}
		after := int64(source.IntN(200))
		upTo := after + int64(source.IntN(300))
		if trial%5 == 0 {
			after = never
		}
		var want string
		for _, level := range kernel.Levels() {
			var b batch
			b.args = findArgs{
				targets: &targets[0], n: uint64(len(targets)), base: base, steps: &recent.steps[0], traces: &recent.traces[0],
				after: after, upTo: upTo, before: upTo - int64(trial%2), meets: upTo + 1 - int64(trial%2), from: after,
				decay: &decay[0], last: uint64(len(decay) - 1), post: &b.post[0], rounds: &b.rounds[0], alone: &b.alone[0],
			}
			b.args.find(level)
			got := fmt.Sprint(b.args.found, bitsOf(b.post[:len(targets)]), b.alone[:b.args.found[rounds]])
			for k := range rounds {
				got += fmt.Sprint(b.rounds[k].gap[:b.args.found[k]], b.rounds[k].synapse[:b.args.found[k]])
			}
			if level == kernel.Portable {
				want, spikes = got, spikes+int(b.args.found[5])
			} else if got != want {
				t.Fatalf("trial %d: %v differs from portable:\n%s\n%s", trial, level, got, want)
			}
		}
	}
	if spikes == 0 {
		t.Error("no window had six spikes")
	}
}
