package script_test

import (
	"context"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"soma"
	"soma/connect"
	"soma/script"
	"soma/sim"
)

// TestSpatial compares connections by distance with what they say.
func TestSpatial(t *testing.T) {
	m := mustLoad(t, `
model = Network("space")
plane = connect.grid([1, 2], shape = [2, 3], periodic = True)
a = model.population(6, neuron.iaf_psc_exp(), positions = plane)
b = model.population(5, neuron.iaf_psc_exp(), positions = connect.scatter(extent = [1, 2], periodic = True))
c = model.population(2, neuron.iaf_psc_exp(), positions = connect.points([[1, 2], [3, 4]], extent = [9, 9]))
d = model.population(2, neuron.iaf_psc_exp(), positions = [[1], [2]])
model.connect(a, b, rule = connect.spatial(connect.gaussian(0.5, 0.2), autapses = False), weight = 1, delay = connect.linear(1*ms, 2*ms))
model.connect(a, a, rule = connect.spatial_indegree(3, connect.box(1, radius = 5), cutoff = 2, multapses = False), weight = connect.exponential(1, 0.3))
model.connect(a, b, rule = connect.spatial(lambda d: 0.5 if d < 0.4 else 0), weight = 1, delay = lambda d: 1*ms + d/2)
simulate(1)
`, script.Options{})
	var positions []connect.Positions
	for _, p := range m.Network.Populations {
		positions = append(positions, p.Positions)
	}
	if diff := cmp.Diff([]connect.Positions{
		connect.Grid{Extent: []float64{1, 2}, Shape: []int{2, 3}, Periodic: true},
		connect.Scatter{Extent: []float64{1, 2}, Periodic: true},
		connect.Points{Coordinates: [][]float64{{1, 2}, {3, 4}}, Extent: []float64{9, 9}},
		connect.Points{Coordinates: [][]float64{{1}, {2}}},
	}, positions); diff != "" {
		t.Errorf("positions (-want +got):\n%s", diff)
	}
	want := []soma.Connection{
		{
			Rule: connect.Spatial{Kernel: connect.Gaussian{Peak: 0.5, Sigma: 0.2}, NoAutapses: true}, Weight: connect.Constant(1),
			Delay: connect.ByDistance{Profile: connect.Linear{Base: 1e-3, Slope: 2e-3}},
		},
		{
			Rule:   connect.SpatialIndegree{K: 3, Kernel: connect.Box{Peak: 1, Radius: 5}, Cutoff: 2, NoMultapses: true},
			Weight: connect.ByDistance{Profile: connect.Exponential{Peak: 1, Tau: 0.3}}, Delay: connect.Constant(1e-3),
		},
	}
	for i := range want {
		conn := m.Network.Connections[i]
		got := soma.Connection{Rule: conn.Rule, Weight: conn.Weight, Delay: conn.Delay}
		if diff := cmp.Diff(want[i], got, cmpopts.IgnoreUnexported(soma.Connection{})); diff != "" {
			t.Errorf("connection %d (-want +got):\n%s", i, diff)
		}
	}
	functions := m.Network.Connections[2]
	kernel := functions.Rule.(connect.Spatial).Kernel.(connect.Function)
	delay := functions.Delay.(connect.ByDistance).Profile.(connect.Function)
	if kernel(0.3) != 0.5 || kernel(0.4) != 0 || math.Abs(delay(0.2)-0.101) > 1e-15 {
		t.Errorf("kernel %g and %g, delay %g", kernel(0.3), kernel(0.4), delay(0.2))
	}
}

// Functions of a model file serve a whole network.
func TestSpatialRuns(t *testing.T) {
	m := mustLoad(t, `
model = Network("ring")
center = model.population(1, neuron.spike_generator(spike_times = [0.1*ms]), positions = connect.points([[0]], extent = [1], periodic = True))
cells = model.population(100, neuron.iaf_psc_delta(t_ref = 0*ms), positions = connect.grid([1], periodic = True))
model.connect(center, cells, rule = connect.spatial(lambda d: 1 if d < 0.25 else 0), weight = 100*mV, delay = lambda d: 1*ms + 10*ms*d)
model.probe(cells, name = "spikes")
simulate(10*ms, dt = 0.1*ms)
`, script.Options{})
	s, err := sim.New(m.Network, sim.Options{Dt: m.Dt})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), m.Time); err != nil {
		t.Fatal(err)
	}
	data := s.Data(m.Network.Probes[0])
	if len(data.IDs) != 50 {
		t.Errorf("%d neurons fire, want 50", len(data.IDs))
	}
	for k, id := range data.IDs {
		d := math.Abs((float64(id) + 0.5 - 50) / 100)
		if want := 1 + 10 + 100*d; math.Abs(float64(data.Steps[k])-want) > 0.5+1e-9 {
			t.Errorf("neuron %d fires in step %d, want %g", id, data.Steps[k], want)
		}
	}
}
