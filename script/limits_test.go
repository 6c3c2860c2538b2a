package script_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"soma/script"
)

// bombs are programs that must end with an error, soon and in little memory:
// that one step makes too much, or that all together need too much.
var bombs = []struct{ name, text, want string }{
	{"endless loop", "x = 1\nwhile True:\n    x += 1\n", ":3:7: it takes too many steps; look for a loop that does not end"},
	{"endless loop in a function", "def f():\n    while True:\n        pass\nf()\n", ":2:5: it takes too many steps"},
	{"endless recursion", "def f(x):\n    return f(x + 1)\nf(0)\n", ": functions call each other too deeply; let the recursion end earlier"},
	{"repeated list", "x = [0] * 1000000000\n", ":1:9: the result is too large"},
	{"repeated list in place", "x = [0]\nx *= 1000000000\n", "the result is too large"},
	{"repeated string", "x = \"a\" * 10000000000\n", ":1:9: the result is too large"},
	{"repeated tuple", "x = 2000000000 * (1,)\n", "the result is too large"},
	{"doubled list", "x = [0]\nwhile True:\n    x = x + x\n", ":3:11: "},
	{"doubled list in place", "x = [0]\nwhile True:\n    x += x\n", ":3:7: "},
	{"doubled tuple", "x = (0,)\nwhile True:\n    x = x + x\n", ":3:11: "},
	{"extended list", "x = [0]\nwhile True:\n    x.extend(x)\n", "model.star:3:"},
	{"doubled string", "x = \"a\"\nwhile True:\n    x += x\n", ":3:7: "},
	{"growing list", "x = [[]]\nwhile True:\n    x.append(list(range(100000)))\n", "MiB of memory"},
	{"large range", "x = list(range(1000000000000))\n", ""},
	{"nested comprehension", "x = [[0 for i in range(10000000)] for j in range(10000000)]\n", ""},
	{"large number", "x = 3\nwhile True:\n    x = x * x\n", ":3:11: the result is too large"},
	{"deep list", "x = []\nfor i in range(100000):\n    x = [x]\nprint(x)\n", "nested too deeply"},
	{"deep list, only kept", "x = []\nfor i in range(100000):\n    x = [x]\n", ": x: its value is nested too deeply"},
	{"shared list", "x = [1]\nfor i in range(60):\n    x = [x, x]\nprint(str(x))\n", "too large, or nested too deeply"},
	{"shared tuple, only kept", "x = (1,)\nfor i in range(60):\n    x = (x, x)\n", "nested too deeply, or too large"},
	{"joined string", "x = (\"a\" * 1000000).join([\"b\"] * 1000000)\n", "the result is too large"},
	{"replaced string", "x = (\"a\" * 1000000).replace(\"a\", \"b\" * 1000000)\n", "the result is too large"},
	{"formatted string", "x = (\"{0}\" * 1000000).format(\"b\" * 1000000)\n", "the result is too large"},
	{"formatted tuple", "x = (\"%s\" * 1000000) % ((\"b\" * 1000000,) * 1000000)\n", "the result is too large"},
	{"large array", "x = zeros((100000, 100000))\n", "the most is"},
	{"outer product", "x = reshape(zeros(100000), (-1, 1)) + zeros(100000)\n", "the most is"},
	{"matrix product", "x = matmul(ones((1500, 1500)), ones((1500, 1500)))\n", "too large"},
	{"sum of a large range", "x = sum(range(100000000))\n", "the most is"},
}

func TestBombs(t *testing.T) {
	opts := script.Options{MaxSteps: 5_000_000, MaxMemory: 64 << 20, MaxTime: time.Minute}
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
			defer cancel()
			errs := make(chan error, 1)
			go func() {
				_, err := load(t, b.text, opts)
				errs <- err
			}()
			select {
			case err := <-errs:
				if err == nil || !strings.Contains(err.Error(), b.want) {
					t.Errorf("error %v, want %q", err, b.want)
				}
			case <-ctx.Done():
				t.Fatal("it does not end")
			}
		})
	}
}

