package cache_test

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"soma/internal/cache"
)

func key(t *testing.T, s *cache.Store, text string) cache.Key {
	t.Helper()
	k, err := s.Key(func(w io.Writer) { io.WriteString(w, text) })
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhatIsPutIsGot(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	s := cache.Open(dir, 1<<20)
	k := key(t, s, "a")
	if _, found := s.Get(k, 3); found {
		t.Fatal("found in an empty store")
	}
	want := []float64{1.5, math.Copysign(0, -1), math.MaxFloat64}
	if err := s.Put(k, want); err != nil {
		t.Fatal(err)
	}
	again := cache.Open(dir, 1<<20)
	got, found := again.Get(key(t, again, "a"), 3)
	if !found || fmt.Sprint(got) != fmt.Sprint(want) || again.Hits() != 1 {
		t.Errorf("found %v, %v; %d hits", found, got, again.Hits())
	}
	if _, found := s.Get(key(t, s, "b"), 3); found {
		t.Error("found under another key")
	}
	if _, found := s.Get(k, 2); found {
		t.Error("found with another length")
	}
	if left := files(t, dir); len(left) != 1 {
		t.Errorf("files %v", left)
	}
}

func TestDamageIsNoticed(t *testing.T) {
	dir := t.TempDir()
	s := cache.Open(dir, 1<<20)
	k := key(t, s, "a")
	if err := s.Put(k, make([]float64, 10)); err != nil {
		t.Fatal(err)
	}
	path := files(t, dir)[0]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		damaged := append([]byte(nil), whole...)
		damaged[at] ^= 1
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, found := s.Get(k, 10); found {
			t.Fatalf("byte %d is wrong, and was not noticed", at)
		}
	}
}

func TestUnusedGoFirst(t *testing.T) {
	dir := t.TempDir()
	s := cache.Open(dir, 3*(800+64))
	for i := range 3 {
		if err := s.Put(key(t, s, fmt.Sprint(i)), make([]float64, 100)); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-time.Hour)
	for _, path := range files(t, dir) {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	for _, i := range []int{0, 2} { // used once more
		s.Get(key(t, s, fmt.Sprint(i)), 100)
	}
	if err := s.Put(key(t, s, "3"), make([]float64, 100)); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false, true, true} {
		if _, found := s.Get(key(t, s, fmt.Sprint(i)), 100); found != want {
			t.Errorf("%d: found %v", i, found)
		}
	}
	if err := s.Put(key(t, s, "4"), make([]float64, 1000)); err == nil {
		t.Error("an array larger than the store was put")
	}
}
