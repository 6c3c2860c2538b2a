package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lengthy is a result of more samples and spikes than example's.
func lengthy() *Result {
	r := &Result{Run: Run{Dt: 1e-3, Time: 0.5, Steps: 500}}
	v, s := Values{Name: "v", Width: 3}, Spikes{Name: "s", Neurons: 7, Exact: []float64{}}
	for step := int64(1); step <= 500; step++ {
		t := float64(step) * 1e-3
		v.T, v.Rows = append(v.T, t), append(v.Rows, t, 1/t, -t)
		for id := range int64(7) {
			if step*(id+3)%11 < 2 {
				s.Times, s.IDs, s.Steps = append(s.Times, t), append(s.IDs, id), append(s.Steps, step)
				s.Exact = append(s.Exact, t-1e-4*float64(id))
			}
		}
	}
	r.Values, r.Spikes = []Values{v}, []Spikes{s, {Name: "steps", Times: s.Times, IDs: s.IDs, Steps: s.Steps, Neurons: 7}, {Name: "silent", Neurons: 1}}
	return r
}

// inPieces gives the same result with its recordings n samples or spikes at a time.
func inPieces(r *Result, n int) *Result {
	out := *r
	out.Values, out.Spikes = nil, nil
	for _, v := range r.Values {
		piece := Values{Name: v.Name, Width: v.Width, Unit: v.Unit, Label: v.Label, Samples: len(v.T)}
		piece.Pieces = func(yield func(Values, error) bool) {
			for from := 0; from < len(v.T); from += n {
				to := min(from+n, len(v.T))
				if !yield(Values{T: v.T[from:to], Rows: v.Rows[from*v.Width : to*v.Width]}, nil) {
					return
				}
			}
		}
		out.Values = append(out.Values, piece)
	}
	for _, s := range r.Spikes {
		piece := Spikes{Name: s.Name, Neurons: s.Neurons, Count: len(s.Times)}
		if s.Exact != nil {
			piece.Exact = []float64{}
		}
		piece.Pieces = func(yield func(Spikes, error) bool) {
			for from := 0; from < len(s.Times); from += n {
				to := min(from+n, len(s.Times))
				part := Spikes{Times: s.Times[from:to], IDs: s.IDs[from:to], Steps: s.Steps[from:to]}
				if s.Exact != nil {
					part.Exact = s.Exact[from:to]
				}
				if !yield(part, nil) {
					return
				}
			}
		}
		out.Spikes = append(out.Spikes, piece)
	}
	return &out
}

// contents are the files of a result; of run.json without the time of writing.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		for line := range strings.Lines(string(text)) {
			if !strings.Contains(line, `"write_s"`) {
				files[name] += line
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Whether a recording is in memory or comes in pieces changes no byte of a file.
func TestPiecesGiveTheSameFiles(t *testing.T) {
	for name, r := range map[string]*Result{"short": example(), "long": lengthy()} {
		dir := filepath.Join(t.TempDir(), "out")
		if err := Write(dir, r, Formats()...); err != nil {
			t.Fatal(err)
		}
		want := contents(t, dir)
		for _, n := range []int{1, 10, 1 << 20} {
			if err := Write(dir, inPieces(r, n), Formats()...); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, contents(t, dir)); diff != "" {
				t.Errorf("%s result, in memory (-), in pieces of %d (+):\n%.2000s", name, n, diff)
			}
		}
	}
}

// Pieces that cannot be read, or are not what was said, leave no result.
func TestPiecesThatFail(t *testing.T) {
	for _, format := range Formats() {
		for what, change := range map[string]func(*Result){
			"the disk is gone": func(r *Result) {
				whole := r.Values[0].Pieces
				r.Values[0].Pieces = func(yield func(Values, error) bool) {
					for piece, err := range whole {
						if !yield(piece, err) {
							return
						}
					}
					yield(Values{}, errors.New("the disk is gone"))
				}
			},
			"not the 7":  func(r *Result) { r.Values[0].Samples = 7 },
			"not the 70": func(r *Result) { r.Spikes[0].Count = 70 },
			"0 exact times": func(r *Result) {
				r.Spikes[1].Exact = []float64{}
			},
			"of width 4": func(r *Result) { r.Values[0].Width = 4 },
		} {
			r := inPieces(lengthy(), 100)
			change(r)
			dir := filepath.Join(t.TempDir(), "out")
			err := Write(dir, r, format)
			if err == nil || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), `probe "`) {
				t.Errorf("%s, %s: %v", format, what, err)
			}
			if _, err := os.Stat(dir); err == nil {
				t.Errorf("%s, %s: a directory was made", format, what)
			}
		}
	}
}