func TestTimeIsLimited(t *testing.T) {
	_, err := load(t, "while True:\n    pass\n", script.Options{MaxSteps: 1 << 62, MaxTime: 50 * time.Millisecond})
	if err == nil || !strings.Contains(err.Error(), "it takes too long") {
		t.Errorf("error %v", err)
	}
}

// folder writes files and gives the path of model.star among them.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "model.star")
}

const ending = "model = Network('m')\nmodel.node(1)\nsimulate(1)\n"

func TestLoadStatement(t *testing.T) {
	path := folder(t, map[string]string{
		"model.star":       "load('parts/cells.star', 'make', size = 'n')\nmodel = Network('m')\nmake(model, size)\nsimulate(1)\n",
		"parts/cells.star": "load('parts/sizes.star', 'three')\nn = 4 * three\ndef make(net, n):\n    return net.ensemble(n)\n",
		"parts/sizes.star": "three = 3\n",
	})
	m, err := script.Load(path, script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := m.Network.Ensembles[0]
	if e.N != 12 || e.Name != "ensemble1" {
		t.Errorf("ensemble %q of %d neurons", e.Name, e.N)
	}
	if got := e.Pos.String(); !strings.HasSuffix(got, filepath.Join("parts", "cells.star")+":4:12") {
		t.Errorf("made at %s", got)
	}
	if len(m.Files) != 3 || m.Files[0] != path {
		t.Errorf("files %v", m.Files)
	}
}

func TestLoadErrors(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"circle", map[string]string{
			"model.star": "load('a.star', 'x')\n" + ending,
			"a.star":     "load('b.star', 'y')\nx = y\n",
			"b.star":     "load('a.star', 'x')\ny = 1\n",
		}, []string{"b.star:1:6: load: files load each other in a circle: "}},
		{"missing name", map[string]string{
			"model.star": "load('a.star', 'cels')\nprint(cels + 1)\n" + ending,
			"a.star":     "cells = 3\n",
		}, []string{"model.star:1:17: load: a.star defines no \"cels\" (did you mean \"cells\"?); it defines: cells"}},
		{"mistakes in both", map[string]string{
			"model.star": "load('a.star', 'f')\nmodel = Network('m', sed = 1)\nf(model)\nsimulate(1)\n",
			"a.star":     "def f(net):\n    net.ensemble(10, radus = 2)\n",
		}, []string{"model.star:2:22: Network.sed", "a.star:2:22: ensemble1.radus: there is no such parameter (did you mean \"radius\"?)"}},
		{"syntax", map[string]string{
			"model.star": "load('a.star', 'f')\n" + ending,
			"a.star":     "def f(:\n",
		}, []string{"a.star:1:8: syntax error"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := script.Load(folder(t, test.files), script.Options{})
			if err == nil {
				t.Fatal("no error")
			}
			lines := strings.Split(err.Error(), "\n")
			if len(lines) != len(test.want) {
				t.Fatalf("%d errors, want %d:\n%v", len(lines), len(test.want), err)
			}
			for i, want := range test.want {
				if !strings.Contains(lines[i], want) {
					t.Errorf("error %q, want %q", lines[i], want)
				}
			}
		})
	}
}

// TestLoadStaysInFolder refuses a link that leads out of the model's folder.
func TestLoadStaysInFolder(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.star")
	if err := os.WriteFile(secret, []byte("x = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := folder(t, map[string]string{"model.star": "load('link.star', 'x')\nload('.', 'y')\n" + ending})
	if err := os.Symlink(secret, filepath.Join(filepath.Dir(path), "link.star")); err != nil {
		t.Fatal(err)
	}
	_, err := script.Load(path, script.Options{})
	if err == nil || strings.Count(err.Error(), "load: cannot read") != 2 {
		t.Errorf("error %v", err)
	}
}

func TestMissingFile(t *testing.T) {
	_, err := script.Load(filepath.Join(t.TempDir(), "absent.star"), script.Options{})
	if err == nil || !strings.Contains(err.Error(), "no such file or directory; give the path of a model file") {
		t.Errorf("error %v", err)
	}
}
