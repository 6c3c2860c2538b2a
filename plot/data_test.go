package plot

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestRates(t *testing.T) {
	for _, test := range []struct {
		name   string
		spikes Spikes
		want   []float64
	}{
		{"no neurons", Spikes{}, []float64{}},
		{"no spike, one spike, two", Spikes{Times: []float64{0.1, 0.2, 0.3}, IDs: []int64{1, 2, 2}, Neurons: 3}, []float64{0, 0, 10}},
		{"interleaved", Spikes{Times: []float64{0.125, 0.125, 0.25, 0.375, 0.625}, IDs: []int64{0, 1, 0, 0, 1}, Neurons: 2}, []float64{8, 2}},
		{"exact times first", Spikes{Times: []float64{0.1, 0.3}, Exact: []float64{0.0625, 0.3125}, IDs: []int64{0, 0}, Neurons: 1}, []float64{4}},
		{"two at once", Spikes{Times: []float64{0.1, 0.1}, IDs: []int64{0, 0}, Neurons: 1}, []float64{0}},
		{"ids outside", Spikes{Times: []float64{0.1, 0.2}, IDs: []int64{-1, 7}, Neurons: 1}, []float64{0}},
	} {
		if diff := cmp.Diff(test.want, Rates(test.spikes), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// The axis holds the highest curve, whichever probe it belongs to.
func TestRateAxisHoldsAllCurves(t *testing.T) {
	for _, probes := range [][]string{{"layer 2/3 excitatory", longBand}, {longBand, "layer 2/3 excitatory"}} {
		for _, sigma := range []float64{0, 0.02} {
			l, _ := charted(t, Figure{Panels: []Panel{{Kind: Rate, Probes: probes, Sigma: sigma}}}, results())
			for _, c := range l.panels[0].layers {
				for _, y := range c.(curve).points {
					if y > l.panels[0].y.max {
						t.Errorf("%v, sigma %v: a rate of %v Hz on an axis up to %v", probes, sigma, y, l.panels[0].y.max)
					}
				}
			}
		}
	}
}

func TestCells(t *testing.T) {
	whole := extent{0, 4}
	for _, test := range []struct {
		i, size  int
		shown    extent
		n        int
		from, to int
	}{
		{0, 8, whole, 4, 0, 1}, // two pixels for a cell
		{1, 8, whole, 4, 0, 1},
		{7, 8, whole, 4, 3, 4},
		{1, 2, whole, 8, 4, 8},         // four cells for a pixel
		{0, 2, extent{1, 3}, 4, 1, 2},  // a part of the matrix
		{0, 4, extent{-4, 4}, 4, 0, 0}, // left of it
		{3, 4, extent{0, 8}, 4, 0, 0},  // right of it
		{2, 4, extent{-4, 4}, 2, 0, 1}, // its first cell
	} {
		if from, to := cells(test.i, test.size, test.shown, whole, test.n); from != test.from || to != test.to {
			t.Errorf("pixel %d of %d showing %v: cells %d to %d, want %d to %d", test.i, test.size, test.shown, from, to, test.from, test.to)
		}
	}
}

// A figure survives being stored: gaps too, which JSON has no number for.
func TestFigureAsJSON(t *testing.T) {
	for _, f := range append(gallery(), Figure{Name: "gaps", Panels: []Panel{{Kind: XY, Series: []Series{
		{X: Numbers{1, 2, 3}, Y: Numbers{1, math.NaN(), 3}}, {X: Numbers{}},
	}}}}) {
		stored, err := json.Marshal(f)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		var back Figure
		if err := json.Unmarshal(stored, &back); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if diff := cmp.Diff(f, back, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
	}
	if err := json.Unmarshal([]byte(`{"panels": [{"kind": "xy", "series": [{"x": "no"}]}]}`), new(Figure)); err == nil {
		t.Error("a word was read as an array of numbers")
	}
}
