package sim_test

import (
	"context"
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
	"soma/validation"
)

// table plays one value per step.
type table []float64

func (table) Size() int { return 1 }

func (v table) Start(signal.Env) (func(float64, []float64), error) {
	i := 0
	return func(_ float64, out []float64) { out[0] = v[i]; i++ }, nil
}

// Each synapse in a network adds one step of delay, and None none, as in Nengo.
func TestSynapsesInANetworkAgainstNengo(t *testing.T) {
	var file struct {
		Dt        float64
		InNetwork map[string][]float64 `json:"in_network"`
	}
	validation.JSON(t, "nengo/synapses.json", &file)
	want := file.InNetwork
	net := soma.New("synapses", 1)
	source := net.Node("source", table(want["node"]))
	probes := map[string]*soma.Probe{"node_probe_synapse_0.01": net.Probe("filtered", source)}
	probes["node_probe_synapse_0.01"].Synapse = synapse.Lowpass{Tau: 0.01}
	for name, s := range map[string]synapse.Synapse{
		"conn_None": synapse.None{}, "conn_Lowpass0": synapse.Lowpass{}, "conn_Lowpass0.005": synapse.Lowpass{Tau: 0.005},
		"conn_Alpha0.005": synapse.Alpha{Tau: 0.005}, "conn_Triangle0.005": synapse.Triangle{T: 0.005},
	} {
		to := net.Passthrough(name, 1)
		net.Connect(source, to).Synapse = s
		probes[name] = net.Probe(name, to)
	}
	s := run(t, net, len(want["node"]), file.Dt)
	for name, p := range probes {
		if diff := validation.Near(s.Data(p).Values, want[name], 1e-12); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if len(probes) != len(want)-1 {
		t.Errorf("%d of %d compared", len(probes), len(want)-1)
	}
}

func run(t *testing.T, net *soma.Network, steps int, dt float64) *sim.Simulator {
	t.Helper()
	s, err := sim.New(net, sim.Options{Dt: dt})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RunSteps(context.Background(), int64(steps)); err != nil {
		t.Fatal(err)
	}
	return s
}

// One synapse per value is the same as a connection per value.
func TestSynapsePerValue(t *testing.T) {
	each := synapse.Each{
		synapse.Lowpass{Tau: 0.002},
		synapse.Lowpass{Tau: 0.002},
		synapse.Lowpass{Tau: 0.1},
		synapse.Triangle{T: 0.01},
		synapse.Lowpass{Tau: 0.002},
	}
	weights := [][]float64{{1, 2}, {0, -1}, {3, 0}, {1, 1}, {-1, 2}}
	build := func(apart bool) []float64 {
		net := soma.New("each", 1)
		source := net.Node("source", signal.Vector{N: 2, F: func(t float64, out []float64) { out[0], out[1] = t, 1-t*t }})
		to := net.Passthrough("to", len(each))
		if !apart {
			conn := net.Connect(source, to)
			conn.Transform, conn.Synapse = connect.Dense(weights), each
		}
		for i, s := range each {
			if apart {
				conn := net.Connect(source, to.At(i))
				conn.Transform, conn.Synapse = connect.Dense(weights[i:i+1]), synapse.Each{s}
			}
		}
		p := net.Probe("to", to)
		p.Synapse = synapse.Lowpasses(0.001, 0.002, 0.003, 0.004, 0.005)
		return run(t, net, 50, 1e-3).Data(p).Values
	}
	together, apart := build(false), build(true)
	if !slices.Equal(together, apart) || together[len(together)-1] == 0 {
		t.Errorf("together: %g…\napart: %g…", together[:10], apart[:10])
	}
}
