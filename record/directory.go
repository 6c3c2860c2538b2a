package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Check says whether Write could store a result as the directory dir: it is
// absent and can be made, or empty, or holds a result of soma and nothing else.
func Check(dir string) error {
	target, err := resolve(dir)
	if err != nil {
		return err
	}
	ancestor := filepath.Dir(target)
	for {
		info, err := os.Stat(ancestor)
		if err == nil && !info.IsDir() {
			return fmt.Errorf("%s: %s is not a directory; choose another directory", dir, ancestor)
		}
		if err == nil || filepath.Dir(ancestor) == ancestor {
			break
		}
		ancestor = filepath.Dir(ancestor)
	}
	trial, err := os.MkdirTemp(ancestor, ".soma-*")
	if err != nil {
		return fmt.Errorf("%s: cannot write in %s (%w); choose another directory", dir, ancestor, cause(err))
	}
	return os.Remove(trial)
}

// resolve gives the absolute path of the directory that is to be written, with
// links followed, and refuses what must not be replaced.
func resolve(dir string) (target string, err error) {
	if dir == "" {
		return "", errors.New("the result directory has no name; give it one")
	}
	if target, err = filepath.Abs(dir); err != nil {
		return "", err
	}
	info, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return target, nil
	case err != nil:
		return "", fmt.Errorf("%s: %w; choose another directory", dir, cause(err))
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		if target, err = filepath.EvalSymlinks(target); err != nil {
			return "", fmt.Errorf("%s: a link to nothing; choose another directory", dir)
		}
		if info, err = os.Stat(target); err != nil {
			return "", pathError(err)
		}
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s: a file, not a directory; choose another directory", dir)
	}
	return target, ours(dir, target)
}

// ours refuses a directory that holds something which soma has not written.
func ours(dir, target string) error {
	entries, err := os.ReadDir(target)
	if err != nil {
		return fmt.Errorf("%s: %w; choose another directory", dir, cause(err))
	}
	if len(entries) == 0 {
		return nil
	}
	run, err := ReadRun(target)
	if err != nil {
		return fmt.Errorf("%s: the directory is not empty and holds no result of soma, so it is left alone; choose another directory", dir)
	}
	var foreign string
	err = filepath.WalkDir(target, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(target, p)
		if err != nil {
			return err
		}
		if name := filepath.ToSlash(rel); !run.wrote(name, d.IsDir()) {
			foreign = name
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: %w; choose another directory", dir, cause(err))
	}
	if foreign != "" {
		return fmt.Errorf("%s: %s in it is not part of the result, so it is left alone; move it away, or choose another directory", dir, foreign)
	}
	return nil
}

// wrote says whether a file, or a folder of files, is listed in the result.
func (r Run) wrote(name string, folder bool) bool {
	if !folder {
		// The first file is what a file manager leaves behind, not the user.
		return path.Base(name) == ".DS_Store" || slices.Contains(r.Files, name)
	}
	return name == "." || slices.ContainsFunc(r.Files, func(f string) bool { return strings.HasPrefix(f, name+"/") })
}

// place moves a new directory to its target. Where an old one stands there, the
// two change places, in one step if the system can.
func place(folder, target string) error {
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(folder, target)
	}
	if err := exchange(folder, target); err == nil {
		return nil
	}
	return replace(folder, target)
}

// replace lets the old directory step aside first; it comes back when the new
// one fails to arrive. A crash in between leaves it beside its place.
func replace(folder, target string) error {
	old := folder + ".old"
	if err := os.Rename(target, old); err != nil {
		return err
	}
	if err := os.Rename(folder, target); err != nil {
		return errors.Join(err, os.Rename(old, target))
	}
	return os.RemoveAll(old)
}

// cause is an error of the file system without the path and the call.
func cause(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// pathError is an error of the file system as "path: what is wrong".
func pathError(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return fmt.Errorf("%s: %w", pathErr.Path, pathErr.Err)
	}
	return err
}
