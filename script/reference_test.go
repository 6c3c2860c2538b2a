package script

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/model-files.md")

const referencePath = "../docs/model-files.md"

// TestReferenceIsFresh compares the committed reference with the tables.
func TestReferenceIsFresh(t *testing.T) {
	if *update {
		if err := os.MkdirAll(filepath.Dir(referencePath), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(referencePath, []byte(Reference()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(referencePath)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(committed), Reference()); diff != "" {
		t.Errorf("docs/model-files.md is not fresh; run go generate ./script (-committed +made):\n%s", diff)
	}
}

// TestReferenceIsComplete looks for every name of the language.
func TestReferenceIsComplete(t *testing.T) {
	text := Reference()
	for name, v := range (&session{}).names() {
		if isPseudoName(name) {
			continue
		}
		if !strings.Contains(text, "`"+name) {
			t.Errorf("no %q in the reference", name)
		}
		if space, ok := v.(*namespace); ok {
			for _, member := range space.AttrNames() {
				if !strings.Contains(text, "`"+name+"."+member+"`") {
					t.Errorf("no %q in the reference", name+"."+member)
				}
			}
		}
	}
}

// TestReferenceExamples checks that the examples of the introduction are the
// programs that are tested.
func TestReferenceExamples(t *testing.T) {
	for _, name := range []string{"note", "brunel"} {
		program, err := os.ReadFile("testdata/good/" + name + ".star")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(Reference(), "```python\n"+string(program)+"```") {
			t.Errorf("no example is testdata/good/%s.star", name)
		}
	}
}
