package record

import (
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/parquet-go/parquet-go"
)

// table reads a Parquet file as it stands, with nothing known about it.
func table(t *testing.T, path string) (names []string, rows [][]float64) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range parsed.Schema().Fields() {
		names = append(names, c.Name())
	}
	for _, group := range parsed.RowGroups() {
		reader := group.Rows()
		batch := make([]parquet.Row, 100)
		for {
			n, err := reader.ReadRows(batch)
			for _, row := range batch[:n] {
				numbers := make([]float64, len(row))
				for _, v := range row {
					if v.Kind() == parquet.Int64 {
						numbers[v.Column()] = float64(v.Int64())
					} else {
						numbers[v.Column()] = v.Double()
					}
				}
				rows = append(rows, numbers)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return names, rows
}

func TestParquet(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	r := example()
	r.Values[1].Name = `../a "b",c`
	if err := Write(dir, r, Parquet); err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		file  string
		names []string
		rows  [][]float64
	}{
		{"voltage.parquet", []string{"t", "voltage"}, [][]float64{{0.001, 0.1}, {0.002, math.NaN()}}},
		{
			"%2E.%2Fa %22b%22%2Cc.parquet",
			[]string{"t", `../a "b",c[0]`, `../a "b",c[1]`, `../a "b",c[2]`},
			[][]float64{{0.002, 1, math.Inf(-1), 5e-324}},
		},
		{"spikes.parquet", []string{"time", "id", "exact"}, [][]float64{{0.001, 2, 0.0005}, {0.003, 0, 0.0025}, {0.003, 1, 0.003}}},
		{"silent.parquet", []string{"time", "id"}, nil},
	} {
		names, rows := table(t, filepath.Join(dir, want.file))
		if !slices.Equal(names, want.names) {
			t.Errorf("%s has the columns %q, want %q", want.file, names, want.names)
		}
		if diff := cmp.Diff(want.rows, rows, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", want.file, diff)
		}
	}
}

// long is a recording of several batches and more than one row group.
func long() *Result {
	const n = 8*parquetRows + 7
	s := Spikes{Name: "s", Neurons: 1000}
	for i := range n {
		s.Times, s.IDs, s.Steps = append(s.Times, float64(i/9)*1e-4), append(s.IDs, int64(i*7919%1000)), append(s.Steps, int64(i/9))
	}
	return &Result{Spikes: []Spikes{s}}
}

func TestLongParquet(t *testing.T) {
	var files [2][]byte
	for i := range files {
		dir := filepath.Join(t.TempDir(), "out")
		want := long().Spikes[0]
		if err := Write(dir, long(), Parquet); err != nil {
			t.Fatal(err)
		}
		_, rows := table(t, filepath.Join(dir, "s.parquet"))
		if len(rows) != len(want.Times) {
			t.Fatalf("%d rows, want %d", len(rows), len(want.Times))
		}
		for k, row := range rows {
			if row[0] != want.Times[k] || row[1] != float64(want.IDs[k]) {
				t.Fatalf("row %d is %v, want %v and %v", k, row, want.Times[k], want.IDs[k])
			}
		}
		var err error
		if files[i], err = os.ReadFile(filepath.Join(dir, "s.parquet")); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(files[0], files[1]) {
		t.Error("two writes of one result differ")
	}
	if most := 8 * len(long().Spikes[0].Times); len(files[0]) > most {
		t.Errorf("%d bytes for spikes that need half of %d in data.npz", len(files[0]), most)
	}
}
