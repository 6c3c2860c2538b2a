package record

import (
	"fmt"
	"iter"
)

// samples is how many there are.
func (v Values) samples() int {
	if v.Pieces != nil {
		return v.Samples
	}
	return len(v.T)
}

// count is how many spikes there are.
func (s Spikes) count() int {
	if s.Pieces != nil {
		return s.Count
	}
	return len(s.Times)
}

// pieces gives the samples some at a time: what is in memory is one piece.
func (v Values) pieces() iter.Seq2[Values, error] {
	if v.Pieces == nil {
		return func(yield func(Values, error) bool) { yield(v, nil) }
	}
	return checked(v.Pieces, v.check, func(piece Values) int { return len(piece.T) }, v.Samples, v.Name)
}

// pieces gives the spikes some at a time: what is in memory is one piece.
func (s Spikes) pieces() iter.Seq2[Spikes, error] {
	if s.Pieces == nil {
		return func(yield func(Spikes, error) bool) { yield(s, nil) }
	}
	return checked(s.Pieces, s.check, func(piece Spikes) int { return len(piece.Times) }, s.Count, s.Name)
}

// checked passes pieces on and makes sure that they are as they should be, and
// that as many things come as there should be: files say how many before the
// first.
func checked[Piece any](from iter.Seq2[Piece, error], check func(Piece) error, length func(Piece) int, want int, name string) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		n := 0
		for piece, err := range from {
			if err != nil {
				yield(piece, fmt.Errorf("probe %q: %w", name, err))
				return
			}
			if err := check(piece); err != nil {
				yield(piece, err)
				return
			}
			n += length(piece)
			if !yield(piece, nil) {
				return
			}
		}
		if n != want {
			var none Piece
			yield(none, fmt.Errorf("probe %q has %d samples or spikes in pieces, not the %d that it should have", name, n, want))
		}
	}
}

// check finds a piece whose slices do not fit.
func (v Values) check(piece Values) error {
	if v.Width < 1 || len(piece.Rows) != len(piece.T)*v.Width {
		return fmt.Errorf("probe %q has %d numbers for %d samples of width %d", v.Name, len(piece.Rows), len(piece.T), v.Width)
	}
	return nil
}

// check finds a piece whose slices do not fit. Those of results that were read
// have no steps.
func (s Spikes) check(piece Spikes) error {
	n := len(piece.Times)
	if len(piece.IDs) != n || len(piece.Steps) != n || s.Exact != nil && len(piece.Exact) != n {
		return fmt.Errorf("probe %q has %d times, %d ids, %d steps, %d exact times", s.Name, n, len(piece.IDs), len(piece.Steps), len(piece.Exact))
	}
	return nil
}
