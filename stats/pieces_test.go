package stats

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// inPieces gives the same spikes n at a time.
func inPieces(s Spikes, n int) Spikes {
	all := s
	s.Times, s.IDs = nil, nil
	s.Pieces = func(yield func([]float64, []int64) bool) {
		for from := 0; from < len(all.Times); from += n {
			to := min(from+n, len(all.Times))
			if !yield(slices.Clone(all.Times[from:to]), slices.Clone(all.IDs[from:to])) {
				return
			}
		}
	}
	return s
}

// statistics are all those of some spikes.
func statistics(t *testing.T, s Spikes) map[string]any {
	t.Helper()
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	edges, rates, err := s.PopulationRate(0.01)
	if err != nil {
		t.Fatal(err)
	}
	_, power, err := s.Spectrum(SpectrumBin, 0)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{
		"rates": s.Rates(), "mean": s.MeanRate(), "interval rates": s.IntervalRates(),
		"intervals": s.Intervals(), "cv": s.CVs(), "lv": s.LVs(),
		"fano": must(s.FanoFactors(FanoWindow)), "synchrony": must(s.Synchrony(SynchronyBin)),
		"coherence":    must(s.Coherence(SynchronyBin)),
		"correlations": must(s.Correlations(CorrelationBin, 30, 1)),
		"edges":        edges, "population": rates, "power": power,
	}
}

// Spikes in pieces have the same statistics, to the last bit.
func TestPieces(t *testing.T) {
	s := poisson(source(7), 40, 50, 2)
	want := statistics(t, s)
	for _, n := range []int{1, 7, 1000, 1 << 20} {
		if diff := cmp.Diff(want, statistics(t, inPieces(s, n)), cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("in memory (-), in pieces of %d (+):\n%s", n, diff)
		}
	}
	s.Times[100] = -1
	if s.Check() == nil || s.Check().Error() != inPieces(s, 7).Check().Error() {
		t.Errorf("a bad time: %v in memory, %v in pieces", s.Check(), inPieces(s, 7).Check())
	}
}

// pearson is the correlation coefficient, by its definition.
func pearson(x, y []float64) float64 {
	mx, my, xx, yy, xy := Mean(x), Mean(y), 0.0, 0.0, 0.0
	for i := range x {
		dx, dy := x[i]-mx, y[i]-my
		xx, yy, xy = xx+dx*dx, yy+dy*dy, xy+dx*dy
	}
	return xy / math.Sqrt(xx*yy)
}

// Correlations of more spikes than are kept at once, in order of time or of the
// neurons, are those that one bin after another gives.
func TestCorrelationsOfMany(t *testing.T) {
	const neurons, seconds = 30, 60
	s := poisson(source(8), neurons, 60, seconds)
	if len(s.Times) <= openSpikes {
		t.Fatalf("only %d spikes", len(s.Times))
	}
	got := must(s.Correlations(CorrelationBin, neurons, 1))
	counts := make([][]float64, neurons)
	for id := range counts {
		one := Spikes{Neurons: 1, Duration: seconds}
		for i, t := range s.Times {
			if int(s.IDs[i]) == id {
				one.Times, one.IDs = append(one.Times, t), append(one.IDs, 0)
			}
		}
		for _, n := range must(one.Activity(CorrelationBin)) {
			counts[id] = append(counts[id], float64(n))
		}
	}
	k := 0
	for a := range counts {
		for b := a + 1; b < neurons; b++ {
			near(t, "correlation", got[k], pearson(counts[a], counts[b]), 1e-9)
			k++
		}
	}
	order := make([]int, len(s.Times))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(s.IDs[a] - s.IDs[b]) })
	byNeuron := Spikes{Neurons: neurons, Duration: seconds}
	for _, i := range order {
		byNeuron.Times, byNeuron.IDs = append(byNeuron.Times, s.Times[i]), append(byNeuron.IDs, s.IDs[i])
	}
	if diff := cmp.Diff(got, must(byNeuron.Correlations(CorrelationBin, neurons, 1))); diff != "" {
		t.Errorf("by time (-), by neuron (+):\n%s", diff)
	}
}
