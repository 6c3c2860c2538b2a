package examples_test

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"soma/script"
)

// The tutorial, in its two languages. What it quotes it marks with a comment
// before the block, <!-- examples/if_curve.star -->, and likewise the tables
// whose numbers are tested.
var tutorials = []string{"lif.md", "lif.zh.md"}

func read(t *testing.T, doc string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "docs", doc))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A block of code and its mark.
type block struct{ mark, code string }

var (
	marked = regexp.MustCompile("(?s)<!-- ([^\n]*?) -->\n```[a-z]+\n(.*?)```")
	code   = regexp.MustCompile("(?m)^```(python|go)$")
	link   = regexp.MustCompile(`!?\[[^\]]*\]\(([^)#]+)[^)]*\)`)
	figure = regexp.MustCompile(`!\[[^\]]*\]\(([^)]+)\)`)
	shell  = regexp.MustCompile(`(?m)^((?:\./soma|go run|go build) .*)$`)
	digits = regexp.MustCompile(`^[0-9]+(\.([0-9]+))?`)
	// GitHub takes a dollar sign right after a full-width character for itself.
	crowded = regexp.MustCompile(`[^\x00-\x7F]\$[^$\n]+\$`)
)

// blocks are the marked blocks of a text; with a mark, those alone.
func blocks(text, mark string) (list []block) {
	for _, m := range marked.FindAllStringSubmatch(text, -1) {
		if mark == "" || mark == m[1] {
			list = append(list, block{m[1], m[2]})
		}
	}
	return list
}

// table gives the cells of the rows of a marked table.
func table(t *testing.T, text, name string) (rows [][]string) {
	t.Helper()
	_, after, _ := strings.Cut(text, "<!-- table: "+name+" -->\n")
	for line := range strings.Lines(after) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		cells := strings.Split(strings.Trim(line, "| \n"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	if len(rows) < 3 {
		t.Fatalf("no table %q", name)
	}
	return rows[2:] // below the head and the line under it
}

// number is what a cell begins with.
func number(cell string) (float64, bool) {
	x, err := strconv.ParseFloat(digits.FindString(cell), 64)
	return x, err == nil
}

// shows checks that a cell shows a value, rounded to the digits it has.
func shows(t *testing.T, cell string, value float64) {
	t.Helper()
	x, ok := number(cell)
	decimals := len(digits.FindStringSubmatch(cell + " ")[2])
	if !ok || math.Abs(x-value) > 0.5001*math.Pow10(-decimals) {
		t.Errorf("the text says %q, it is %.*f", cell, decimals, value)
	}
}

func TestTutorialQuotesTheExamples(t *testing.T) {
	for _, doc := range tutorials {
		text := read(t, doc)
		quotes := blocks(text, "")
		if all := len(code.FindAllString(text, -1)); len(quotes) != all || all == 0 {
			t.Errorf("%s: %d blocks of code, %d of them marked", doc, all, len(quotes))
		}
		for _, b := range quotes {
			if strings.HasPrefix(b.mark, "edit: ") {
				continue
			}
			source, err := os.ReadFile(filepath.Join("..", b.mark))
			if err != nil {
				t.Errorf("%s: %v", doc, err)
			} else if !strings.Contains(string(source), b.code) {
				t.Errorf("%s: this is not in %s:\n%s", doc, b.mark, b.code)
			}
		}
	}
}

func TestTutorialsSayTheSame(t *testing.T) {
	first, second := read(t, tutorials[0]), read(t, tutorials[1])
	if !slices.Equal(blocks(first, ""), blocks(second, "")) {
		t.Error("the languages differ in their code")
	}
	for what, find := range map[string]*regexp.Regexp{"commands": shell, "figures": figure} {
		one, other := find.FindAllStringSubmatch(first, -1), find.FindAllStringSubmatch(second, -1)
		same := func(a, b []string) bool { return a[1] == b[1] }
		if len(one) == 0 || !slices.EqualFunc(one, other, same) {
			t.Errorf("the languages differ in their %s:\n%q\n%q", what, one, other)
		}
	}
	if one, other := strings.Count(first, "\n$$"), strings.Count(second, "\n$$"); one != other {
		t.Errorf("%d displayed formulas in one language, %d in the other", one, other)
	}
	if m := crowded.FindString(second); m != "" {
		t.Errorf("a formula right after a full-width character: %q", m)
	}
}

func TestLinksOfTheDocs(t *testing.T) {
	files, err := filepath.Glob("../docs/*.md")
	networks, _ := filepath.Glob("../docs/n*/*.md")
	if files = append(files, networks...); err != nil || len(files) < len(tutorials)+len(networks) || len(networks) < 6 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), m[1])); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

