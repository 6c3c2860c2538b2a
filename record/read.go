package record

import (
	"archive/zip"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"syscall"
)

// Read gives back a result that Write has stored with the format NPZ. Steps of
// spikes and the further files are left out.
func Read(dir string) (*Result, error) {
	r, file, err := Open(dir)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for i := range r.Values {
		v := &r.Values[i]
		for piece, err := range v.Pieces {
			if err != nil {
				return nil, damaged(dir, err)
			}
			v.T, v.Rows = append(v.T, piece.T...), append(v.Rows, piece.Rows...)
		}
		v.Pieces, v.Samples = nil, 0
	}
	for i := range r.Spikes {
		s := &r.Spikes[i]
		for piece, err := range s.Pieces {
			if err != nil {
				return nil, damaged(dir, err)
			}
			s.Times, s.IDs, s.Exact = append(s.Times, piece.Times...), append(s.IDs, piece.IDs...), append(s.Exact, piece.Exact...)
		}
		s.Pieces, s.Count = nil, 0
	}
	return r, nil
}

// Open is Read for results that memory cannot hold: recordings come in pieces,
// from a file that the caller closes in the end.
func Open(dir string) (*Result, io.Closer, error) {
	run, err := ReadRun(dir)
	if err != nil {
		return nil, nil, err
	}
	archive, err := zip.OpenReader(filepath.Join(dir, npzName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("%s: no %s, where the numbers are; simulate again with --format npz", dir, npzName)
	}
	if err != nil {
		return nil, nil, damaged(dir, cause(err))
	}
	r := &Result{Run: run}
	if err := r.open(&archive.Reader); err != nil {
		archive.Close()
		return nil, nil, damaged(dir, err)
	}
	return r, archive, nil
}

// damaged is an error of what data.npz holds.
func damaged(dir string, err error) error {
	return fmt.Errorf("%s: %w; simulate again", filepath.Join(dir, npzName), err)
}

// open finds the arrays of probes, and reads the others.
func (r *Result) open(archive *zip.Reader) error {
	list, err := arraysOf(archive)
	if err != nil {
		return err
	}
	arrays := map[string]*stored{}
	for i := range list {
		arrays[list[i].name] = &list[i]
	}
	for _, p := range r.Run.Probes {
		if err := r.openProbe(p, arrays); err != nil {
			return err
		}
	}
	for _, a := range list {
		if arrays[a.name] == nil || a.integer() {
			continue
		}
		all, err := a.whole()
		if err != nil {
			return err
		}
		r.Arrays = append(r.Arrays, Array{Name: a.name, Data: all.floats, Shape: a.shape})
	}
	return nil
}

// pieceNumbers is about how many numbers of an array a piece holds.
const pieceNumbers = 1 << 16

// openProbe takes the arrays of a probe out of the others.
func (r *Result) openProbe(p Probe, arrays map[string]*stored) error {
	take := func(name string) *stored {
		a := arrays[name]
		delete(arrays, name)
		return a
	}
	unfit := fmt.Errorf("the arrays of probe %q do not fit %s", p.Name, runName)
	switch p.Kind {
	case KindValues:
		rows, t := take(p.Name), take(p.Name+".t")
		if p.Width < 1 || rows == nil || t == nil || rows.integer() || t.integer() || rows.n != t.n*p.Width {
			return unfit
		}
		r.Values = append(r.Values, Values{
			Name: p.Name, Width: p.Width, Unit: p.Unit, Label: p.Label, Samples: t.n, Pieces: valuePieces(t, rows, p.Width),
		})
	case KindSpikes:
		times, ids, exact := take(p.Name+".times"), take(p.Name+".ids"), take(p.Name+".exact")
		if times == nil || ids == nil || times.integer() || !ids.integer() || times.n != ids.n || exact != nil && (exact.integer() || exact.n != ids.n) {
			return unfit
		}
		s := Spikes{Name: p.Name, Neurons: p.Neurons, Count: ids.n, Pieces: spikePieces(times, ids, exact)}
		if exact != nil {
			s.Exact = []float64{}
		}
		r.Spikes = append(r.Spikes, s)
	}
	return nil
}

// valuePieces reads two arrays side by side.
func valuePieces(t, rows *stored, width int) iter.Seq2[Values, error] {
	samples := max(1, pieceNumbers/width)
	return func(yield func(Values, error) bool) {
		next, stop := iter.Pull2(rows.parts(samples * width))
		defer stop()
		for times, err := range t.parts(samples) {
			values, also, _ := next()
			err = cmp.Or(err, also)
			if !yield(Values{T: times.floats, Rows: values.floats}, err) || err != nil {
				return
			}
		}
	}
}

// spikePieces reads two or three arrays side by side.
func spikePieces(times, ids, exact *stored) iter.Seq2[Spikes, error] {
	return func(yield func(Spikes, error) bool) {
		nextID, stop := iter.Pull2(ids.parts(pieceNumbers))
		defer stop()
		nextExact := func() (p part, err error, ok bool) { return }
		if exact != nil {
			nextExact, stop = iter.Pull2(exact.parts(pieceNumbers))
			defer stop()
		}
		for at, err := range times.parts(pieceNumbers) {
			neurons, first, _ := nextID()
			within, second, _ := nextExact()
			err = cmp.Or(err, first, second)
			if !yield(Spikes{Times: at.floats, IDs: neurons.ints, Exact: within.floats}, err) || err != nil {
				return
			}
		}
	}
}

// ReadRun reads the run.json of a result, and makes sure that it is one of ours.
func ReadRun(dir string) (run Run, err error) {
	text, err := os.ReadFile(filepath.Join(dir, runName))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return run, fmt.Errorf("%s: no %s in it; give the directory of a result", dir, runName)
	}
	if err != nil {
		return run, pathError(err)
	}
	err = json.Unmarshal(text, &run)
	if err != nil || run.Format != layout {
		return Run{}, fmt.Errorf("%s: not a result of this version of soma; simulate again", filepath.Join(dir, runName))
	}
	return run, nil
}
