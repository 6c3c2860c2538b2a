package record

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Result is what a simulation leaves.
type Result struct {
	Run    Run
	Values []Values
	Spikes []Spikes
	Arrays []Array
	// Learned is what connections have learned, for learned.npz; Read leaves it out.
	Learned []Array
	Files   []File // further files, such as figures; Read leaves them out
}

// Values is the recording of a value probe: sample i is the row of Width
// numbers at the time T[i].
type Values struct {
	Name  string
	T     []float64 // s
	Rows  []float64 // len(T) × Width
	Width int
	Unit  string
	Label string
}

// Spikes is the recording of a spike probe, ordered by time, then id.
type Spikes struct {
	Name    string
	Times   []float64 // s, the ends of the steps
	IDs     []int64   // neurons, from 0
	Steps   []int64   // from 1; Read leaves them out
	Exact   []float64 // s, within the steps; nil when the model has none
	Neurons int
}

// Array is numbers of any other kind, row by row.
type Array struct {
	Name  string
	Data  []float64
	Shape []int // nil: one dimension
}

// File is a further file of the directory.
type File struct {
	Name     string // with slashes: "figures/rates.png"
	Contents []byte
}

// Check finds what would give a broken or ambiguous file, as Write does.
func (r *Result) Check() error {
	if err := r.checkShapes(); err != nil {
		return err
	}
	if err := r.checkNames(); err != nil {
		return err
	}
	for _, f := range r.Files {
		if !filepath.IsLocal(f.Name) {
			return fmt.Errorf("file name %q leads out of the result directory; give another name", f.Name)
		}
	}
	return nil
}

func (r *Result) checkNames() error {
	probes := map[string]bool{}
	for _, v := range r.Values {
		probes[v.Name] = true
	}
	for _, s := range r.Spikes {
		if probes[s.Name] {
			return fmt.Errorf("two probes are named %q; rename one of them", s.Name)
		}
	}
	owner := map[string]string{}
	for _, e := range r.entries() {
		if first, taken := owner[e.name]; taken {
			return fmt.Errorf("probes %q and %q would both store an array %q; rename one of them", first, e.owner, e.name)
		}
		owner[e.name] = e.owner
	}
	return nil
}

func (r *Result) checkShapes() error {
	for _, v := range r.Values {
		if v.Width < 1 || len(v.Rows) != len(v.T)*v.Width {
			return fmt.Errorf("probe %q has %d numbers for %d samples of width %d", v.Name, len(v.Rows), len(v.T), v.Width)
		}
	}
	for _, s := range r.Spikes {
		n := len(s.Times)
		if len(s.IDs) != n || len(s.Steps) != n || s.Exact != nil && len(s.Exact) != n {
			return fmt.Errorf("probe %q has %d times, %d ids, %d steps, %d exact times", s.Name, n, len(s.IDs), len(s.Steps), len(s.Exact))
		}
	}
	for _, a := range r.Arrays {
		size := 1
		for _, n := range a.Shape {
			size *= n
		}
		if a.Shape != nil && size != len(a.Data) {
			return fmt.Errorf("array %q has %d numbers for the shape %v", a.Name, len(a.Data), a.Shape)
		}
	}
	return nil
}

// entry is one array of data.npz.
type entry struct {
	name, owner string
	shape       []int
	integer     bool
	floats      []float64 // of the others
	ints        []int64   // of integer arrays
}

// entries lists the arrays in the order of the file.
func (r *Result) entries() []entry {
	var list []entry
	for _, v := range r.Values {
		list = append(list,
			entry{name: v.Name, owner: v.Name, shape: []int{len(v.T), v.Width}, floats: v.Rows},
			entry{name: v.Name + ".t", owner: v.Name, shape: []int{len(v.T)}, floats: v.T})
	}
	for _, s := range r.Spikes {
		n := []int{len(s.Times)}
		list = append(list,
			entry{name: s.Name + ".times", owner: s.Name, shape: n, floats: s.Times},
			entry{name: s.Name + ".ids", owner: s.Name, shape: n, integer: true, ints: s.IDs})
		if s.Exact != nil {
			list = append(list, entry{name: s.Name + ".exact", owner: s.Name, shape: n, floats: s.Exact})
		}
	}
	for _, a := range r.Arrays {
		list = append(list, a.entry())
	}
	return list
}

func (a Array) entry() entry {
	shape := a.Shape
	if shape == nil {
		shape = []int{len(a.Data)}
	}
	return entry{name: a.Name, owner: a.Name, shape: shape, floats: a.Data}
}

// writeTo writes the entry as an .npy file.
func (e entry) writeTo(w io.Writer) error {
	if e.integer {
		return writeNPY(w, "<i8", e.shape, len(e.ints), func(i int) uint64 { return uint64(e.ints[i]) })
	}
	return writeFloats(w, e.shape, e.floats)
}

// FileName makes a file name of the name of a probe or figure: letters, digits and a few signs
// stay, every other byte becomes %XX, as in addresses.
func FileName(probe string) string {
	var b strings.Builder
	for i, c := range []byte(probe) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-', c == '+', c >= 0x80,
			i > 0 && (c == '.' || c == ' '):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
