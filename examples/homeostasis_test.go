package examples_test

import "testing"

// Neurons find their rate, and find it again when their inputs fire twice as often;
// also while spikes change the synapses.
func TestNeuronsFindTheirRate(t *testing.T) {
	for _, stdp := range []string{"false", "true"} {
		r := runFor(t, "homeostasis.star", map[string]string{"time": "50", "stdp": stdp}, 0, 0)
		for _, group := range []string{"inputs at 5 Hz", "inputs at 10 Hz", "inputs at 20 Hz"} {
			near(t, group+", before the change", r.between(group, 13, 25).MeanRate(), 8, 0.2)
			near(t, group+", in the end", r.after(group, 37).MeanRate(), 8, 0.25)
			if rate := r.between(group, 25, 25.5).MeanRate(); rate < 40 {
				t.Errorf("%s: %.1f Hz after the change, want above 40", group, rate)
			}
		}
	}
}
