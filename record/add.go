package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2/maybe"
)

// Add stores further files in a result, or new versions of them. Files that the
// result does not list are left alone.
func Add(dir string, files ...File) error {
	run, err := ReadRun(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !filepath.IsLocal(f.Name) {
			return fmt.Errorf("file name %q leads out of the result directory; give another name", f.Name)
		}
		if slices.Contains(run.Files, f.Name) {
			continue
		}
		full := filepath.Join(dir, filepath.FromSlash(f.Name))
		if _, err := os.Lstat(full); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: not part of the result, so it is left alone; move it away", full)
		}
		run.Files = append(run.Files, f.Name)
	}
	// First the list, then the files: whatever happens in between, no file is
	// there that the result does not know.
	text, err := run.JSON()
	if err != nil {
		return err
	}
	for _, f := range append([]File{{runName, text}}, files...) {
		full := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			return pathError(err)
		}
		if err := maybe.WriteFile(full, f.Contents, 0o666); err != nil {
			return pathError(err)
		}
	}
	return nil
}
