package engine_test

import (
	"fmt"
	"math"
	"testing"

	"soma"
	"soma/dist"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/neuron"
	"soma/signal"
)

// Some neurons fire more than once in a step, between others that fire once: each
// spike is decoded.
func TestSeveralSpikesInAStepAreDecoded(t *testing.T) {
	net := soma.New("often", 3)
	in := net.Node("in", signal.Vector{N: 9, F: func(t float64, y []float64) {
		for i := range y {
			y[i] = math.Sin(float64(i+3) * 11 * t)
		}
	}})
	for i := range 2 {
		e := net.Ensemble(fmt.Sprint("e", i), 40, 9)
		e.Neuron = neuron.LIF{TauRef: 1e-5}
		e.NEvalPoints, e.MaxRates = 50, dist.Uniform{Low: 100, High: 3000}
		net.Connect(in, e)
		net.Probe(fmt.Sprint("spikes", i), e.Neurons)
		net.Probe(fmt.Sprint("value", i), e)
	}
	p := compiled(t, net, kernel.Best()).Program
	run := interpreted(t, p, 60)
	twice := 0
	for _, r := range run.Recorded {
		for k := 1; k < len(r.IDs); k++ {
			if r.IDs[k] == r.IDs[k-1] && r.Steps[k] == r.Steps[k-1] {
				twice++
			}
		}
	}
	if twice == 0 {
		t.Fatal("no neuron fires more than once in a step")
	}
	for _, level := range kernel.Levels() {
		e := executed(t, p, engine.Options{Threads: 1, Level: level}, 60)
		sameRecordings(t, level.String(), p, e, run)
	}
}
