package record

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
)

// maxArrays is how many bytes the arrays of an archive may take.
const maxArrays = 1 << 32

// ReadArrays reads the arrays of numbers of an .npz archive, as NumPy's savez
// and savez_compressed write it, in the order of the archive.
func ReadArrays(r io.ReaderAt, size int64) ([]Array, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	total := uint64(0)
	for _, f := range archive.File {
		if total += f.UncompressedSize64; total > maxArrays || f.UncompressedSize64 > maxArrays {
			return nil, fmt.Errorf("array %q: the arrays take more than %d bytes", strings.TrimSuffix(f.Name, ".npy"), maxArrays)
		}
	}
	list, err := arraysOf(archive)
	if err != nil {
		return nil, err
	}
	var arrays []Array
	for _, a := range list {
		all, err := a.whole()
		if err != nil {
			return nil, err
		}
		arrays = append(arrays, Array{Name: a.name, Shape: a.shape, Data: all.numbers()})
	}
	return arrays, nil
}
