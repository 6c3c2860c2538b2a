package sim_test

import (
	"context"
	"math"
	"testing"

	"soma"
	"soma/dist"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
	"soma/validation"
)

// An ensemble that is connected to itself, given in full, does in every step what
// it does in Nengo.
func TestRecurrentNetworkAgreesWithNengo(t *testing.T) {
	var c struct {
		Encoders   [][]float64
		MaxRates   []float64 `json:"max_rates"`
		Intercepts []float64
		EvalPoints [][]float64 `json:"eval_points"`

		LIF, LIFRate [][]float64
	}
	validation.JSON(t, "nengo/recurrent.json", &c)
	for _, want := range []struct {
		model  neuron.Model
		states [][]float64
	}{{neuron.LIF{}, c.LIF}, {neuron.LIFRate{}, c.LIFRate}} {
		net := soma.New("oscillator", 1)
		push := net.Node("push", signal.Func(func(t float64) float64 {
			if t < 0.1005 {
				return 1
			}
			return 0
		}))
		x := net.Ensemble("x", len(c.Encoders), 2)
		x.Neuron = want.model
		x.Encoders, x.EvalPoints = dist.Samples(c.Encoders), dist.Samples(c.EvalPoints)
		x.MaxRates, x.Intercepts = dist.Values(c.MaxRates...), dist.Values(c.Intercepts...)
		if want.model.Spec().Spiking {
			x.Init = map[string]dist.Distribution{"voltage": dist.Constant{}}
		}
		net.Connect(push, x.At(0))
		turn := net.Connect(x, x)
		turn.Synapse = synapse.Lowpass{Tau: 0.1}
		const w = 0.2 * math.Pi
		turn.Function = func(x []float64) []float64 {
			return []float64{x[0] - float64(w*x[1]), x[1] + float64(w*x[0])}
		}
		probe := net.Probe("state", x)
		probe.Synapse = synapse.Lowpass{Tau: 0.01}
		s, err := sim.New(net, sim.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(context.Background(), 1); err != nil {
			t.Fatal(err)
		}
		data, got := s.Data(probe), [][]float64{}
		for i := 4; i < data.Samples(); i += 5 {
			got = append(got, data.Values[2*i:2*i+2])
		}
		alike(t, want.model.Spec().Name, got, want.states, 1e-12)
	}
}
