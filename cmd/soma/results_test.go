package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"soma"
	"soma/plot"
	"soma/record"
	"soma/sim"
)

// recorded is what a small network leaves when so many bytes of recordings are
// kept in memory, and the simulator that keeps it.
func recorded(t *testing.T, limit int64) (*sim.Simulator, *record.Result) {
	t.Helper()
	net := soma.New("recorded", 1)
	cells := net.Ensemble("cells", 40, 2)
	net.Probe("spikes", cells.Neurons)
	net.Probe("voltage", cells.Neurons.Part(0, 9), "voltage")
	net.Probe("decoded", cells)
	s, err := sim.New(net, sim.Options{RecordBytes: limit})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RunSteps(context.Background(), 3000); err != nil {
		t.Fatal(err)
	}
	result := recordings(s)
	result.Run = record.Run{Dt: s.Dt(), Time: s.Time()}
	return s, result
}

// written gives the files that a result becomes, with figures.
func written(t *testing.T, result *record.Result) map[string][]byte {
	t.Helper()
	var err error
	result.Files, err = draw(result, []plot.Figure{{Name: "all", Panels: []plot.Panel{
		{Kind: plot.Raster, Probes: []string{"spikes"}},
		{Kind: plot.Lines, Probes: []string{"decoded"}},
		{Kind: plot.Image, Probes: []string{"voltage"}},
	}}}, []string{"svg"})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if err := record.Write(dir, result, record.Formats()...); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range result.Run.Files {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = text
	}
	return files
}

// Where the simulator keeps a recording, in memory or in a file, changes no byte
// of the results, and the slices of Data give the same.
func TestRecordingsAreTheSameWhereverTheyAreKept(t *testing.T) {
	s, result := recorded(t, -1)
	want := written(t, result)
	delete(want, "run.json") // which tells how long writing took
	if len(want) != 8 {
		t.Fatalf("%d files", len(want))
	}
	_, spilled := recorded(t, 1000)
	whole := &record.Result{Run: record.Run{Dt: s.Dt(), Time: s.Time()}}
	for _, p := range s.Network().Probes {
		d := s.Data(p)
		if p.Quantity() == soma.Spikes {
			whole.Spikes = append(whole.Spikes, record.Spikes{Name: p.Path(), Times: d.Times, IDs: d.IDs, Steps: d.Steps, Exact: d.Exact, Neurons: d.Width})
			continue
		}
		whole.Values = append(whole.Values, record.Values{Name: p.Path(), T: d.Times, Rows: d.Values, Width: d.Width})
	}
	for how, other := range map[string]*record.Result{"in a file": spilled, "as slices": whole} {
		got := written(t, other)
		for name, text := range want {
			if !bytes.Equal(text, got[name]) {
				t.Errorf("%s: %s differs", how, name)
			}
		}
		if diff := cmp.Diff(result.Run.Spikes, other.Run.Spikes); diff != "" {
			t.Errorf("%s: in memory (-), %s (+):\n%s", how, how, diff)
		}
	}
}