// Each figure of the tutorial is one that an example draws, and is small.
func TestFiguresOfTheTutorial(t *testing.T) {
	drawn := drawnFigures(t)
	for _, m := range figure.FindAllStringSubmatch(read(t, tutorials[0]), -1) {
		if !drawn[filepath.Base(m[1])] {
			t.Errorf("no example draws %s", m[1])
		}
		if info, err := os.Stat(filepath.Join("..", "docs", m[1])); err != nil || info.Size() > 120e3 {
			t.Errorf("%s: missing, or larger than 120 kB: %v", m[1], err)
		}
	}
}

// drawnFigures are the files that the examples write.
func drawnFigures(t *testing.T) map[string]bool {
	t.Helper()
	examples, err := filepath.Glob("*.star")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for _, file := range examples {
		model, err := script.Load(file, script.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range model.Figures {
			drawn[f.Name+".png"] = true
		}
	}
	return drawn
}

// Each page about a network shows figures that are small, and commands that run
// examples there are; what it quotes, it quotes truly.
func TestPagesAboutNetworks(t *testing.T) {
	for _, folder := range []string{"networks", "nef"} {
		checkPages(t, folder)
	}
}

func checkPages(t *testing.T, folder string) {
	t.Helper()
	pages, err := filepath.Glob("../docs/" + folder + "/*.md")
	if err != nil || len(pages) < 3 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	index := read(t, folder+"/README.md")
	for _, page := range pages {
		name := filepath.Base(page)
		if name == "README.md" {
			continue
		}
		if !strings.Contains(index, "("+name+")") {
			t.Errorf("%s is not in the index", name)
		}
		text := read(t, folder+"/"+name)
		for _, b := range blocks(text, "") {
			if source, err := os.ReadFile(filepath.Join("..", b.mark)); err != nil || !strings.Contains(string(source), b.code) {
				t.Errorf("%s: this is not in %s: %v\n%s", name, b.mark, err, b.code)
			}
		}
		figures, commands := figure.FindAllStringSubmatch(text, -1), shell.FindAllString(text, -1)
		if len(figures) == 0 || len(commands) == 0 {
			t.Errorf("%s has %d figures and %d commands", name, len(figures), len(commands))
		}
		for _, m := range figures {
			if info, err := os.Stat(filepath.Join("../docs", folder, m[1])); err != nil || info.Size() > 150e3 {
				t.Errorf("%s: %s is missing, or larger than 150 kB: %v", name, m[1], err)
			}
		}
		for _, command := range commands {
			if _, err := os.Stat(filepath.Join("..", strings.Fields(command)[2])); err != nil {
				t.Errorf("%s: %q: %v", name, command, err)
			}
		}
	}
}

// ours are names of model files in a text.
var ours = regexp.MustCompile("`((?:model|neuron|synapse|dist|solve|learn|connect|signal|nef|spa)\\.[a-z]\\w*|neuron\\.[A-Z]\\w+|[a-z]\\w+\\()")

// Every name of ours that stands beside one of Nengo's exists.
func TestNamesBesideNengo(t *testing.T) {
	reference, checked := read(t, "model-files.md"), 0
	goNames := regexp.MustCompile(`^neuron\.Model$`)
	for line := range strings.Lines(read(t, "nengo.md")) {
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(line, "|")
		for _, m := range ours.FindAllStringSubmatch(cells[2], -1) {
			name, call := strings.CutSuffix(m[1], "(")
			if goNames.MatchString(name) || call && slices.Contains([]string{"simulate", "param"}, name) {
				continue
			}
			if checked++; !strings.Contains(reference, "### `"+name+"`\n") {
				t.Errorf("there is no %s in model files: %s", name, strings.TrimSpace(line))
			}
		}
	}
	if checked < 75 {
		t.Errorf("%d names", checked)
	}
}

// The models beside Nengo's are models.
func TestModelsBesideNengo(t *testing.T) {
	ours := regexp.MustCompile("(?s)```python\n([^\n]*# soma\n.*?)```").FindAllStringSubmatch(read(t, "nengo.md"), -1)
	if len(ours) != 2 {
		t.Fatalf("%d models", len(ours))
	}
	for _, m := range ours {
		source := m[1]
		if !strings.Contains(source, "Network(") {
			source = "model = Network(\"pointers\")\n" + source + "simulate(1*ms)\n"
		}
		file := filepath.Join(t.TempDir(), "model.star")
		if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
		if model, err := script.Load(file, script.Options{}); err != nil || model.Network == nil {
			t.Errorf("%v:\n%s", err, source)
		}
	}
}
