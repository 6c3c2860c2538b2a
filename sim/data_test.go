package sim_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"soma"
	"soma/sim"
)

// recorded runs a small network with a spike and a value probe and a limit on
// what is kept in memory.
func recorded(t *testing.T, limit int64, steps int64) (s *sim.Simulator, spikes, voltage *soma.Probe) {
	t.Helper()
	net := soma.New("recorded", 1)
	cells := net.Ensemble("cells", 50, 1)
	spikes = net.Probe("spikes", cells.Neurons)
	voltage = net.Probe("voltage", cells.Neurons.Part(0, 20), "voltage")
	voltage.SampleEvery = 0.002
	s, err := sim.New(net, sim.Options{RecordBytes: limit})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RunSteps(context.Background(), steps); err != nil {
		t.Fatal(err)
	}
	return s, spikes, voltage
}

// Where a recording is kept changes nothing of it.
func TestRecordBytes(t *testing.T) {
	const steps = 5000
	all, spikes, voltage := recorded(t, -1, steps)
	bounded, spikes2, voltage2 := recorded(t, 10_000, steps)
	want, got := all.Data(spikes), bounded.Data(spikes2)
	if len(want.Times) < 10_000 {
		t.Fatalf("only %d spikes", len(want.Times))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spikes in memory (-), in a file (+):\n%s", diff)
	}
	want, got = all.Data(voltage), bounded.Data(voltage2)
	if want.Samples() != steps/2 || len(want.Times) != steps/2 {
		t.Fatalf("%d samples at %d times, want %d", want.Samples(), len(want.Times), steps/2)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("voltage in memory (-), in a file (+):\n%s", diff)
	}
}

// The pieces of a recording are many, small and in order.
func TestPieces(t *testing.T) {
	s, spikes, voltage := recorded(t, 10_000, 2000)
	for _, probe := range []*soma.Probe{spikes, voltage} {
		pieces, last := 0, 0.0
		for piece, err := range s.Pieces(probe) {
			if err != nil {
				t.Fatal(err)
			}
			pieces++
			for _, at := range piece.Times {
				if at < last {
					t.Fatalf("%s: %v s after %v s", probe.Name, at, last)
				}
				last = at
			}
			if bytes := 8 * (len(piece.Values) + len(piece.IDs)); bytes > 20_000 {
				t.Errorf("%s: a piece of %d bytes", probe.Name, bytes)
			}
		}
		if pieces < 10 {
			t.Errorf("%s came in %d pieces", probe.Name, pieces)
		}
		for range s.Pieces(probe) {
			break // whoever has seen enough may stop
		}
	}
}
