package soma_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors are the packages of the house from the ground up: a package imports
// only from floors below its own.
var floors = [][]string{
	{"unit", "internal/cache", "internal/elementary", "internal/param", "internal/suggest", "internal/tableau", "internal/team"},
	{"internal/rng"},
	{"internal/kernel"},
	{"internal/native"},
	{"internal/equation"},
	{"dist", "synapse"},
	{"connect", "neuron", "signal", "solve", "stats"},
	{"learn"},
	{""}, // the root: the model as data
	{"nef"},
	{"spa"},
	{"internal/program"},
	{"internal/compile", "internal/engine"},
	{"sim"},
	{"plot", "record", "internal/verify"},
	{"internal/edges"},
	{"script"},
	{"cmd"},
}

// strangers are packages that must not know networks at all.
var strangers = []string{"plot", "record", "stats"}

func floorOf(pkg string) int {
	for pkg != "" {
		for i, names := range floors {
			if slices.Contains(names, pkg) {
				return i
			}
		}
		pkg = strings.TrimPrefix(filepath.ToSlash(filepath.Dir(pkg)), ".")
	}
	return slices.IndexFunc(floors, func(names []string) bool { return slices.Contains(names, "") })
}

func TestImportsGoDownwards(t *testing.T) {
	imports := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != "." || d.Name() == "examples" || d.Name() == "gen" || d.Name() == "bench"):
			return filepath.SkipDir
		case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		from := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), ".")
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			to, ours := strings.CutPrefix(name, "soma")
			if !ours || to != "" && to[0] != '/' {
				continue
			}
			to = strings.TrimPrefix(to, "/")
			imports++
			if to != from && floorOf(to) >= floorOf(from) && !strings.HasPrefix(to, from+"/") {
				t.Errorf("%s imports soma/%s, which is not below it", path, to)
			}
			if slices.Contains(strangers, from) && floorOf(to) >= floorOf("") {
				t.Errorf("%s imports soma/%s; %s takes slices and knows no network", path, to, from)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if imports < 50 {
		t.Errorf("only %d imports seen", imports)
	}
}

// Whoever simulates from Go links no model files, figures or servers.
func TestTheLibraryIsSmall(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./sim").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(string(out)) {
		for _, heavy := range []string{"go.starlark.net", "gonum.org/v1/plot", "net/http", "github.com/spf13", "npyio", "github.com/parquet-go", "github.com/klauspost"} {
			if strings.HasPrefix(pkg, heavy) {
				t.Errorf("sim links %s", pkg)
			}
		}
	}
}
