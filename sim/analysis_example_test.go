package sim_test

import (
	"fmt"
	"log"

	"soma"
	"soma/dist"
	"soma/sim"
)

// What a neuron says of a value, and what an ensemble of fifty can say of it.
func ExampleSimulator_TuningCurves() {
	net := soma.New("tuning", 1)
	cell := net.Ensemble("cell", 1, 1)
	cell.Encoders = dist.Values(1)
	cell.Intercepts, cell.MaxRates = dist.Values(-0.5), dist.Values(100)
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		log.Fatal(err)
	}
	rates, err := s.TuningCurves(cell, [][]float64{{-1}, {-0.4}, {0}, {1}})
	if err != nil {
		log.Fatal(err)
	}
	for _, row := range rates {
		fmt.Printf("%.1f Hz\n", row[0])
	}
	// Output:
	// 0.0 Hz
	// 22.5 Hz
	// 49.7 Hz
	// 100.0 Hz
}

// How exactly a function can be decoded, before anything is simulated: the
// distortion, and the effect of noise of 20 Hz in every rate.
func ExampleSimulator_Decoding() {
	for _, neurons := range []int{50, 500} {
		net := soma.New("square", 1)
		a := net.Ensemble("a", neurons, 1)
		square := net.Connect(a, net.Passthrough("square", 1))
		square.Function = func(x []float64) []float64 { return []float64{x[0] * x[0]} }
		s, err := sim.New(net, sim.Options{})
		if err != nil {
			log.Fatal(err)
		}
		d, err := s.Decoding(square, nil)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%d neurons: distortion %.4f, noise %.4f\n", neurons, d.RMSE()[0], d.Noise(20)[0])
	}
	// Output:
	// 50 neurons: distortion 0.0205, noise 0.0261
	// 500 neurons: distortion 0.0056, noise 0.0083
}
