package record

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	npzName     = "data.npz"
	learnedName = "learned.npz"
)

// writeNPZ writes what was recorded.
func (r *Result) writeNPZ(w io.Writer) error { return writeEntries(w, r.entries()) }

// writeLearned writes what was learned.
func (r *Result) writeLearned(w io.Writer) error {
	var entries []entry
	for _, a := range r.Learned {
		entries = append(entries, a.entry())
	}
	return writeEntries(w, entries)
}

// writeEntries writes arrays as NumPy's savez does: one .npy file each in an
// archive without compression. No times are stored.
func writeEntries(w io.Writer, entries []entry) error {
	archive := zip.NewWriter(w)
	for _, e := range entries {
		part, err := archive.CreateHeader(&zip.FileHeader{Name: e.name + ".npy", Method: zip.Store})
		if err != nil {
			return err
		}
		if err := e.writeTo(part); err != nil {
			return err
		}
	}
	return archive.Close()
}

// readNPZ gives the arrays of an archive by their names, and those names in
// order.
func readNPZ(path string) (arrays map[string]stored, names []string, err error) {
	archive, err := zip.OpenReader(path)
	if errors.Is(err, zip.ErrFormat) {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if err != nil {
		return nil, nil, err
	}
	defer archive.Close()
	arrays = map[string]stored{}
	for _, f := range archive.File {
		name := strings.TrimSuffix(f.Name, ".npy")
		e, err := readPart(f)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: array %q: %w", path, name, err)
		}
		arrays[name] = e
		names = append(names, name)
	}
	return arrays, names, nil
}

func readPart(f *zip.File) (stored, error) {
	part, err := f.Open()
	if err != nil {
		return stored{}, err
	}
	defer part.Close()
	data, err := io.ReadAll(part)
	if err != nil {
		return stored{}, err
	}
	return readNPY(data)
}
