package record

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// lay makes files below a folder; a name that ends in / is an empty folder.
func lay(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		path := filepath.Join(dir, name)
		folder := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			folder = path
		}
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		if folder != path {
			if err := os.WriteFile(path, []byte("precious"), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// names lists everything below a folder.
func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		list = append(list, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list[1:]
}

func TestForeignDirectoriesAreRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, dir string)
		want string
	}{
		{"a file", func(t *testing.T, dir string) { lay(t, dir, "../out") }, "a file, not a directory"},
		{"somebody's files", func(t *testing.T, dir string) { lay(t, dir, "thesis.tex") }, "holds no result of soma"},
		{"an empty folder in it", func(t *testing.T, dir string) { lay(t, dir, "plans/") }, "holds no result of soma"},
		{"another program's run.json", func(t *testing.T, dir string) { lay(t, dir, "run.json") }, "holds no result of soma"},
		{"a result with a note in it", func(t *testing.T, dir string) {
			store(t, dir, example())
			lay(t, dir, "notes.txt")
		}, "notes.txt in it is not part of the result"},
		{"a result with a folder in it", func(t *testing.T, dir string) {
			store(t, dir, example())
			lay(t, dir, "figures/drafts/")
		}, "figures/drafts in it is not part of the result"},
		{"a link to nothing", func(t *testing.T, dir string) {
			if err := os.Symlink(dir+"-elsewhere", dir); err != nil {
				t.Fatal(err)
			}
		}, "a link to nothing"},
		{"below a file", func(t *testing.T, dir string) {
			if err := os.RemoveAll(filepath.Dir(dir)); err != nil {
				t.Fatal(err)
			}
			lay(t, filepath.Dir(filepath.Dir(dir)), "parent")
		}, "directory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, "parent", "out")
			lay(t, root, "parent/")
			c.make(t, dir)
			before := names(t, root)
			for _, err := range []error{Check(dir), Write(dir, example(), NPZ)} {
				if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
					t.Errorf("got the error %v, want one line with %q", err, c.want)
				}
			}
			if after := names(t, root); fmt.Sprint(before) != fmt.Sprint(after) {
				t.Errorf("files before %v, after %v", before, after)
			}
		})
	}
}

func store(t *testing.T, dir string, r *Result) {
	t.Helper()
	if err := Write(dir, r, NPZ); err != nil {
		t.Fatal(err)
	}
}

func TestWhereResultsMayGo(t *testing.T) {
	for name, make := range map[string]func(t *testing.T, dir string){
		"new":                func(*testing.T, string) {},
		"empty":              func(t *testing.T, dir string) { lay(t, dir, "./") },
		"an earlier result":  func(t *testing.T, dir string) { store(t, dir, example()) },
		"seen by a Mac":      func(t *testing.T, dir string) { store(t, dir, example()); lay(t, dir, "figures/.DS_Store") },
		"a link to a result": func(t *testing.T, dir string) { store(t, dir+"-2", example()); link(t, dir+"-2", dir) },
	} {
		t.Run(name, func(t *testing.T) {
			parent := filepath.Join(t.TempDir(), "parent")
			dir := filepath.Join(parent, "out")
			make(t, dir)
			if err := Check(dir); err != nil {
				t.Fatal(err)
			}
			r := example()
			r.Run.Seed, r.Files = 42, nil
			store(t, dir, r)
			got, err := Read(dir)
			if err != nil || got.Run.Seed != 42 {
				t.Errorf("the new result is not there: %v", err)
			}
			if _, err := os.Stat(filepath.Join(dir, "figures")); err == nil {
				t.Error("a file of the old result is left")
			}
			for _, name := range names(t, parent) {
				if strings.HasPrefix(name, ".") {
					t.Errorf("%s is left over", name)
				}
			}
		})
	}
}

func link(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Symlink(from, to); err != nil {
		t.Fatal(err)
	}
}

// replacing is a write over an earlier result that fails in its n-th step.
func replacing(dir string, n int, fail func() error) error {
	r := example()
	r.Run.Seed = 42
	count := 0
	w := &writer{result: r, formats: []string{NPZ, CSV}, before: func(string) error {
		if count++; count == n {
			return fail()
		}
		return nil
	}}
	return w.write(dir)
}

// steps is how many steps replacing has: seven files and the move.
const steps = 8

