package record

import (
	"archive/zip"
	"io"
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
