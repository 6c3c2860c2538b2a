package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ReadLearned gives the arrays of the learned.npz of a result, or of such a file
// that stands elsewhere.
func ReadLearned(dir string) ([]Array, error) {
	path := dir
	if filepath.Ext(dir) != ".npz" {
		path = filepath.Join(dir, learnedName)
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such result; give the directory of one", dir)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no %s in it; give the result directory of a model with learning", dir, learnedName)
	}
	if err != nil {
		return nil, pathError(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, pathError(err)
	}
	arrays, err := ReadArrays(f, info.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w; simulate again", path, err)
	}
	return arrays, nil
}
