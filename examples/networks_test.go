package examples_test

import (
	"fmt"
	"math"
	"testing"

	"soma/stats"
)

// between gives the spikes of a probe from one time to another.
func (r result) between(probe string, from, to float64) stats.Spikes {
	d := r.data[probe]
	s := stats.Spikes{Neurons: d.Width, Duration: to - from}
	for i, at := range d.Times {
		if at > from && at <= to {
			s.Times, s.IDs = append(s.Times, at-from), append(s.IDs, d.IDs[i])
		}
	}
	return s
}

// after gives the spikes of a probe from a time on.
func (r result) after(probe string, from float64) stats.Spikes { return r.between(probe, from, r.time) }

// meanCV is the mean coefficient of variation of the neurons that have one.
func meanCV(s stats.Spikes) float64 {
	var known []float64
	for _, cv := range s.CVs() {
		if !math.IsNaN(cv) {
			known = append(known, cv)
		}
	}
	return stats.Mean(known)
}

// peak is the frequency, from low on, at which the activity has most power.
func peak(t *testing.T, s stats.Spikes, low float64) float64 {
	t.Helper()
	frequencies, power, err := s.Spectrum(0.5e-3, 256)
	if err != nil {
		t.Fatal(err)
	}
	best, at := 0.0, 0.0
	for i, f := range frequencies {
		if f >= low && power[i] > best {
			best, at = power[i], f
		}
	}
	return at
}

// near checks a measured number against a wanted one, with a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*want) {
		t.Errorf("%s is %.4g, want %.4g within %g %%", what, got, want, 100*tolerance)
	}
}

// siegert is the rate of a leaky integrate-and-fire neuron whose voltage, without
// a threshold, would have a mean and standard deviation (mV, Gaussian white
// noise), with the membrane of Brunel's network:
//
//	1/ν = t_ref + τ √π ∫ e^(u²) (1 + erf u) du
//
// from (V_reset − μ)/σ to (V_th − μ)/σ. A. J. F. Siegert, Phys. Rev. 81:617
// (1951); D. J. Amit and N. Brunel, Cereb. Cortex 7:237 (1997).
func siegert(mean, deviation float64) float64 {
	const (
		reset, threshold = 10, 20 // mV
		tRef, tau        = 2e-3, 20e-3
		parts            = 2000
	)
	low, high := (reset-mean)/deviation, (threshold-mean)/deviation
	integral := 0.0
	for i := range parts {
		u := low + (high-low)*(float64(i)+0.5)/parts
		integral += math.Exp(u*u) * math.Erfc(-u) * (high - low) / parts
	}
	return 1 / (tRef + tau*math.Sqrt(math.Pi)*integral)
}

// brunelRate is the mean-field rate of network A: the one that, as input, gives
// itself as output. The input has
//
//	μ = C_E J τ (ν_ext + ν (1 − g/4)),   σ² = C_E J² τ (ν_ext + ν (1 + g²/4))
//
// (Brunel 2000, equations 4 and 5, with C_I = C_E/4). It is found by bisection,
// coming from a rate at which the neurons would fire less than they get.
func brunelRate(neurons int, g, eta float64) float64 {
	const jump, tau, threshold = 0.1, 20e-3, 20.0 // mV, s, mV
	inputs := float64(neurons * 4 / 5 / 10)
	outside := eta * threshold / (jump * inputs * tau)
	low, high := 0.0, 500.0
	for range 50 {
		rate := (low + high) / 2
		mean := inputs * jump * tau * (outside + rate*(1-g/4))
		variance := inputs * jump * jump * tau * (outside + rate*(1+g*g/4))
		if siegert(mean, math.Sqrt(variance)) > rate {
			low = rate
		} else {
			high = rate
		}
	}
	return low
}

