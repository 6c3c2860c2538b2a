package record

import (
	"fmt"
	"iter"
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
// numbers at the time T[i]. It is in memory, or comes in pieces.
type Values struct {
	Name  string
	T     []float64 // s
	Rows  []float64 // len(T) × Width
	Width int
	Unit  string
	Label string

	// Pieces, where it is not nil, gives T and Rows of all Samples samples in order,
	// some at a time. Each reader begins anew; a piece is his until he asks for the
	// next.
	Pieces  iter.Seq2[Values, error]
	Samples int // those of Pieces
}

// Spikes is the recording of a spike probe, ordered by time, then id. It is in
// memory, or comes in pieces.
type Spikes struct {
	Name    string
	Times   []float64 // s, the ends of the steps
	IDs     []int64   // neurons, from 0
	Steps   []int64   // from 1; Read leaves them out
	Exact   []float64 // s, within the steps; nil when the model has none
	Neurons int

	// Pieces, where it is not nil, gives Times, IDs, Steps and Exact of all Count
	// spikes, like those of Values; Exact above is nil or not as in the pieces.
	Pieces iter.Seq2[Spikes, error]
	Count  int // those of Pieces
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
		if err := v.check(v); err != nil {
			return err
		}
	}
	for _, s := range r.Spikes {
		if err := s.check(s); err != nil {
			return err
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
