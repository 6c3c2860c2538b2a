package record

import (
	"io"
	"iter"
	"math"
)

// entry is one array of an archive that is to be written.
type entry struct {
	name, owner string
	shape       []int
	integer     bool
	parts       iter.Seq2[part, error] // of all its elements, in order
}

// part is some elements of an array, of one of two kinds.
type part struct {
	floats []float64
	ints   []int64
}

// column gives one of the slices of every piece.
func column[Piece any](pieces iter.Seq2[Piece, error], of func(Piece) part) iter.Seq2[part, error] {
	return func(yield func(part, error) bool) {
		for piece, err := range pieces {
			if !yield(of(piece), err) || err != nil {
				return
			}
		}
	}
}

// entries lists the arrays in the order of the file.
func (r *Result) entries() []entry {
	var list []entry
	for _, v := range r.Values {
		n := v.samples()
		list = append(list,
			entry{v.Name, v.Name, []int{n, v.Width}, false, column(v.pieces(), func(v Values) part { return part{floats: v.Rows} })},
			entry{v.Name + ".t", v.Name, []int{n}, false, column(v.pieces(), func(v Values) part { return part{floats: v.T} })})
	}
	for _, s := range r.Spikes {
		n := []int{s.count()}
		list = append(list,
			entry{s.Name + ".times", s.Name, n, false, column(s.pieces(), func(s Spikes) part { return part{floats: s.Times} })},
			entry{s.Name + ".ids", s.Name, n, true, column(s.pieces(), func(s Spikes) part { return part{ints: s.IDs} })})
		if s.Exact != nil {
			list = append(list, entry{s.Name + ".exact", s.Name, n, false, column(s.pieces(), func(s Spikes) part { return part{floats: s.Exact} })})
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
	return entry{a.Name, a.Name, shape, false, func(yield func(part, error) bool) { yield(part{floats: a.Data}, nil) }}
}

// writeTo writes the entry as an .npy file.
func (e entry) writeTo(w io.Writer) error {
	descr := "<f8"
	if e.integer {
		descr = "<i8"
	}
	if _, err := w.Write(npyHeader(descr, e.shape)); err != nil {
		return err
	}
	block := make([]byte, 0, 8*npyBlock)
	for p, err := range e.parts {
		if err != nil {
			return err
		}
		if err := writeWords(w, block, len(p.floats), func(i int) uint64 { return math.Float64bits(p.floats[i]) }); err != nil {
			return err
		}
		if err := writeWords(w, block, len(p.ints), func(i int) uint64 { return uint64(p.ints[i]) }); err != nil {
			return err
		}
	}
	return nil
}
