package sim_test

import (
	"slices"
	"testing"

	"soma"
	"soma/connect"
	"soma/neuron"
	"soma/sim"
)

// What was drawn can be asked for, and is what the engine stores.
func TestSynapsesCanBeAskedFor(t *testing.T) {
	net := soma.New("asked", 1)
	a := net.Population("a", 50, neuron.IafPscExp{})
	b := net.Population("b", 20, neuron.IafPscExp{})
	conn := net.Connect(a.Part(10, 40), b)
	conn.Rule = connect.FixedIndegree{K: 7}
	conn.Weight = connect.Normal{Mean: 50e-12, Std: 5e-12}
	conn.Delay = connect.Uniform{Low: 1e-3, High: 3e-3}
	dense := net.Connect(a, a)
	dense.Rule, dense.Weight = connect.AllToAll{NoAutapses: true}, connect.Constant(1e-12)
	s, err := sim.New(net, sim.Options{Dt: 1e-4})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Indegrees(conn); len(got) != 20 || slices.Min(got) != 7 || slices.Max(got) != 7 {
		t.Errorf("indegrees %v, want 7 for each of 20", got)
	}
	if got := s.Outdegrees(dense); len(got) != 50 || slices.Min(got) != 49 || slices.Max(got) != 49 {
		t.Errorf("outdegrees %v, want 49 for each of 50", got)
	}
	total, sum := 0, 0.0
	for synapse := range s.SynapsesOf(conn) {
		if synapse.Source < 0 || synapse.Source >= 30 || synapse.Delay < 1e-3-1e-12 || synapse.Delay > 3e-3+1e-12 {
			t.Fatalf("synapse %+v", synapse)
		}
		total, sum = total+1, sum+synapse.Weight
	}
	matrix := 0.0
	for _, row := range s.WeightMatrix(conn) {
		for _, w := range row {
			matrix += w
		}
	}
	if total != 140 || matrix < sum*(1-1e-12) || matrix > sum*(1+1e-12) {
		t.Errorf("%d synapses, sum of weights %g, of the matrix %g", total, sum, matrix)
	}
	if stored, _ := s.Synapses(); stored != uint64(140+50*49) {
		t.Errorf("%d synapses stored, want %d", stored, 140+50*49)
	}
}
