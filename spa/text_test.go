package spa_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"soma"
	"soma/spa"
)

func vocabulary(t testing.TB, d int, pointers string) *spa.Vocabulary {
	t.Helper()
	v := spa.NewVocabulary(d)
	if err := v.Populate(pointers); err != nil {
		t.Fatal(err)
	}
	return v
}

// Expressions that mean the same.
func TestExpressions(t *testing.T) {
	v := vocabulary(t, 16, "A; B; C; U.unitary()")
	for _, c := range [][2]string{
		{"A*B+C", "(A * B) + C"},
		{"A - B - C", "A + (-B) + (-C)"},
		{"-A*B", "-(A*B)"},
		{"~A*B", "(~A)*B"},
		{"~~A", "A"},
		{"2*A", "A + A"},
		{"A*0.5*2", "A"},
		{"A*Identity", "A"},
		{"A + 0", "A"},
		{"A + Zero", "A"},
		{"dot(A, A)*B", "B"},
		{"A*U*~U", "A"},
		{"1", "Identity"},
		{"0", "Zero"},
		{"(3*A).normalized()", "A"},
		{"1.5e0*A - 5e-1*A", "A"},
		{"translate(A)", "reinterpret(A)"},
	} {
		x, err := v.Parse(c[0])
		if err != nil {
			t.Errorf("%s: %v", c[0], err)
			continue
		}
		y, err := v.Parse(c[1])
		if err != nil {
			t.Fatal(err)
		}
		for i := range x {
			if math.Abs(x[i]-y[i]) > 1e-12 {
				t.Errorf("%s is not %s", c[0], c[1])
				break
			}
		}
	}
}

func TestTextMistakes(t *testing.T) {
	v := vocabulary(t, 16, "A; Blue; C")
	parse := func(text string) error { _, err := v.Parse(text); return err }
	modules := spa.Modules{}
	net := soma.New("mistakes", 1)
	other := vocabulary(t, 8, "X; Y")
	small := vocabulary(t, 16, "Z")
	for name, vocab := range map[string]*spa.Vocabulary{"a": v, "b": v, "other": other, "small": small} {
		modules[name] = spa.State{Vocab: vocab, NeuronsPerDimension: 1}.Add(net, name).Module()
	}
	modules["number"] = spa.Scalar{}.Add(net, "number").Module()
	modules["source"] = spa.Transcode{Vocab: v, Pieces: []spa.Piece{{Text: "A"}}}.Add(net, "source").Module()
	connect := func(text string) error {
		_, err := spa.Route(net, modules, text)
		if err == nil {
			return nil
		}
		return err
	}
	for _, c := range []struct {
		run     func(string) error
		text    string
		at      int
		problem string
	}{
		{parse, "A*", 2, "an expression is missing before end of the text"},
		{parse, "A B", 2, `unexpected "B"`},
		{parse, "(A", 2, `")" is missing before end of the text`},
		{parse, "A + D", 4, `has no pointer "D"`},
		{parse, "Bleu", 0, `did you mean "Blue"`},
		{parse, "a*A", 0, "a module, a, where only pointers can stand"},
		{parse, "A + 1", 2, "a vector and a number cannot be added"},
		{parse, "2", 0, "a number where a vector is wanted"},
		{parse, "~2", 0, "a number where a vector is wanted"},
		{parse, "A.square()", 2, `a pointer has no "square"`},
		{parse, "dot(A)", 5, `"," is missing before ")"`},
		{parse, "norm(A)", 0, `there is no function "norm"`},
		{parse, "1.2.3*A", 0, `"1.2.3" is no number`},
		{parse, "A $ C", 2, `unexpected "$"`},
		{v.Populate, "D; d", 3, `"d" cannot be the name of a pointer`},
		{v.Populate, "E; A", 3, `"A" is in the vocabulary already`},
		{v.Populate, "Identity", 0, "has a meaning already"},
		{v.Populate, "F = A * (C", 10, `")" is missing`},
		{v.Populate, "F * 2", 2, `unexpected "*"`},
		{v.Populate, "F.u()", 2, `a pointer has no "u"`},
		{connect, "a * b", 5, `"->" is missing before end of the text`},
		{connect, "a -> ", 5, "a name is missing before end of the text"},
		{connect, "a -> nothing", 5, `there is no module "nothing"`},
		{connect, "nubmer -> number", 0, `did you mean "number"`},
		{connect, "a -> source", 5, "source takes no input"},
		{connect, "a -> number", 0, "a vector into number, which represents a number"},
		{connect, "number -> a", 0, "a number into a, which represents a vector"},
		{connect, "a -> other", 0, "a vector of the vocabulary of 16 dimensions into one of the vocabulary of 8 dimensions"},
		{connect, "a + other -> a", 2, "vectors of the vocabulary of 16 dimensions and of"},
		{connect, "a + number -> a", 2, "a vector and a number cannot be added"},
		{connect, "translate(other) -> a", 0, "have no pointer in common"},
		{connect, "reinterpret(other) -> a", 0, "8 dimensions cannot be taken for 16"},
		{connect, "dot(A, Blue) -> number", 0, "it cannot be told of which vocabulary these are"},
		{connect, "dot(number, A) -> number", 4, "dot of a number"},
		{connect, "X -> a", 0, `has no pointer "X"`},
		{connect, "a.unitary() -> b", 0, `there is no function "a.unitary"`},
		{connect, "(a).unitary() -> b", 4, "unitary of what a module represents"},
		{connect, "2 -> a", 0, "a number where a vector is wanted"},
		{connect, strings.Repeat("(", 500) + "a -> b", 100, "nested too deeply"},
	} {
		err := c.run(c.text)
		var e *spa.TextError
		if !errors.As(err, &e) {
			t.Errorf("%.40q: got %v, want a TextError", c.text, err)
			continue
		}
		if e.At != c.at || !strings.Contains(e.Problem, c.problem) {
			t.Errorf("%.40q: %q at %d, want %q at %d", c.text, e.Problem, e.At, c.problem, c.at)
		}
	}
}

// No text makes the parser fail otherwise than with a TextError.
func FuzzText(f *testing.F) {
	for _, text := range []string{"A*B + ~C", "dot(state, A)", "-0.5*(A.unitary())", "a.b", "1e", "A..", "~~~", "translate(A) -> b", "É*A", "\x80"} {
		f.Add(text)
	}
	v := vocabulary(f, 4, "A; B; C")
	f.Fuzz(func(t *testing.T, text string) {
		var e *spa.TextError
		if _, err := v.Parse(text); err != nil && (!errors.As(err, &e) || e.At < 0 || e.At > len(text)) {
			t.Errorf("%q: %v", text, err)
		}
		net := soma.New("fuzz", 1)
		modules := spa.Modules{"a": spa.Scalar{}.Add(net, "a").Module(), "b": spa.State{Vocab: v, NeuronsPerDimension: 1}.Add(net, "b").Module()}
		if _, err := spa.Route(net, modules, text+" -> b"); err != nil && (err.At < 0 || err.At > len(err.Text)) {
			t.Errorf("%q: %v", text, err)
		}
	})
}
