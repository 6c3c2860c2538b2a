package record

import (
	"archive/zip"
	"fmt"
	"io"
	"iter"
	"strings"
)

// stored is an array in an archive that is to be read.
type stored struct {
	npyHead
	name string
	file *zip.File
}

// arraysOf lists the arrays of an archive, in order.
func arraysOf(archive *zip.Reader) ([]stored, error) {
	var list []stored
	for _, f := range archive.File {
		a := stored{name: strings.TrimSuffix(f.Name, ".npy"), file: f}
		in, err := f.Open()
		if err == nil {
			a.npyHead, err = readHead(in, f.UncompressedSize64)
			in.Close()
		}
		if err != nil {
			return nil, a.fault(err)
		}
		list = append(list, a)
	}
	return list, nil
}

func (a stored) fault(err error) error { return fmt.Errorf("array %q: %w", a.name, err) }

// parts gives the elements, up to most at a time, in order; anew to each reader.
// The last part has passed the checksum of the archive.
func (a stored) parts(most int) iter.Seq2[part, error] {
	return func(yield func(part, error) bool) {
		in, err := a.file.Open()
		if err != nil {
			yield(part{}, a.fault(err))
			return
		}
		defer in.Close()
		if _, err := readHead(in, a.file.UncompressedSize64); err != nil {
			yield(part{}, a.fault(err))
			return
		}
		body := make([]byte, a.size*min(most, a.n))
		for left := a.n; left > 0; {
			body = body[:a.size*min(most, left)]
			_, err := io.ReadFull(in, body)
			if left -= len(body) / a.size; err == nil && left == 0 {
				_, err = io.Copy(io.Discard, in)
			}
			if err != nil {
				yield(part{}, a.fault(err))
				return
			}
			if !yield(a.decode(body), nil) {
				return
			}
		}
	}
}

// whole gives all elements. Memory grows with what is there, not with what the file
// says of itself.
func (a stored) whole() (part, error) {
	all := a.decode(nil)
	for p, err := range a.parts(pieceNumbers) {
		if err != nil {
			return part{}, err
		}
		all.floats, all.ints = append(all.floats, p.floats...), append(all.ints, p.ints...)
	}
	return all, nil
}
