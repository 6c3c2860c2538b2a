package examples_test

import "testing"

// The same pairs weaken or strengthen a synapse, depending on how fast they come.
func TestPairsOfSpikesByVoltage(t *testing.T) {
	const first = 0.5e-3 // V
	r := runFor(t, "clopath.star", map[string]string{"bursts": "2"}, 0, 0)
	after, before := r.last("after, weights", first), r.last("before, weights", first)
	slow, fast := 0, len(after)-1
	// Two bursts of fifteen.
	if x := after[slow] - 1; !(x > -0.005 && x < 0.005) {
		t.Errorf("slow pairs, after: the weight changes by %.3f, want about none", x)
	}
	if x := before[slow] - 1; !(x > -0.08 && x < -0.03) {
		t.Errorf("slow pairs, before: the weight changes by %.3f, want about -0.05", x)
	}
	if x := after[fast] - 1; !(x > 0.03 && x < 0.08) {
		t.Errorf("fast pairs, after: the weight changes by %.3f, want about 0.05", x)
	}
	if x := before[fast] - 1; !(x > 0.01 && x < 0.06) {
		t.Errorf("fast pairs, before: the weight changes by %.3f, want about 0.03", x)
	}
	for i := range after[1:] {
		if !(after[i+1] > after[i]-1e-3) || before[i] >= after[i] {
			t.Errorf("weights by rate are %.3f after, %.3f before", after, before)
			break
		}
	}
}
