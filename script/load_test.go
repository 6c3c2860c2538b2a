package script_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"soma"
	"soma/script"
)

// chunk is a program of a file of test data, which holds several, separated by
// lines of ---. Its text begins with empty lines, so that its line numbers are
// those of the file.
type chunk struct {
	file string
	line int
	text string
}

func chunks(t *testing.T, pattern string) []chunk {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no test data in %s (%v)", pattern, err)
	}
	var list []chunk
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		line := 0
		for _, part := range strings.Split(string(content), "\n---\n") {
			list = append(list, chunk{filepath.Base(path), line + 1, strings.Repeat("\n", line) + part})
			line += strings.Count(part, "\n") + 2
		}
	}
	return list
}

func (c chunk) name() string { return fmt.Sprintf("%s:%d", c.file, c.line) }

// load loads a text as a model file.
func load(t testing.TB, text string, opts script.Options) (*script.Model, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "model.star")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return script.Load(path, opts)
}

var expectation = regexp.MustCompile(`### ("(?:[^"\\]|\\.)*")`)

// expectations are the patterns behind ### on each line.
func (c chunk) expectations(t *testing.T) map[int][]*regexp.Regexp {
	wanted := map[int][]*regexp.Regexp{}
	for i, line := range strings.Split(c.text, "\n") {
		for _, match := range expectation.FindAllStringSubmatch(line, -1) {
			pattern, err := strconv.Unquote(match[1])
			if err != nil {
				t.Fatalf("line %d: %v", i+1, err)
			}
			wanted[i+1] = append(wanted[i+1], regexp.MustCompile(pattern))
		}
	}
	return wanted
}

// TestErrors loads programs with mistakes: every line must give exactly the
// errors that are marked on it.
func TestErrors(t *testing.T) {
	for _, c := range chunks(t, "testdata/errors/*.star") {
		t.Run(c.name(), func(t *testing.T) {
			_, err := load(t, c.text, script.Options{})
			wanted := c.expectations(t)
			for _, e := range soma.AsErrors(err) {
				text := strings.TrimPrefix(e.Error(), e.Pos.File)
				left := wanted[e.Pos.Line]
				found := false
				for i, pattern := range left {
					if pattern.MatchString(text) {
						wanted[e.Pos.Line] = append(left[:i:i], left[i+1:]...)
						found = true
						break
					}
				}
				if !found {
					t.Errorf("unexpected: %s", text)
				}
			}
			for line, patterns := range wanted {
				for _, p := range patterns {
					t.Errorf("%s:%d: no error matches %q", c.file, line, p)
				}
			}
		})
	}
}

// TestPrograms loads programs without mistakes and compares what they print
// with their comments that begin with #>.
func TestPrograms(t *testing.T) {
	for _, c := range chunks(t, "testdata/good/*.star") {
		t.Run(c.name(), func(t *testing.T) {
			var printed, wanted []string
			for _, line := range strings.Split(c.text, "\n") {
				if _, text, ok := strings.Cut(line, "#> "); ok {
					wanted = append(wanted, strings.TrimSpace(text))
				}
			}
			_, err := load(t, c.text, script.Options{Print: func(text string) { printed = append(printed, text) }})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(wanted, printed); diff != "" {
				t.Errorf("printed (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAllMistakesAtOnce is the promise of the package: ten different mistakes,
// ten errors.
func TestAllMistakesAtOnce(t *testing.T) {
	const text = `model = Network("ten", sed = 1)
cell = model.ensemble(50, dimensions = 2, radus = 2)
other = model.ensemble("many", neuron = neuron.LIFF())
third = model.ensemble(10, radius = -1, neuron = neuron.LIF(tau_rc = -20*ms))
source = model.node(lambda t: coss(8*t))
model.conect(source, cell)
model.connect(cell, third, function = lambda x: None)
model.probe(cell.neurons, "voltag")
model.connect(cell[2], third)
figure("a/b", lines("decoded"))
simulate(1*second)
`
	_, err := load(t, text, script.Options{})
	var got []string
	for _, e := range soma.AsErrors(err) {
		got = append(got, strings.Join([]string{e.Pos.String()[strings.Index(e.Pos.String(), ".star")+6:], e.Object, e.Field}, " "))
	}
	want := []string{
		"1:24 Network sed",
		"2:43 cell radus",
		"3:24 other n",
		"3:48 neuron ",
		"4:28 third radius",
		"4:61 third neuron.tau_rc",
		"5:31  ",
		"6:7  ",
		"7:28 cell->third function",
		"8:27 probe1 what",
		"9:15 cell ",
		"10:8 figure name",
		"10:21 lines ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("errors (-want +got):\n%s\n%v", diff, err)
	}
}
