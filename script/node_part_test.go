package script_test

import (
	"testing"

	"soma/script"
	"soma/sim"
)

// Parts of a node that takes more values than it gives can be connected to.
func TestPartsOfWhatANodeTakes(t *testing.T) {
	m := mustLoad(t, `
model = Network("parts")
two = model.node([3, 5])
difference = model.node(lambda t, x: x[0] - x[1]*x[2], size_in = 3)
model.connect(two[1], difference[0], synapse = None)
model.connect(two, difference[1:], synapse = None)
twice = model.node(size_in = 1)
model.connect(difference, twice, function = lambda x: 2*x, synapse = None)
model.probe(twice)
simulate(1*ms)
`, script.Options{})
	s, err := sim.New(m.Network, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context(), m.Time); err != nil {
		t.Fatal(err)
	}
	if got := s.Data(m.Network.Probes[0]).Values; len(got) != 1 || got[0] != 2*(5-3*5) {
		t.Errorf("%v, want -20", got)
	}
}
