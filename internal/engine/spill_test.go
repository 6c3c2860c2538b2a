package engine_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"soma/internal/engine"
	"soma/internal/kernel"
)

// spilling runs an engine whose recordings outgrow a limit in bytes.
func spilling(t *testing.T, limit int64) (*engine.Engine, string) {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder) // Windows
	e, err := engine.New(compiled(t, randomNetwork(1), kernel.Portable).Program, engine.Options{Threads: 1, RecordBytes: limit})
	if err != nil {
		t.Fatal(err)
	}
	return e, folder
}

// What goes through the temporary file comes back to the last bit, whatever the
// limit, in one Run or many, and after a Reset.
func TestSpillingChangesNothing(t *testing.T) {
	for seed := range uint64(4) {
		p := compiled(t, randomNetwork(seed), kernel.Portable).Program
		whole, err := engine.New(p, engine.Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := whole.Run(context.Background(), 300); err != nil {
			t.Fatal(err)
		}
		for _, limit := range []int64{1, 1000, 30_000, 1 << 40} {
			e, err := engine.New(p, engine.Options{Threads: 1, RecordBytes: limit})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := errors.Join(e.Reset(), e.Run(context.Background(), 123), e.Run(context.Background(), 177)); err != nil {
					t.Fatal(err)
				}
				for _, r := range records(p) {
					got := e.Recorded(r)
					if diff := different(got, whole.Recorded(r)); diff != "" {
						t.Errorf("network %d, limit %d, %s: %s", seed, limit, r.Object(), diff)
					}
					if n := max(len(got.Values), len(got.Steps)); n != e.Kept(r) {
						t.Errorf("network %d, limit %d, %s: %d kept, %d recorded", seed, limit, r.Object(), e.Kept(r), n)
					}
				}
			}
			if limit == 1 && e.Spilled() == 0 || limit == 1<<40 && e.Spilled() > 0 {
				t.Errorf("network %d, limit %d: %d bytes in the file", seed, limit, e.Spilled())
			}
		}
	}
}

// No name is left for anybody to clear away, even while the engine runs.
func TestTheTemporaryFileHasNoName(t *testing.T) {
	e, folder := spilling(t, 100)
	if err := e.Run(context.Background(), 100); err != nil {
		t.Fatal(err)
	}
	if e.Spilled() == 0 {
		t.Fatal("nothing was spilled")
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) > 0 && os.PathSeparator == '/' {
		t.Errorf("%s is left", entries[0].Name())
	}
	if err := e.Reset(); err != nil || e.Spilled() != 0 {
		t.Errorf("after a reset %d bytes are left (%v)", e.Spilled(), err)
	}
}

func TestSpillingFails(t *testing.T) {
	e, folder := spilling(t, 100)
	t.Setenv("TMPDIR", filepath.Join(folder, "absent"))
	t.Setenv("TMP", filepath.Join(folder, "absent"))
	err := e.Run(context.Background(), 100)
	var fault *engine.Fault
	if !errors.As(err, &fault) || fault.Field != "recording" || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want a fault of the recording", err)
	}
}
