package stats

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A spike at the end of a bin belongs to it: times are ends of steps.
func TestPopulationRate(t *testing.T) {
	for _, test := range []struct {
		name    string
		times   []float64
		neurons int
		time    float64
		bin     float64
		edges   []float64
		rates   []float64
	}{
		{"edges", []float64{0.1, 0.2, 0.3, 0.30000000000000004}, 1, 0.3, 0.1, []float64{0, 0.1, 0.2, 0.3}, []float64{10, 10, 20}},
		{"two neurons", []float64{0.05, 0.06}, 2, 0.2, 0.1, []float64{0, 0.1, 0.2}, []float64{10, 0}},
		{"a short last bin", []float64{0.24}, 1, 0.25, 0.1, []float64{0, 0.1, 0.2, 0.25}, []float64{0, 0, 20}},
		{"a spike at the start", []float64{0}, 1, 0.1, 0.1, []float64{0, 0.1}, []float64{10}},
		{"a bin beyond the end", []float64{0.1}, 1, 0.2, 1, []float64{0, 0.2}, []float64{5}},
	} {
		s := Spikes{Times: test.times, IDs: make([]int64, len(test.times)), Neurons: test.neurons, Duration: test.time}
		edges, rates, err := s.PopulationRate(test.bin)
		if err != nil {
			t.Fatal(err)
		}
		approx := cmpopts.EquateApprox(1e-9, 1e-12)
		if diff := cmp.Diff(test.edges, edges, approx); diff != "" {
			t.Errorf("%s: edges (-want +got):\n%s", test.name, diff)
		}
		if diff := cmp.Diff(test.rates, rates, approx); diff != "" {
			t.Errorf("%s: rates (-want +got):\n%s", test.name, diff)
		}
	}
}

// Multiples of a step fall into the bins that they end, however they are rounded.
func TestStepsAndBins(t *testing.T) {
	for _, dt := range []float64{1e-4, 1e-3, 0.7e-3} {
		s := Spikes{Neurons: 1, Duration: 50_000 * dt}
		for step := range 50_000 {
			s.Times, s.IDs = append(s.Times, float64(step+1)*dt), append(s.IDs, 0)
		}
		for i, n := range must(s.Activity(5 * dt)) {
			if n != 5 {
				t.Fatalf("dt %v: %d spikes in bin %d, want 5", dt, n, i)
			}
		}
	}
}

// Smoothing keeps a constant rate constant up to both ends, and turns one full
// bin into the Gaussian's height.
func TestSmooth(t *testing.T) {
	const n, bin, sigma = 201, 1e-3, 10e-3
	edges, flat, pulse := EvenEdges(0, n*bin, n), make([]float64, n), make([]float64, n)
	for i := range flat {
		flat[i] = 30
	}
	pulse[n/2] = 1 / bin
	_, smooth := Smooth(edges, flat, sigma)
	for i, r := range smooth {
		if math.Abs(r-30) > 1e-9 {
			t.Fatalf("a constant rate of 30 Hz became %v in bin %d", r, i)
		}
	}
	centres, smooth := Smooth(edges, pulse, sigma)
	near(t, "peak", smooth[n/2]*sigma*math.Sqrt(2*math.Pi), 1, 1e-3)
	near(t, "middle of the middle bin", centres[n/2], 0.1005, 1e-12)
}

func TestHistogram(t *testing.T) {
	edges := EvenEdges(0, 3, 3)
	if got, want := Histogram([]float64{-1, 0, 0.5, 1, 2.5, 3, 3.5, math.NaN()}, edges), []float64{2, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := Histogram([]float64{1}, nil); len(got) != 0 {
		t.Errorf("a histogram without edges: %v", got)
	}
}

func TestEdges(t *testing.T) {
	normal, r := make([]float64, 1000), source(1)
	for i := range normal {
		normal[i] = r.NormFloat64()
	}
	for _, test := range []struct {
		name    string
		samples []float64
		bins    int
	}{
		{"none", nil, 10},
		{"few", []float64{1, 2, 3}, 10},
		{"equal", make([]float64, 100), 60},
		{"normal: 8/(2·1.35/10)", normal, 32},
	} {
		edges := Edges(-4, 4, test.samples)
		if got := len(edges) - 1; math.Abs(float64(got-test.bins)) > 2 {
			t.Errorf("%s: %d bins, want about %d", test.name, got, test.bins)
		}
		if edges[0] != -4 || edges[len(edges)-1] != 4 {
			t.Errorf("%s: edges from %v to %v", test.name, edges[0], edges[len(edges)-1])
		}
	}
}

func TestSamples(t *testing.T) {
	x := []float64{1, math.NaN(), 3, math.Inf(1), 5}
	near(t, "mean", Mean(x), 3, 0)
	near(t, "deviation", Deviation(x), 2, 1e-12)
	if !math.IsNaN(Mean(nil)) || !math.IsNaN(Deviation([]float64{1})) {
		t.Error("want NaN where there is nothing to compute from")
	}
}
