package sim_test

import (
	"math"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/signal"
	"soma/sim"
	"soma/solve"
	"soma/synapse"
	"soma/validation"
)

// givenPairs gives decoders as they are, for a weight for every pair of neurons.
type givenPairs struct{ given }

func (givenPairs) SolvesWeights() bool { return true }

var _ solve.FullWeights = givenPairs{}

// firstColumn is one column of rows.
func firstColumn(rows [][]float64, j int) (values given) {
	for _, row := range rows {
		values = append(values, row[j])
	}
	return values
}

// connected builds a network of validation/nengo/connections.py.
func (l *learned) connected(model neuron.Model, name string) (net *soma.Network, b *soma.Ensemble, learns *soma.Connection) {
	net = soma.New("connections", 1)
	u := net.Node("u", signal.Vector{N: 2, F: func(t float64, y []float64) { y[0], y[1] = math.Cos(20*t), math.Sin(20*t) }})
	a, b := l.ensemble(net, "a", model, l.EncA, l.GainA, l.BiasA), l.ensemble(net, "b", model, l.EncB, l.GainB, l.BiasB)
	b.Radius = 1.5
	net.Connect(u, a).Synapse = synapse.None{}
	switch name {
	case "to neurons":
		conn := net.Connect(a.At(1), b.Neurons.Part(1, 4))
		conn.Solver, conn.Transform = firstColumn(l.D0, 0), connect.Dense{{0.5}, {-1}, {2}}
		conn.Synapse = synapse.Default()
		direct := net.Connect(u.At(0), b.Neurons.Part(0, 5).Every(2))
		direct.Transform, direct.Synapse = connect.Dense{{0.1}, {0.2}, {0.3}}, synapse.None{}
	case "from neurons":
		conn := net.Connect(a.Neurons.Part(2, 6), b)
		conn.Transform, conn.Synapse = connect.Dense{l.W0[0][:4], l.W0[1][:4]}, synapse.Lowpass{Tau: 0.01}
	case "recurrent":
		net.Connect(a, b).Solver = given(flat(l.D0))
		conn := net.Connect(b, b.At(1))
		conn.Function = func(x []float64) []float64 { return []float64{float64(x[0] * x[1])} }
		conn.Synapse, conn.Solver = synapse.Lowpass{Tau: 0.02}, firstColumn(l.D0[:5], 1)
	case "full weights":
		learns = net.Connect(a, b.At(1))
		learns.Function = func(x []float64) []float64 { return x[:1] }
		learns.Transform, learns.Solver = connect.Scale(2), givenPairs{firstColumn(l.D0, 0)}
		learns.Learning = []learn.Rule{learn.PES{LearningRate: 1e-5}}
		net.Connect(net.Node("error", signal.Constant{0.5}), learns.LearningInput(0)).Synapse = synapse.None{}
	}
	return net, b, learns
}

// Parts, transforms, functions and full weights, from and to neurons, give the
// currents that they give in Nengo.
func TestConnectionsReproduceNengo(t *testing.T) {
	var l learned
	validation.JSON(t, "nengo/learning.json", &l)
	var reference struct {
		Steps int
		Cases map[string]struct {
			Current, Weights [][]float64
		}
	}
	validation.JSON(t, "nengo/connections.json", &reference)
	for _, model := range []neuron.Model{neuron.LIF{}, neuron.LIFRate{}} {
		for _, name := range []string{"to neurons", "from neurons", "recurrent", "full weights"} {
			want, ok := reference.Cases[model.Spec().Name+"/"+name]
			if !ok {
				t.Fatalf("no case %s", name)
			}
			net, b, learns := l.connected(model, name)
			current := net.Probe("current", b.Neurons, soma.Input)
			var weights *soma.Probe
			if learns != nil {
				weights = net.Probe("weights", learns)
			}
			s := simulated(t, net, sim.Options{}, float64(reference.Steps)*1e-3)
			compare := func(what string, got, want []float64) {
				for i := range want {
					if math.Abs(got[i]-want[i]) > 1e-11*max(1, math.Abs(want[i])) {
						t.Errorf("%s/%s: %s %d is %.17g, want %.17g", model.Spec().Name, name, what, i, got[i], want[i])
						return
					}
				}
			}
			compare("current", s.Data(current).Values, slices.Concat(want.Current...))
			if weights != nil {
				all := s.Data(weights).Values
				compare("weight", all[len(all)-40:], slices.Concat(want.Weights...))
			}
		}
	}
}

// ensemble adds an ensemble of which every number is given.
func (l *learned) ensemble(net *soma.Network, name string, model neuron.Model, encoders [][]float64, gain, bias []float64) *soma.Ensemble {
	e := net.Ensemble(name, len(gain), 2)
	e.Neuron, e.Encoders, e.Gain, e.Bias = model, dist.Samples(encoders), column(gain), column(bias)
	if model.Spec().Spiking {
		e.Init = map[string]dist.Distribution{"voltage": dist.Constant{}}
	}
	return e
}
