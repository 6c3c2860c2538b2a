package examples_test

import (
	"math"
	"testing"
)

// The first seconds of a lesson, and after it.
func productError(r result) []float64 {
	off := difference(r.column("product", 0), r.column("learned", 0))
	return []float64{rms(off[:2000]), rms(off[40000:])}
}

// The first seconds, and the end.
func controlError(r result) []float64 {
	off := difference(r.column("wanted angle", 0), r.column("angle", 0))
	return []float64{rms(off[:4000]), rms(off[20000:])}
}

// Without learning the pendulum stays behind.
func TestControlWithoutLearning(t *testing.T) {
	off := controlError(run(t, "adaptive_control.star", map[string]string{"kappa": "0"}, 0))
	near(t, "error at the end", off[1], 0.10, 0.05)
}

// principal is the first eigenvector of the matrix of mean products of rates,
// rows of n values, by the power method.
func principal(rates []float64, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = 1
	}
	for range 100 {
		next := make([]float64, n)
		for row := rates; len(row) > 0; row = row[n:] {
			dot := 0.0
			for j, a := range row[:n] {
				dot += a * v[j]
			}
			for j, a := range row[:n] {
				next[j] += a * dot
			}
		}
		length := rms(next) * math.Sqrt(float64(n))
		for j := range v {
			v[j] = next[j] / length
		}
	}
	return v
}

func TestOjaFindsThePrincipalComponent(t *testing.T) {
	for beta, want := range map[string]float64{"1": 1, "4": 0.5} {
		r := run(t, "oja.star", map[string]string{"beta": beta}, 0)
		rates, weights := r.data["input rates"].Values, r.data["weights"].Values
		w := weights[len(weights)-40:]
		length, cosine := rms(w)*math.Sqrt(40), 0.0
		for j, x := range principal(rates[40*2500:], 40) {
			cosine += x * w[j] / length
		}
		near(t, "length for beta "+beta, length, want, 0.01)
		if beta == "1" && (length < 0.995 || length > 0.996) {
			t.Errorf("length %.4f, the text says 0.995", length)
		}
		// A larger beta learns as much less as its weights are smaller.
		if least := map[string]float64{"1": 0.998, "4": 0.97}[beta]; cosine < least {
			t.Errorf("beta %s: the cosine of weights and eigenvector is %.4f, want %g", beta, cosine, least)
		}
	}
}

func TestBCMMakesSelective(t *testing.T) {
	r := run(t, "bcm.star", nil, 0)
	for neuron := range 2 {
		rates := r.column("output rates", neuron)
		for _, c := range []struct {
			at   int // step
			mine bool
		}{{14650, neuron == 0}, {14950, neuron == 1}} {
			if got := rates[c.at]; c.mine && got < 200 || !c.mine && got > 1 {
				t.Errorf("neuron %d fires at %.4g Hz in step %d", neuron, got, c.at)
			}
		}
		if first := mean(rates[200:300]) / mean(rates[500:600]); first < 0.8 || first > 1.25 {
			t.Errorf("neuron %d answers %.3g times as much to the first pattern from the start", neuron, first)
		}
	}
}

// A small delay network, and a short lesson; the text has the numbers of the whole.
func TestDelayNetworkPredicts(t *testing.T) {
	r := runFor(t, "mackey_glass.star", map[string]string{"n": "300", "lesson": "10"}, 0, 13)
	later := r.column("150 ms later", 0)[10000:]
	middle := mean(later)
	spread := 0.0
	for _, x := range later {
		spread += (x - middle) * (x - middle)
	}
	deviation := math.Sqrt(spread / float64(len(later)))
	within(t, "error of the prediction", rms(difference(later, r.column("prediction", 0)[10000:]))/deviation, [2]float64{0.1, 0.35})
	within(t, "error of what is now", rms(difference(later, r.column("input", 0)[10000:]))/deviation, [2]float64{1.5, 1.7})
	within(t, "error of the memory", rms(difference(r.column("input before", 0), r.column("from memory", 0))[2000:])/deviation, [2]float64{0.1, 0.4})
}

// Of the pictures after the lesson, which are new, most are read.
func TestDigitsAreRead(t *testing.T) {
	r := run(t, "digits.star", nil, 0)
	answers, wanted := r.data["answer"].Values, r.data["wanted"].Values
	right, shown := 0, 0
	for from := 40000; from < 60000; from += 100 {
		var sum [10]float64 // over the second half of the time that a picture is shown
		for step := from + 50; step < from+100; step++ {
			for k := range sum {
				sum[k] += answers[10*step+k]
			}
		}
		read := 0
		for k, x := range sum {
			if x > sum[read] {
				read = k
			}
		}
		shown++
		if wanted[10*(from+90)+read] == 1 {
			right++
		}
	}
	if shown != 200 || right != 166 {
		t.Errorf("%d of %d pictures are read, the text says 166 of 200", right, shown)
	}
}
