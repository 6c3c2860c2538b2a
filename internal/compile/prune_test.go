package compile

import (
	"testing"

	"soma"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/synapse"
)

// What nobody reads is not computed, however long the way; what somebody reads
// is.
func TestWhatNobodyReadsIsNotComputed(t *testing.T) {
	build := func(probed bool) (kinds map[string]int) {
		net := soma.New("pruned", 1)
		e := net.Ensemble("e", 20, 1)
		a, b := net.Passthrough("a", 1), net.Passthrough("b", 1)
		net.Connect(e, a)
		net.Connect(a, b).Synapse = synapse.Alpha{Tau: 0.01}
		if probed {
			net.Probe("p", b)
		}
		built, err := Network(net, Options{Dt: 0.001, Level: kernel.Best()})
		if err != nil {
			t.Fatal(err)
		}
		kinds = map[string]int{}
		for _, op := range built.Program.Operators {
			switch op.(type) {
			case *program.Product:
				kinds["product"]++
			case *program.Filter:
				kinds["filter"]++
			case *program.Neurons:
				kinds["neurons"]++
			}
		}
		return kinds
	}
	// The encoder's product is of a vector that never changes, and folded.
	for probed, want := range map[bool]map[string]int{
		false: {"neurons": 1},
		true:  {"neurons": 1, "product": 3, "filter": 2},
	} {
		got := build(probed)
		for _, kind := range []string{"neurons", "product", "filter"} {
			if got[kind] != want[kind] {
				t.Errorf("probed %v: %d of %s, want %d", probed, got[kind], kind, want[kind])
			}
		}
	}
}
