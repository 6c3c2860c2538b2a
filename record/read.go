package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Read gives back a result that Write has stored with the format NPZ. Steps of
// spikes and the further files are left out.
func Read(dir string) (*Result, error) {
	run, err := ReadRun(dir)
	if err != nil {
		return nil, err
	}
	arrays, names, err := readNPZ(filepath.Join(dir, npzName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no %s, where the numbers are; simulate again with --format npz", dir, npzName)
	}
	if err != nil {
		return nil, fmt.Errorf("%w; simulate again", pathError(err))
	}
	r := &Result{Run: run}
	used := map[string]bool{}
	for _, p := range run.Probes {
		if err := r.readProbe(p, arrays, used); err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
	}
	for _, name := range names {
		if e := arrays[name]; !used[name] && !e.integer {
			r.Arrays = append(r.Arrays, Array{Name: name, Data: e.floats, Shape: e.shape})
		}
	}
	return r, nil
}

func (r *Result) readProbe(p Probe, arrays map[string]stored, used map[string]bool) error {
	take := func(name string) stored {
		used[name] = true
		return arrays[name]
	}
	switch p.Kind {
	case KindValues:
		rows, t := take(p.Name), take(p.Name+".t")
		if p.Width < 1 || len(rows.floats) != len(t.floats)*p.Width {
			return fmt.Errorf("the arrays of probe %q in %s do not fit %s; simulate again", p.Name, npzName, runName)
		}
		r.Values = append(r.Values, Values{Name: p.Name, T: t.floats, Rows: rows.floats, Width: p.Width, Unit: p.Unit, Label: p.Label})
	case KindSpikes:
		times, ids, exact := take(p.Name+".times"), take(p.Name+".ids"), take(p.Name+".exact")
		if len(times.floats) != len(ids.ints) || exact.floats != nil && len(exact.floats) != len(ids.ints) {
			return fmt.Errorf("the arrays of probe %q in %s do not fit %s; simulate again", p.Name, npzName, runName)
		}
		r.Spikes = append(r.Spikes, Spikes{Name: p.Name, Times: times.floats, IDs: ids.ints, Exact: exact.floats, Neurons: p.Neurons})
	}
	return nil
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