// The theory, against numbers computed elsewhere.
func TestMeanField(t *testing.T) {
	for _, c := range []struct {
		neurons      int
		g, eta, rate float64
	}{
		{10000, 5, 2, 43.2}, {12500, 3, 2, 327}, {12500, 6, 4, 55.8}, {12500, 5, 2, 37.95}, {12500, 4.5, 0.9, 6.52},
	} {
		near(t, fmt.Sprintf("theory for g %g, eta %g", c.g, c.eta), brunelRate(c.neurons, c.g, c.eta), c.rate, 2e-3)
	}
}

// state is one of Brunel's network: how long it is simulated and what is known of
// it at N = 12 500.
type state struct {
	name         string
	g, eta, time float64
	rate, cv     float64    // in NEST 3.10
	off          float64    // deviation of the rate from that, relative
	coherent     [2]float64 // range of the coherence in bins of 1 ms
	peak         [2]float64 // range of the oscillation, Hz; none where it is 0
}

var states = []state{
	{"SR", 3, 2, 0.2, 332, 0, 0.01, [2]float64{0.4, 1}, [2]float64{}},
	{"SI, fast", 6, 4, 0.5, 59.5, 0.84, 0.04, [2]float64{0.15, 0.3}, [2]float64{160, 200}},
	{"AI", 5, 2, 0.6, 38.0, 0.40, 0.03, [2]float64{0.05, 0.15}, [2]float64{}},
	{"SI, slow", 4.5, 0.9, 1.1, 5.40, 0.63, 0.15, [2]float64{0.1, 0.3}, [2]float64{15, 30}},
}

// within checks that a number lies in a range, unless that is empty.
func within(t *testing.T, what string, got float64, want [2]float64) {
	t.Helper()
	if want[1] > 0 && !(got >= want[0] && got <= want[1]) {
		t.Errorf("%s is %.4g, want %g to %g", what, got, want[0], want[1])
	}
}

func TestBrunelStates(t *testing.T) {
	for _, c := range states {
		set := map[string]string{"g": fmt.Sprint(c.g), "eta": fmt.Sprint(c.eta)}
		s := runFor(t, "brunel.star", set, 0, c.time).after("all", 0.1)
		near(t, c.name+": rate", s.MeanRate(), c.rate, c.off)
		if cv := meanCV(s); math.Abs(cv-c.cv) > 0.1+0.1*c.cv {
			t.Errorf("%s: CV is %.3g, want %.3g", c.name, cv, c.cv)
		}
		coherence, err := s.Coherence(1e-3)
		if err != nil {
			t.Fatal(err)
		}
		within(t, c.name+": coherence", coherence, c.coherent)
		within(t, c.name+": frequency", peak(t, s, 8), c.peak)
	}
}

// The theory knows independent neurons only: it gives the rate of the
// asynchronous state also in smaller networks.
func TestTheoryOfTheAsynchronousState(t *testing.T) {
	for _, neurons := range []int{2500, 5000} {
		s := runFor(t, "brunel.star", map[string]string{"N": fmt.Sprint(neurons)}, 0, 0.6).after("all", 0.1)
		near(t, fmt.Sprintf("rate of %d neurons", neurons), s.MeanRate(), brunelRate(neurons, 5, 2), 0.01)
	}
}

// The table of the text: the theory to its last digit, what was measured within
// the deviation that the tests allow.
func TestStatesOfTheText(t *testing.T) {
	rows := table(t, read(t, "networks/brunel.md"), "states")
	if len(rows) != len(states) {
		t.Fatalf("%d rows, want %d", len(rows), len(states))
	}
	for i, row := range rows {
		c := states[i]
		var numbers [8]float64
		for k := range numbers {
			numbers[k], _ = number(row[k])
		}
		near(t, c.name+": g", numbers[1], c.g, 0)
		near(t, c.name+": eta", numbers[2], c.eta, 0)
		near(t, c.name+": rate", numbers[3], c.rate, c.off)
		near(t, c.name+": rate in NEST", numbers[4], c.rate, 0)
		shows(t, row[5], brunelRate(12500, c.g, c.eta))
		near(t, c.name+": CV in NEST", numbers[7], c.cv, 0)
	}
}
