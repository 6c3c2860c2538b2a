package record

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestAdd(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	store(t, dir, example())
	err := Add(dir, File{"figures/activity.svg", []byte("<svg>2</svg>")}, File{"figures/activity.pdf", []byte("%PDF")})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"figures/activity.svg": "<svg>2</svg>", "figures/activity.pdf": "%PDF"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s holds %q, want %q (%v)", name, got, want, err)
		}
	}
	r, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"data.npz", "figures/activity.svg", "run.json", "figures/activity.pdf"}; !slices.Equal(r.Run.Files, want) {
		t.Errorf("files %v, want %v", r.Run.Files, want)
	}
	if err := Check(dir); err != nil {
		t.Errorf("the result is no longer ours: %v", err)
	}
}

func TestAddRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	store(t, dir, example())
	lay(t, dir, "figures/mine.svg")
	for name, want := range map[string]string{"figures/mine.svg": "not part of the result", "../mine.svg": "leads out"} {
		if err := Add(dir, File{name, nil}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "figures/mine.svg")); string(text) != "precious" {
		t.Error("somebody's file was overwritten")
	}
}
