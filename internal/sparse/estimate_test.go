package sparse

import (
	"math"
	"testing"
)

// The microcircuit's memory is known before it is built; its synapses were
// 2.99e8 in the paper.
func TestEstimate(t *testing.T) {
	spec := microcircuit(1)
	spec.Partitions = 2
	e, err := spec.Estimate()
	if err != nil {
		t.Fatal(err)
	}
	if e.Neurons != 77169 || math.Abs(e.Synapses-2.99e8) > 0.01e8 || math.Abs(e.Bytes-1.83e9) > 0.02e9 {
		t.Errorf("%d neurons, %g synapses, %g bytes", e.Neurons, e.Synapses, e.Bytes)
	}
	small := mixed()
	small.Partitions = 3
	n, err := New(small)
	if err != nil {
		t.Fatal(err)
	}
	if e, err = small.Estimate(); err != nil {
		t.Fatal(err)
	}
	synapses, bytes := n.Synapses()
	if math.Abs(e.Synapses/float64(synapses)-1) > 0.03 || math.Abs(e.Bytes/float64(bytes)-1) > 0.3 {
		t.Errorf("%g synapses, %g bytes expected; there are %d and %d", e.Synapses, e.Bytes, synapses, bytes)
	}
}
