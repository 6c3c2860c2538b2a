package stats

import (
	"fmt"
	"math"
	"math/bits"

	"soma/internal/elementary"
)

// Spectrum is the power spectral density of the population's activity, the
// spikes per second and neuron in bins of the given width, s. Frequencies are in
// Hz, from 0 to half of 1/bin; the power, of positive and negative frequencies
// together, is in Hz²/Hz. Its integral is the variance of the activity;
// independent Poisson processes have the flat spectrum 2·rate/Neurons.
//
// It is Welch's estimate (IEEE Trans. Audio Electroacoust. 15:70, 1967): the mean
// over segments that overlap by half, each without its mean and under a Hann
// window. A segment has the given number of bins, rounded up to a power of two,
// but not more than the recording; longer segments resolve finer frequencies and
// leave more noise. 0 chooses an eighth of the recording.
func (s Spikes) Spectrum(bin float64, segment int) (frequencies, power []float64, err error) {
	counts, err := s.Activity(bin)
	if err != nil {
		return nil, nil, err
	}
	if segment < 0 {
		return nil, nil, fmt.Errorf("segments of %d bins; give a number above zero, or 0 for the default", segment)
	}
	if segment == 0 {
		segment = len(counts) / 8
	}
	n := 1 << bits.Len(uint(max(min(segment, maxBins), 4)-1))
	if most := 1 << (bits.Len(uint(len(counts))) - 1); n > most {
		n = most
	}
	if n < 4 {
		return nil, nil, fmt.Errorf("%g s hold only %d bins of %g s; record for longer, or give a smaller width", s.Duration, len(counts), bin)
	}
	activity := make([]float64, len(counts))
	for i, k := range counts {
		activity[i] = float64(k) / float64(float64(s.Neurons)*bin)
	}
	frequencies, power = make([]float64, n/2+1), welch(activity, n, bin)
	for i := range frequencies {
		frequencies[i] = float64(i) / float64(float64(n)*bin)
	}
	return frequencies, power, nil
}

// welch averages the periodograms of segments of n samples.
func welch(x []float64, n int, dt float64) []float64 {
	window, weight := hann(n)
	power, work := make([]float64, n/2+1), make([]complex128, n)
	segments := 0
	for start := 0; start+n <= len(x); start += n / 2 {
		part := x[start : start+n]
		mean := Mean(part)
		for i, v := range part {
			work[i] = complex(window[i]*(v-mean), 0)
		}
		transform(work)
		for i := range power {
			power[i] += float64(real(work[i])*real(work[i])) + float64(imag(work[i])*imag(work[i]))
		}
		segments++
	}
	for i := range power {
		power[i] *= dt / float64(weight*float64(segments))
		if i > 0 && i < n/2 {
			power[i] *= 2 // the negative frequency
		}
	}
	return power
}

// hann gives Hann's window and the sum of its squares.
func hann(n int) (window []float64, squares float64) {
	window = make([]float64, n)
	for i := range window {
		window[i] = 0.5 - float64(0.5*elementary.Cos(2*math.Pi*float64(i)/float64(n)))
		squares += float64(window[i] * window[i])
	}
	return window, squares
}
