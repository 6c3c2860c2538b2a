package sparse

import (
	"math"
	"runtime"
	"testing"

	"soma/learn"
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

// What a rule that looks at voltages keeps of its targets is expected as it is
// allocated: rings of late voltages, and what synapses have not met yet.
func TestEstimateOfVoltages(t *testing.T) {
	const neurons, longest, dt = 5000, 40, 1e-4
	for _, rule := range []learn.SynapseRule{learn.STDP{}, learn.Clopath{}} {
		started, err := rule.Start(learn.Env{Dt: dt, Unit: 1e-12})
		if err != nil {
			t.Fatal(err)
		}
		b := bundle{high: longest, plastic: Plastic{Rule: started, Voltages: Voltages{Now: make([]float64, neurons)}}}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		p := newPlastic(b.plastic, dt, 0, 0, longest, share{n: neurons}, 0)
		if s := p.sensing; s != nil {
			for i := range s.lasting { // as when synapses are brought up to date
				s.lasting[i] = make([]sensed, s.room/neurons)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		got, want := float64(after.HeapAlloc-before.HeapAlloc), neurons*b.remembered(dt, 0, neurons)
		if math.Abs(got/want-1) > 0.2 { // sizes are rounded up
			t.Errorf("%s: %.0f bytes, %.0f expected", rule.Spec().Name, got, want)
		}
		runtime.KeepAlive(p)
	}
}
