package sim_test

import (
	"math"
	"testing"

	"soma"
	"soma/dist"
	"soma/neuron"
	"soma/signal"
)

// Noise is added to the current of each neuron: its own, or one for all.
func TestNoiseOfEnsembles(t *testing.T) {
	const n, steps, std = 30, 2000, 0.5
	build := func(noise signal.Signal) []float64 {
		net := soma.New("noise", 1)
		e := net.Ensemble("e", n, 1)
		e.Neuron, e.Noise = neuron.LIFRate{}, noise
		j := net.Probe("j", e.Neurons, soma.Input)
		return run(t, net, steps, 1e-3).Data(j).Values
	}
	quiet := build(nil)
	own := build(signal.WhiteNoise{Dist: dist.Normal{Std: std}, Unscaled: true})
	alike := build(signal.Sine{Frequency: 10})
	variance, product := 0.0, 0.0
	for step := range steps {
		for i := range n {
			at := step*n + i
			d := own[at] - quiet[at]
			variance += d * d / (n * steps)
			product += d * (own[step*n+(i+1)%n] - quiet[step*n+(i+1)%n]) / (n * steps)
			if want := math.Sin(2 * math.Pi * 10 * float64(step+1) * 1e-3); math.Abs(alike[at]-quiet[at]-want) > 1e-9*(1+math.Abs(quiet[at])) {
				t.Fatalf("step %d, neuron %d: %g, want %g", step+1, i, alike[at]-quiet[at], want)
			}
		}
	}
	if math.Abs(variance-std*std) > 0.02*std*std || math.Abs(product) > 0.02*std*std {
		t.Errorf("variance %g, want %g; product with the next neuron's %g, want 0", variance, std*std, product)
	}
}

// With noise, neurons below threshold fire.
func TestNoiseMakesNeuronsFire(t *testing.T) {
	net := soma.New("noise", 1)
	e := net.Ensemble("e", 100, 1)
	e.Gain, e.Bias = dist.Constant{Value: 1}, dist.Constant{Value: 0.9}
	e.Noise = signal.WhiteNoise{Dist: dist.Normal{Std: 0.05}}
	spikes := net.Probe("spikes", e.Neurons)
	if got := len(run(t, net, 1000, 1e-3).Data(spikes).IDs); got < 200 || got > 10_000 {
		t.Errorf("%d spikes of 100 neurons in a second", got)
	}
}
