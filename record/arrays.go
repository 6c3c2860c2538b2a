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
	var arrays []Array
	total := uint64(0)
	for _, f := range archive.File {
		name := strings.TrimSuffix(f.Name, ".npy")
		if total += f.UncompressedSize64; total > maxArrays || f.UncompressedSize64 > maxArrays {
			return nil, fmt.Errorf("array %q: the arrays take more than %d bytes", name, maxArrays)
		}
		e, err := readPart(f)
		if err != nil {
			return nil, fmt.Errorf("array %q: %w", name, err)
		}
		arrays = append(arrays, Array{Name: name, Shape: e.shape, Data: e.asFloats()})
	}
	return arrays, nil
}

// asFloats gives the elements as float64, which holds integers up to 2⁵³.
func (e stored) asFloats() []float64 {
	if !e.integer {
		return e.floats
	}
	list := make([]float64, len(e.ints))
	for i, x := range e.ints {
		list[i] = float64(x)
	}
	return list
}
