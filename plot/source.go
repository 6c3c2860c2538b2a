package plot

import (
	"fmt"
	"iter"

	"soma/stats"
)

// source is where the panels of one figure find their data. Whoever reads pieces
// need not look for errors: at the first one they end, and it is kept here, where
// it makes the figure void.
type source struct {
	data Data
	err  error
}

// followed passes pieces on; what is in memory is one piece.
func followed[Piece any](src *source, probe string, whole Piece, pieces iter.Seq2[Piece, error]) iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		if pieces == nil {
			yield(whole)
			return
		}
		for piece, err := range pieces {
			if err != nil && src.err == nil {
				src.err = probeError(probe, err)
			}
			if err != nil || !yield(piece) {
				return
			}
		}
	}
}

func probeError(probe string, err error) error { return fmt.Errorf("probe %q: %w", probe, err) }

// signal is a value probe that has been looked through.
type signal struct {
	probe       string
	width       int
	unit, label string
	pieces      iter.Seq[Values]
	n           int       // samples
	start, end  float64   // of the time axis, s
	span        extent    // of the finite values
	final       []float64 // the last sample
}

// values fetches a value probe and checks that it can be drawn.
func (src *source) values(probe string) (signal, error) {
	v, err := src.data.Values(probe)
	if err != nil {
		return signal{}, probeError(probe, err)
	}
	s := signal{probe: probe, width: v.Width, unit: v.Unit, label: v.Label, pieces: followed(src, probe, v, v.Pieces)}
	if err := s.survey(); err != nil {
		return s, err
	}
	switch {
	case src.err != nil:
		return s, src.err
	case s.n == 0:
		return s, fmt.Errorf("probe %q has no samples; simulate longer or sample more often", probe)
	case s.span.isEmpty():
		return s, fmt.Errorf("probe %q holds no finite number, only NaN or infinities; look for a division by zero in the model", probe)
	}
	return s, nil
}

// survey looks through all samples.
func (s *signal) survey() error {
	s.n, s.span = 0, empty()
	first := 0.0
	for piece := range s.pieces {
		if s.width < 1 || len(piece.Rows) != len(piece.T)*s.width {
			return fmt.Errorf("probe %q has %s for %s of width %d; give samples × width",
				s.probe, count(len(piece.Rows), "number"), count(len(piece.T), "sample"), s.width)
		}
		for _, t := range piece.T {
			switch {
			case !finite(t) || s.n > 0 && t < s.end:
				return fmt.Errorf("probe %q: time %v of sample %d is not finite and ascending; sort the samples", s.probe, t, s.n)
			case s.n == 0:
				first, s.start = t, min(0, t)
			case s.n == 1 && !(first > 0 && first <= 1.5*(t-first)):
				s.start = first // the time axis begins at 0 only where that is one interval before
			}
			s.n, s.end = s.n+1, t
		}
		s.span.add(piece.Rows...)
		if n := len(piece.Rows); n > 0 {
			s.final = append(s.final[:0], piece.Rows[n-s.width:]...)
		}
	}
	return nil
}

// each calls f for every sample.
func (s signal) each(f func(i int, t float64, row []float64)) {
	i := 0
	for piece := range s.pieces {
		for k, t := range piece.T {
			f(i, t, piece.Rows[k*s.width:(k+1)*s.width])
			i++
		}
	}
}

// project gives the dot products of every sample with each of the vectors.
func (s signal) project(vectors []Numbers) (signal, error) {
	for _, vector := range vectors {
		if len(vector) != s.width {
			return s, fmt.Errorf("it has %s, a projection has %d", count(s.width, "value"), len(vector))
		}
	}
	out := signal{probe: s.probe, width: len(vectors)}
	out.pieces = func(yield func(Values) bool) {
		for piece := range s.pieces {
			if !yield(Values{T: piece.T, Rows: products(piece.Rows, s.width, vectors)}) {
				return
			}
		}
	}
	return out, out.survey()
}

// products are the dot products of rows with vectors.
func products(rows []float64, width int, vectors []Numbers) []float64 {
	out := make([]float64, 0, len(rows)/width*len(vectors))
	for ; len(rows) > 0; rows = rows[width:] {
		for _, vector := range vectors {
			sum := 0.0
			for k, x := range rows[:width] {
				sum += float64(x * vector[k])
			}
			out = append(out, sum)
		}
	}
	return out
}

// trains is a spike probe that has been looked through.
type trains struct {
	probe    string
	neurons  int
	duration float64 // s
	pieces   iter.Seq[Spikes]
	n        int // spikes
}

func (src *source) trains(probe string, s Spikes) trains {
	return trains{probe: probe, neurons: s.Neurons, duration: s.Duration, pieces: followed(src, probe, s, s.Pieces)}
}

// spikes fetches a spike probe and checks that it can be drawn.
func (src *source) spikes(probe string) (trains, error) {
	fetched, err := src.data.Spikes(probe)
	if err != nil {
		return trains{}, probeError(probe, err)
	}
	s := src.trains(probe, fetched)
	switch {
	case s.neurons < 1:
		return s, fmt.Errorf("probe %q has no neurons; probe at least one", probe)
	case !finite(s.duration) || s.duration <= 0:
		return s, fmt.Errorf("probe %q was recorded for %v s; simulate for a time above zero", probe, s.duration)
	}
	for piece := range s.pieces {
		if err := s.check(piece); err != nil {
			return s, err
		}
		s.n += len(piece.IDs)
	}
	return s, src.err
}

// check finds what is wrong with the next spikes.
func (s trains) check(piece Spikes) error {
	switch {
	case len(piece.IDs) != len(piece.Times):
		return fmt.Errorf("probe %q has %s and %s; give one id for each time", s.probe, count(len(piece.Times), "spike time"), count(len(piece.IDs), "neuron id"))
	case piece.Exact != nil && len(piece.Exact) != len(piece.Times):
		return fmt.Errorf("probe %q has %s and %s; give as many, or none", s.probe, count(len(piece.Times), "spike time"), count(len(piece.Exact), "exact time"))
	}
	times := piece.times()
	for i, id := range piece.IDs {
		if id < 0 || id >= int64(s.neurons) {
			return fmt.Errorf("probe %q: spike %d is of neuron %d; ids must be 0 to %d", s.probe, s.n+i, id, s.neurons-1)
		}
		if !finite(times[i]) || !finite(piece.Times[i]) {
			return fmt.Errorf("probe %q: spike %d is at %v s; times must be finite", s.probe, s.n+i, times[i])
		}
	}
	return nil
}

// each calls f for every spike, at its exact time where the model gave one.
func (s trains) each(f func(id int64, t float64)) {
	for piece := range s.pieces {
		for i, t := range piece.times() {
			f(piece.IDs[i], t)
		}
	}
}

// analysed is the form in which package stats takes spikes.
func (s trains) analysed() stats.Spikes {
	return stats.Spikes{Neurons: s.neurons, Duration: s.duration, Pieces: func(yield func([]float64, []int64) bool) {
		for piece := range s.pieces {
			if !yield(piece.times(), piece.IDs) {
				return
			}
		}
	}}
}
