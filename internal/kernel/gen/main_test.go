package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The committed files are those that this program writes, but for the first
// line, which holds the command.
func TestCommittedFilesAreUpToDate(t *testing.T) {
	dir := t.TempDir()
	assembly, stubs := filepath.Join(dir, "kernel_amd64.s"), filepath.Join(dir, "stubs_amd64.go")
	generate := exec.Command("go", "run", ".", "-out", assembly, "-stubs", stubs, "-pkg", "kernel")
	if out, err := generate.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, path := range []string{assembly, stubs} {
		if !bytes.Equal(body(t, path), body(t, filepath.Join("..", filepath.Base(path)))) {
			t.Errorf("%s is not up to date: run go generate in package kernel", filepath.Base(path))
		}
	}
}

func body(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	return rest
}
