package record

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"codeberg.org/sbinet/npyio/npz"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// example is a small result with every kind of content.
func example() *Result {
	return &Result{
		Run: Run{
			Version: "1.2.3", Model: "cell.star", ModelSHA256: "ab12",
			Parameters: map[string]any{"g": 4.5, "fast": true},
			Seed:       18446744073709551615, Dt: 0.001, Time: 0.004, Steps: 4, Threads: 2, Kernel: "portable",
			BuildS: 0.5, RunS: 2, RealTimeFactor: 500, PeakMemory: 1 << 20, Neurons: 3, Synapses: 1e10,
			Figures: []json.RawMessage{json.RawMessage(`{"name":"activity","panels":[]}`)},
		},
		Values: []Values{
			{Name: "voltage", T: []float64{0.001, 0.002}, Rows: []float64{0.1, math.NaN()}, Width: 1, Unit: "V", Label: "membrane voltage"},
			{Name: "a.position", T: []float64{0.002}, Rows: []float64{1, math.Inf(-1), 5e-324}, Width: 3},
		},
		Spikes: []Spikes{
			{Name: "spikes", Times: []float64{0.001, 0.003, 0.003}, IDs: []int64{2, 0, 1}, Steps: []int64{1, 3, 3}, Exact: []float64{0.0005, 0.0025, 0.003}, Neurons: 3},
			{Name: "silent", Neurons: 5},
		},
		Arrays: []Array{{Name: "weights", Data: []float64{1, 2, 3, 4, 5, 6}, Shape: []int{2, 3}}},
		Files:  []File{{Name: "figures/activity.svg", Contents: []byte("<svg/>")}},
	}
}

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "cell.out")
	want := example()
	if err := Write(dir, want, NPZ, CSV, Parquet); err != nil {
		t.Fatal(err)
	}
	got, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	want.Files = nil
	for i := range want.Spikes {
		want.Spikes[i].Steps = nil
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateNaNs(), cmpopts.IgnoreFields(Run{}, "Figures", "Files")); diff != "" {
		t.Errorf("written (-), read (+):\n%s", diff)
	}
	wantFiles := []string{
		"data.npz", "voltage.csv", "a.position.csv", "spikes.csv", "silent.csv",
		"voltage.parquet", "a.position.parquet", "spikes.parquet", "silent.parquet", "figures/activity.svg", "run.json",
	}
	if diff := cmp.Diff(wantFiles, got.Run.Files); diff != "" {
		t.Errorf("files: want (-), got (+):\n%s", diff)
	}
	for _, name := range wantFiles {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

// An independent reader of the format agrees with what was meant.
func TestArraysAreNumPys(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if err := Write(dir, example(), NPZ); err != nil {
		t.Fatal(err)
	}
	archive, err := npz.Open(filepath.Join(dir, "data.npz"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	order := []string{
		"voltage.npy", "voltage.t.npy", "a.position.npy", "a.position.t.npy",
		"spikes.times.npy", "spikes.ids.npy", "spikes.exact.npy", "silent.times.npy", "silent.ids.npy", "weights.npy",
	}
	if diff := cmp.Diff(order, archive.Keys()); diff != "" {
		t.Errorf("arrays: want (-), got (+):\n%s", diff)
	}
	for name, want := range map[string]struct {
		shape []int
		data  any
	}{
		"voltage.npy":      {[]int{2, 1}, []float64{0.1, math.NaN()}},
		"a.position.npy":   {[]int{1, 3}, []float64{1, math.Inf(-1), 5e-324}},
		"a.position.t.npy": {[]int{1}, []float64{0.002}},
		"spikes.ids.npy":   {[]int{3}, []int64{2, 0, 1}},
		"spikes.exact.npy": {[]int{3}, []float64{0.0005, 0.0025, 0.003}},
		"silent.ids.npy":   {[]int{0}, []int64{}},
		"silent.times.npy": {[]int{0}, []float64{}},
		"weights.npy":      {[]int{2, 3}, []float64{1, 2, 3, 4, 5, 6}},
	} {
		if got := archive.Header(name).Descr.Shape; !cmp.Equal(got, want.shape) {
			t.Errorf("%s has the shape %v, want %v", name, got, want.shape)
		}
		var got any
		if _, floats := want.data.([]float64); floats {
			var data []float64
			err, got = archive.Read(name, &data), data
		} else {
			var data []int64
			err, got = archive.Read(name, &data), data
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want.data, got, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", name, diff)
		}
	}
}

// NumPy maps arrays into memory when they begin at a multiple of 64 bytes.
func TestArrayDataIsAligned(t *testing.T) {
	for _, shape := range [][]int{{0}, {7}, {123456789, 3}, {1, 2, 3, 4, 5, 6, 7, 8}} {
		if n := len(npyHeader("<f8", shape)); n%64 != 0 {
			t.Errorf("the header of shape %v has %d bytes", shape, n)
		}
	}
}

func TestSameResultSameBytes(t *testing.T) {
	read := func() string {
		dir := filepath.Join(t.TempDir(), "out")
		if err := Write(dir, example(), NPZ); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, "data.npz"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if first, second := read(), read(); first != second {
		t.Error("two writes of one result differ")
	}
}

func TestCSV(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	r := example()
	r.Values[1].Name = `../a "b",c`
	if err := Write(dir, r, CSV); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"voltage.csv":                            "t,voltage\n0.001,0.1\n0.002,NaN\n",
		"%2E.%2Fa %22b%22%2Cc.csv":               "t,\"../a \"\"b\"\",c[0]\",\"../a \"\"b\"\",c[1]\",\"../a \"\"b\"\",c[2]\"\n0.002,1,-Inf,5e-324\n",
		"spikes.csv":                             "time,id,exact\n0.001,2,0.0005\n0.003,0,0.0025\n0.003,1,0.003\n",
		"silent.csv":                             "time,id\n",
		filepath.Join("figures", "activity.svg"): "<svg/>",
	} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
		} else if string(got) != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
}

// Run fields are a contract: they are named in the documentation.
func TestRunJSON(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if err := Write(dir, example(), NPZ); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"model", "model_sha256", "parameters", "seed", "dt", "time", "steps", "threads", "kernel", "version", "partial",
		"build_s", "run_s", "write_s", "real_time_factor", "neurons", "synapses", "peak_memory_bytes", "spikes", "figures",
	} {
		if _, ok := got[name]; !ok {
			t.Errorf("run.json has no %q", name)
		}
	}
	spikes := got["spikes"].(map[string]any)["spikes"].(map[string]any)
	want := map[string]any{"count": 3.0, "neurons": 3.0, "rate_hz": 250.0, "sha256": SpikesSHA256([]int64{1, 3, 3}, []int64{2, 0, 1})}
	if diff := cmp.Diff(want, spikes); diff != "" {
		t.Errorf("spikes: want (-), got (+):\n%s", diff)
	}
	if got["write_s"].(float64) <= 0 {
		t.Error("writing took no time")
	}
}

// The digests were made with coreutils:
//
//	printf '\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0' | sha256sum
func TestSpikesSHA256(t *testing.T) {
	for _, c := range []struct {
		steps, ids []int64
		want       string
	}{
		{nil, nil, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{[]int64{1}, []int64{2}, "0c730b69905c5ef7a4ca5269f72365400bde2dd2c04eaf9bbb3d1c4a265a0131"},
		{[]int64{1, 300}, []int64{2, 0}, "41a672be23344a871f8e20ccaccff86a0bfef53582311021073d8679cc965989"},
	} {
		if got := SpikesSHA256(c.steps, c.ids); got != c.want {
			t.Errorf("steps %v, ids %v: %s, want %s", c.steps, c.ids, got, c.want)
		}
	}
	long := make([]int64, 100_000)
	for i := range long {
		long[i] = int64(i)
	}
	if SpikesSHA256(long, long) == SpikesSHA256(long[:len(long)-1], long[:len(long)-1]) {
		t.Error("the last of many spikes does not count")
	}
}

func TestAmbiguousResultsAreRefused(t *testing.T) {
	for name, change := range map[string]func(*Result){
		"same name":   func(r *Result) { r.Spikes[0].Name = "voltage"; r.Values[1].Name = "voltage" },
		"both kinds":  func(r *Result) { r.Spikes[0].Name = "voltage" },
		"same array":  func(r *Result) { r.Values[1].Name = "spikes.ids" },
		"width":       func(r *Result) { r.Values[0].Width = 3 },
		"ids":         func(r *Result) { r.Spikes[0].IDs = r.Spikes[0].IDs[1:] },
		"shape":       func(r *Result) { r.Arrays[0].Shape = []int{2, 2} },
		"leading out": func(r *Result) { r.Files[0].Name = "../activity.svg" },
	} {
		dir := filepath.Join(t.TempDir(), "out")
		r := example()
		change(r)
		if err := Write(dir, r, NPZ); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: a directory was made", name)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	err := Write(filepath.Join(t.TempDir(), "out"), example(), "xls")
	if want := `unknown format "xls"; use npz, csv, parquet`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