func TestFailureLeavesTheOldResult(t *testing.T) {
	disk := errors.New("the disk is full")
	for n := 1; n <= steps+1; n++ {
		dir := filepath.Join(t.TempDir(), "out")
		store(t, dir, example())
		err := replacing(dir, n, func() error { return disk })
		wantErr, wantSeed := disk, example().Run.Seed
		if n > steps {
			wantErr, wantSeed = nil, 42
		}
		if !errors.Is(err, wantErr) {
			t.Errorf("step %d: error %v, want %v", n, err, wantErr)
		}
		if got, err := Read(dir); err != nil || got.Run.Seed != wantSeed {
			t.Errorf("step %d: the result is damaged: %v", n, err)
		}
		if left := names(t, filepath.Dir(dir)); strings.HasPrefix(left[0], ".") {
			t.Errorf("step %d: %s is left over", n, left[0])
		}
	}
}

// What a disk has no room for is left out and said so; the rest is a result.
func TestWriteRest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	r := example()
	w := &writer{result: r, formats: []string{NPZ, CSV}, rest: true, before: func(step string) error {
		if step == "write "+npzName {
			return &WriteError{Dir: dir, File: npzName, Err: syscall.ENOSPC}
		}
		return nil
	}}
	if err := w.write(dir); err != nil {
		t.Fatal(err)
	}
	run, err := ReadRun(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(run.Missing); got != "[data.npz]" || run.wrote(npzName, false) {
		t.Errorf("%s is missing, there are %v", got, run.Files)
	}
	store(t, dir, example())
	if run, err = ReadRun(dir); err != nil || len(run.Missing) > 0 {
		t.Errorf("a whole result lacks %v (%v)", run.Missing, err)
	}
}

// The test runs itself as a process that dies in the middle of a write.
func TestCrashLeavesTheOldResult(t *testing.T) {
	if dir := os.Getenv("RECORD_TEST_DIR"); dir != "" {
		var n int
		fmt.Sscan(os.Getenv("RECORD_TEST_STEP"), &n)
		replacing(dir, n, func() error { os.Exit(7); return nil })
		os.Exit(0)
	}
	for n := 1; n <= steps; n++ {
		dir := filepath.Join(t.TempDir(), "out")
		store(t, dir, example())
		cmd := exec.Command(os.Args[0], "-test.run=^TestCrashLeavesTheOldResult$")
		cmd.Env = append(os.Environ(), "RECORD_TEST_DIR="+dir, fmt.Sprintf("RECORD_TEST_STEP=%d", n))
		if err := cmd.Run(); cmd.ProcessState.ExitCode() != 7 {
			t.Fatalf("step %d: the process ended with %v", n, err)
		}
		if got, err := Read(dir); err != nil || got.Run.Seed != example().Run.Seed {
			t.Errorf("step %d: the old result is damaged: %v", n, err)
		}
		store(t, dir, example())
	}
}

// Without an exchange in one step, the old directory goes when the new one has
// come, and comes back when that fails.
func TestReplace(t *testing.T) {
	root := t.TempDir()
	lay(t, root, "out/old", "new/new")
	for _, c := range []struct {
		from, left string
		fails      bool
	}{
		{"missing", "[new new/new out out/old]", true},
		{"new", "[out out/new]", false},
	} {
		err := replace(filepath.Join(root, c.from), filepath.Join(root, "out"))
		if got := fmt.Sprint(names(t, root)); got != c.left || (err != nil) != c.fails {
			t.Errorf("%s: left %s, error %v; want %s", c.from, got, err, c.left)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct {
		name, want string
		damage     func(t *testing.T, dir string)
	}{
		{"nothing", "no run.json in it", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "run.json")) }},
		{"no arrays", "no data.npz", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "data.npz")) }},
		{"other run.json", "not a result of this version", func(t *testing.T, dir string) { lay(t, dir, "run.json") }},
		{"other arrays", "zip: not a valid zip file", func(t *testing.T, dir string) { lay(t, dir, "data.npz") }},
		{"cut arrays", "zip", func(t *testing.T, dir string) { os.Truncate(filepath.Join(dir, "data.npz"), 300) }},
	} {
		dir := filepath.Join(t.TempDir(), "out")
		store(t, dir, example())
		c.damage(t, dir)
		if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// FuzzReadNPY: whatever the bytes, reading gives numbers or an error.
func FuzzReadNPY(f *testing.F) {
	f.Add(append(npyHeader("<f8", []int{1}), 0, 0, 0, 0, 0, 0, 0xf0, 0x3f))
	f.Add(npyHeader("<i8", []int{0, 5}))
	f.Add(npyHeader("<f8", []int{4294967296, 4294967296}))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bytes.NewReader(data)
		h, err := readHead(r, uint64(len(data)))
		if err != nil {
			return
		}
		n := 1
		for _, size := range h.shape {
			n *= size
		}
		if got := len(h.decode(data[len(data)-r.Len():]).numbers()); got != n {
			t.Errorf("%d numbers for the shape %v", got, h.shape)
		}
	})
}
