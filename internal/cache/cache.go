// Package cache keeps arrays that took long to compute in a folder, under a key
// that is made of everything they depend on.
//
// Nothing depends on the cache: what is missing, damaged or cannot be written is
// computed again. A file is one array:
//
//	key (32 bytes), numbers (float64, little-endian), SHA-256 of both (32 bytes)
//
// and is named by its key. Files are written under another name and renamed, so
// that several programs may use a folder at once.
package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// Key stands for what an array depends on.
type Key [sha256.Size]byte

// A Store is a folder of arrays. It may be used by several goroutines.
type Store struct {
	dir     string
	limit   int64 // bytes of all files
	program func() ([]byte, error)
	hits    atomic.Int64
}

// Open gives the store of a folder, which need not exist yet. When its files take
// more than limit bytes, those that were not used for longest are removed.
func Open(dir string, limit int64) *Store {
	return &Store{dir: dir, limit: limit, program: sync.OnceValues(programSum)}
}

// Hits is how many arrays were found; of no store, none.
func (s *Store) Hits() int {
	if s == nil {
		return 0
	}
	return int(s.hits.Load())
}

// Key is that of what write writes, and of the running program: another version
// may compute something else.
func (s *Store) Key(write func(io.Writer)) (Key, error) {
	program, err := s.program()
	if err != nil {
		return Key{}, err
	}
	sum := sha256.New()
	sum.Write(program)
	write(sum)
	return Key(sum.Sum(nil)), nil
}

// programSum is the SHA-256 of the program's file.
func programSum() ([]byte, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return nil, err
	}
	return sum.Sum(nil), nil
}

// Get gives the n numbers that were put under a key.
func (s *Store) Get(key Key, n int) ([]float64, bool) {
	path := s.path(key)
	info, err := os.Stat(path)
	if err != nil || info.Size() != fileSize(n) {
		return nil, false
	}
	data, err := os.ReadFile(path)
	if err != nil || int64(len(data)) != fileSize(n) || !sound(data, key) {
		return nil, false
	}
	now := time.Now()
	os.Chtimes(path, now, now) // it was used; if it cannot be said, it goes earlier
	s.hits.Add(1)
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[len(key)+8*i:]))
	}
	return values, true
}

// sound says whether the contents of a file are those of a key, undamaged.
func sound(data []byte, key Key) bool {
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	return Key(body[:len(key)]) == key && sha256.Sum256(body) == Key(sum)
}

func fileSize(n int) int64 { return int64(8*n) + 2*sha256.Size }

// Put keeps numbers under a key.
func (s *Store) Put(key Key, values []float64) error {
	if fileSize(len(values)) > s.limit {
		return fmt.Errorf("%d numbers are more than the cache may hold", len(values))
	}
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.dir, "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is left of it when it was renamed
	_, err = f.Write(contents(key, values))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), s.path(key))
	}
	if err != nil {
		return err
	}
	return s.trim()
}

func contents(key Key, values []float64) []byte {
	data := append(make([]byte, 0, fileSize(len(values))), key[:]...)
	for _, x := range values {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(x))
	}
	sum := sha256.Sum256(data)
	return append(data, sum[:]...)
}

func (s *Store) path(key Key) string { return filepath.Join(s.dir, hex.EncodeToString(key[:])+suffix) }

const suffix = ".f64"
