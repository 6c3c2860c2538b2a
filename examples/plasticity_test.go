package examples_test

import (
	"slices"
	"strconv"
	"testing"

	"soma/stats"
)

// last gives the last sample of a probe, in units of one.
func (r result) last(probe string, one float64) []float64 {
	d := r.data[probe]
	row := make([]float64, d.Width)
	for i, x := range d.Values[len(d.Values)-d.Width:] {
		row[i] = x / one
	}
	return row
}

const stdpMax = 0.15e-9 // S

// Inputs that fire together take over, the others lose.
func TestInputsCompete(t *testing.T) {
	r := runFor(t, "stdp.star", map[string]string{"time": "40", "lambda_": "0.01"}, 0, 0)
	if w := stats.Mean(r.last("steady inputs", stdpMax)); w > 0.3 {
		t.Errorf("steady inputs have weights of %.2f, want below 0.3", w)
	}
	if w := stats.Mean(r.last("varied inputs", stdpMax)); w < 0.75 {
		t.Errorf("inputs with a common rate have weights of %.2f, want above 0.75", w)
	}
}

// Without correlations the weights go to both ends, and the rate comes down to
// where the neurons fire irregularly.
func TestWeightsBecomeBimodal(t *testing.T) {
	r := runFor(t, "stdp.star", map[string]string{"time": "90", "lambda_": "0.01", "common": "0"}, 0, 0)
	all := append(r.last("steady inputs", stdpMax), r.last("varied inputs", stdpMax)...)
	tenths := stats.Histogram(all, stats.EvenEdges(0, 1, 10))
	low, middle, high := tenths[0], (tenths[4]+tenths[5]+tenths[6]+tenths[7])/4, tenths[9]
	if !(low > 3*middle && high > 1.3*middle) {
		t.Errorf("weights by tenths: %v; want many at both ends", tenths)
	}
	start, end := r.between("spikes", 0, 2).MeanRate(), r.after("spikes", 80).MeanRate()
	if !(start > 60 && end > 8 && end < 30) {
		t.Errorf("the rate goes from %.1f to %.1f Hz, want from above 60 to 8 … 30", start, end)
	}
}

// Inhibition grows until the excitatory neurons fire at the wanted rate, irregularly.
func TestInhibitionFindsTheRate(t *testing.T) {
	for _, target := range []string{"5", "10"} {
		r := runFor(t, "inhibitory_plasticity.star", map[string]string{"target": target, "eta": "0.2e-9"}, 0, 1.8)
		want, _ := strconv.ParseFloat(target, 64)
		if first := r.between("excitatory", 0, 0.05).MeanRate(); first < 60 {
			t.Errorf("target %s: the neurons fire at %.1f Hz at first, want above 60", target, first)
		}
		late := r.after("excitatory", 0.8)
		near(t, "the rate for a target of "+target+" Hz", late.MeanRate(), want, 0.3)
		if cv := meanCV(late); !(cv > 0.6 && cv < 1.1) {
			t.Errorf("target %s: CV %.2f, want 0.6 to 1.1", target, cv)
		}
	}
}

// Without plasticity they go on firing fast.
func TestWithoutInhibitoryPlasticity(t *testing.T) {
	r := runFor(t, "inhibitory_plasticity.star", map[string]string{"eta": "0"}, 0, 0.4)
	if rate := r.after("excitatory", 0.3).MeanRate(); rate < 60 {
		t.Errorf("the neurons fire at %.1f Hz, want above 60", rate)
	}
}

// accuracy is how often neurons that are named after the digit for which they
// fired most, in a part of the pictures, are right about those that follow.
func accuracy(r result) float64 {
	const shown = 0.1 // s
	labels := r.data["labels"].Values
	spikes := r.data["spikes"]
	counts := make([][]float64, len(labels)) // by picture and neuron
	for i := range counts {
		counts[i] = make([]float64, spikes.Width)
	}
	for i, at := range spikes.Times {
		counts[min(int((at-1e-6)/shown), len(counts)-1)][spikes.IDs[i]]++
	}
	name, test := len(labels)*6/10, len(labels)*8/10
	fired, seen := make([][10]float64, spikes.Width), [10]float64{}
	for i := name; i < test; i++ {
		seen[int(labels[i])]++
		for cell, n := range counts[i] {
			fired[cell][int(labels[i])] += n
		}
	}
	right := 0.0
	for i := test; i < len(labels); i++ {
		var votes [10]float64
		for cell, n := range counts[i] {
			best := 0
			for digit := range fired[cell] {
				if fired[cell][digit]/seen[digit] > fired[cell][best]/seen[best] {
					best = digit
				}
			}
			votes[best] += n
		}
		if slices.Max(votes[:]) > 0 && slices.Index(votes[:], slices.Max(votes[:])) == int(labels[i]) {
			right++
		}
	}
	return right / float64(len(labels)-test)
}

// Digits are told apart without labels; not without learning.
func TestUnsupervisedDigits(t *testing.T) {
	for _, c := range []struct {
		learning  string
		low, high float64
	}{{"true", 0.85, 1}, {"false", 0.05, 0.25}} {
		r := runFor(t, "unsupervised_digits.star", map[string]string{"learning": c.learning}, 0, 0)
		got := accuracy(r)
		if !(got >= c.low && got <= c.high) {
			t.Errorf("learning %s: %.3f of the digits are right, want %g to %g", c.learning, got, c.low, c.high)
		}
		t.Logf("learning %s: %.3f right", c.learning, got)
	}
}