// A wide table has row groups of fewer rows, so that none is large.
func TestParquetOfAWideTable(t *testing.T) {
	const width, n = 1500, 1500
	r := &Result{Values: []Values{{Name: "wide", Width: width}}}
	v := &r.Values[0]
	for i := range n {
		v.T = append(v.T, float64(i))
		for k := range width {
			v.Rows = append(v.Rows, float64(i*k%97))
		}
	}
	dir := filepath.Join(t.TempDir(), "out")
	if err := Write(dir, r, Parquet); err != nil {
		t.Fatal(err)
	}
	names, rows := table(t, filepath.Join(dir, "wide.parquet"))
	if len(names) != 1+width || len(rows) != n {
		t.Fatalf("%d columns, %d rows", len(names), len(rows))
	}
	for _, i := range []int{0, 1396, 1397, 1398, n - 1} {
		for _, k := range []int{0, 1, width - 1} {
			if got, want := rows[i][1+k], v.Rows[i*width+k]; rows[i][0] != float64(i) || got != want {
				t.Errorf("%s: row %d has %v, want %v", fmt.Sprint(names[1+k]), i, got, want)
			}
		}
	}
}

// A result that is opened gives the same pieces as one that is read, in several
// readings at once.
func TestOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	want := lengthy()
	const n = 3 * pieceNumbers / 2
	want.Values = append(want.Values, Values{Name: "many", Width: 2, T: make([]float64, n), Rows: make([]float64, 2*n)})
	many := &want.Values[1]
	for i := range n {
		many.T[i], many.Rows[2*i] = float64(i), float64(i*i)
	}
	store(t, dir, want)
	opened, file, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	pieces := 0
	for range opened.Values[1].Pieces {
		pieces++
		got, err := Read(dir)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(want.Values, got.Values) {
			t.Error("what was read is not what was written")
		}
		if len(got.Spikes) != 3 || got.Spikes[0].Exact == nil || got.Spikes[1].Exact != nil {
			t.Errorf("%d spike probes", len(got.Spikes))
		}
	}
	if pieces != 3 {
		t.Errorf("%d pieces, want 3", pieces)
	}
	again := filepath.Join(t.TempDir(), "again")
	opened.Spikes = nil // whose steps are not stored
	if err := Write(again, opened, NPZ); err != nil {
		t.Fatal(err)
	}
	if got, err := Read(again); err != nil || !reflect.DeepEqual(got.Values, want.Values) {
		t.Errorf("written again: %v", err)
	}
}

// A bit that has changed on the disk is noticed, whoever reads.
func TestOpenChecksSums(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	store(t, dir, example())
	path := filepath.Join(dir, npzName)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(data), "\n") + 1 // the first number
	data[at] ^= 1
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	want := path + `: array "voltage": zip: checksum error; simulate again`
	if _, err := Read(dir); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Writing takes no memory in proportion to what was recorded: here 24 MB.
func TestWritingHoldsOnePiece(t *testing.T) {
	const pieces, n = 100, 5000
	v, s := Values{Name: "v", Width: 1, Samples: pieces * n}, Spikes{Name: "s", Neurons: 100, Count: pieces * n}
	v.Pieces = func(yield func(Values, error) bool) {
		piece := Values{T: make([]float64, n), Rows: make([]float64, n)}
		for range pieces {
			if !yield(piece, nil) {
				return
			}
		}
	}
	s.Pieces = func(yield func(Spikes, error) bool) {
		piece := Spikes{Times: make([]float64, n), IDs: make([]int64, n), Steps: make([]int64, n)}
		for i := range pieces {
			for k := range n {
				step := int64(i*n+k) / 10
				piece.Steps[k], piece.Times[k], piece.IDs[k] = step+1, float64(step+1)*1e-3, int64(k*7%100)
			}
			if !yield(piece, nil) {
				return
			}
		}
	}
	r := &Result{Run: Run{Dt: 1e-3, Time: pieces * n / 10 * 1e-3}, Values: []Values{v}, Spikes: []Spikes{s}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := Write(filepath.Join(t.TempDir(), "out"), r, NPZ); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("%d bytes were allocated", used)
	}
	if c := r.Run.Spikes["s"]; c.Count != pieces*n || c.Statistics == nil || c.Statistics.Correlation == nil {
		t.Errorf("%+v", c)
	}
}
