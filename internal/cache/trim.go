package cache

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// trim removes the files that were not used for longest, until the others fit.
func (s *Store) trim() error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	var files []fs.FileInfo
	total := int64(0)
	for _, e := range entries {
		if filepath.Ext(e.Name()) != suffix {
			continue
		}
		if info, err := e.Info(); err == nil { // another program may have removed it
			files = append(files, info)
			total += info.Size()
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, f := range files {
		if total <= s.limit {
			return nil
		}
		if err := os.Remove(filepath.Join(s.dir, f.Name())); err != nil && !os.IsNotExist(err) {
			return err
		}
		total -= f.Size()
	}
	return nil
}
