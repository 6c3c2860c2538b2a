package examples_test

import (
	"math"
	"testing"

	"soma/stats"
)

// direction is that of the mean of the directions of the neurons that fire,
// degrees, and its length.
func direction(s stats.Spikes) (degrees, length float64) {
	x, y := 0.0, 0.0
	for _, id := range s.IDs {
		angle := 2 * math.Pi * float64(id) / float64(s.Neurons)
		x, y = x+math.Cos(angle), y+math.Sin(angle)
	}
	degrees = math.Atan2(y, x) * 180 / math.Pi
	if degrees < 0 {
		degrees += 360
	}
	return degrees, math.Hypot(x, y) / float64(len(s.IDs))
}

func TestBumpRemembersTheCue(t *testing.T) {
	for _, cue := range []string{"90", "200"} {
		r := run(t, "bump.star", map[string]string{"cue": cue}, 0)
		before, held := r.between("excitatory", 0, 0.3), r.after("excitatory", 1.5)
		want, _ := number(cue)
		got, length := direction(held)
		if math.Abs(got-want) > 10 || length < 0.9 {
			t.Errorf("cue %s: the bump is at %.0f degrees, and its vector has length %.2f", cue, got, length)
		}
		within(t, "rate before the cue", before.MeanRate(), [2]float64{0, 0.5})
		within(t, "rate of the bump", held.MeanRate(), [2]float64{5, 20})
	}
	// Without a cue, or with too much noise, there is none.
	for name, value := range map[string]string{"strength": "0", "noise": "200pA"} {
		r := run(t, "bump.star", map[string]string{name: value}, 0)
		within(t, "rate with "+name+" "+value, r.after("excitatory", 1.5).MeanRate(), [2]float64{0, 0.5})
	}
}
