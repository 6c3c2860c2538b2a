package script

import (
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"soma"
	"soma/signal"
)

// expressions of a and b, which are floats; compiled says whether they should
// not need the interpreter.
var expressions = []struct {
	text     string
	compiled bool
}{
	{"a", true},
	{"3", true},
	{"cos(8*a)", true},
	{"a + b*2 - 3/b", true},
	{"a // b + a % b", true},
	{"-a", true},
	{"+a * -2", true},
	{"7 // 2 + a", true},
	{"-7 // 2 * 1.5", true},
	{"-7 % 3 + 7 % -3", true},
	{"2 * 3 * a", true},
	{"a if a > b else b", true},
	{"0 if a > b else a", true},
	{"-(0.0 if a > b else a)", true},
	{"(0 if a > b else a) * b", true},
	{"(0 if a > b else 1) * -1", true},
	{"(0 if a > b else a) * -1", false},
	{"a > b", true},
	{"a > b and a < 2 or not b <= 1", true},
	{"a and b", false},
	{"1 if a else 2", true},
	{"a == b, a != b", true},
	{"[a, b, a*b]", true},
	{"floor(a)", true},
	{"floor(a) % 2", true},
	{"-floor(-a) // 3", true},
	{"floor(a) * floor(b) * floor(a*b)", true},
	{"floor(a) / floor(b)", true},
	{"ceil(a) - 1", true},
	{"abs(a) + abs(floor(b)) + abs(-3)", true},
	{"sqrt(a) + log(b)", true},
	{"exp(a) / exp(b)", true},
	{"1 / exp(a)", true},
	{"tanh(a) + tan(b) + sin(a)", true},
	{"pow(a, b) + pow(a, 2) + pow(2, b)", true},
	{"min(a, b) + max(a, b) + max(a, 0) + min(0, floor(b))", true},
	{"gain * a + offset", true},
	{"pi * a + e + ms", true},
	{"a * 9007199254740993", false},
	{"1 / 0 if a > 100 else a", false},
	{"5 if False else a", true},
	{"float(floor(a)) / 2", true},
	{"helper(a)", false},
	{"sum([a, b])", false},
	{"(a, b)", true},
	{"[a] + [b]", false},
	{"scale * a", true},
}

// loadFunctions makes a file in which function i computes expression i of its
// input x = [a, b], and gives the routines behind.
func loadFunctions(t testing.TB, texts []string) []*routine {
	t.Helper()
	var b strings.Builder
	b.WriteString("model = Network('f')\ngain = 2.5\noffset = -1\ndef helper(z):\n    return z\n")
	b.WriteString("def make(scale):\n    return [\n")
	for _, text := range texts {
		fmt.Fprintf(&b, "        lambda t, x: (%s),\n", replaceNames(text))
	}
	b.WriteString("    ]\nfor f in make(3):\n    model.node(f, size_in = 2)\nsimulate(1)\n")
	path := filepath.Join(t.TempDir(), "model.star")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newSession(path, Options{}.withDefaults())
	defer s.close()
	s.execute()
	for _, r := range s.routines {
		r.measured, r.size = true, 1
		r.files = s.files
		caller := r.newCaller()
		for _, x := range [][]float64{{0.5, 0.25}, {3.5, 1.5}} {
			if v, err := caller.interpret(0, x); err == nil {
				r.size, _ = r.count(v)
				break
			}
		}
		r.program = s.compile(r)
	}
	if len(s.routines) != len(texts) {
		t.Fatalf("%d functions of %d; %v", len(s.routines), len(texts), s.allErrors())
	}
	return s.routines
}

// replaceNames puts x[0] and x[1] where a and b stand as words.
func replaceNames(text string) string {
	isWord := func(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		alone := (i == 0 || !isWord(text[i-1])) && (i+1 == len(text) || !isWord(text[i+1]))
		switch {
		case alone && text[i] == 'a':
			out.WriteString("x[0]")
		case alone && text[i] == 'b':
			out.WriteString("x[1]")
		default:
			out.WriteByte(text[i])
		}
	}
	return out.String()
}

var awkward = []float64{
	0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 2, -3, 7.25, 1e-300, 5e-324, 1e300, -1e300,
	1 << 53, 1<<53 + 2, 710, -746, math.Pi, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(),
}

// TestCompiledEqualsInterpreted compares results and errors of the two ways to
// evaluate a function.
func TestCompiledEqualsInterpreted(t *testing.T) {
	texts := make([]string, len(expressions))
	for i, e := range expressions {
		texts[i] = e.text
	}
	random := rand.New(rand.NewSource(1))
	for i, r := range loadFunctions(t, texts) {
		if (r.program != nil) != expressions[i].compiled {
			t.Errorf("%s: compiled is %v", texts[i], r.program != nil)
		}
		if r.program == nil {
			continue
		}
		for _, a := range awkward {
			for _, b := range awkward {
				compareWays(t, texts[i], r, a, b)
			}
		}
		for range 2000 {
			compareWays(t, texts[i], r, random.NormFloat64()*3, math.Ldexp(random.NormFloat64(), random.Intn(40)-20))
		}
	}
}

func compareWays(t *testing.T, text string, r *routine, a, b float64) {
	t.Helper()
	x := []float64{a, b}
	slow, fast := make([]float64, r.size), make([]float64, r.size)
	caller := r.newCaller()
	value, err := caller.interpret(0, x)
	if err == nil {
		err = caller.store(value, 0, slow)
	}
	ok := r.program.run(&caller.env, 0, x, fast)
	if !ok {
		return // the interpreter decides
	}
	if err != nil {
		t.Fatalf("%s of %v, %v: compiled gives %v, interpreted: %v", text, a, b, fast, err)
	}
	for i := range slow {
		if math.Float64bits(slow[i]) != math.Float64bits(fast[i]) {
			t.Fatalf("%s of %v, %v: compiled %v, interpreted %v", text, a, b, fast, slow)
		}
	}
}

// TestCompiledGrammar compares the two ways for random expressions.
func TestCompiledGrammar(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	var texts []string
	for range 400 {
		texts = append(texts, randomExpression(random, 4))
	}
	compiled := 0
	for i, r := range loadFunctions(t, texts) {
		if r.program == nil {
			continue
		}
		compiled++
		for range 50 {
			compareWays(t, texts[i], r, awkward[random.Intn(len(awkward))], random.NormFloat64()*5)
		}
	}
	if compiled < 200 {
		t.Errorf("only %d of %d expressions are compiled", compiled, len(texts))
	}
}

func randomExpression(r *rand.Rand, depth int) string {
	leaves := []string{"a", "b", "0", "1", "-2", "3", "0.5", "pi", "gain", "offset", "7"}
	if depth == 0 || r.Intn(6) == 0 {
		return leaves[r.Intn(len(leaves))]
	}
	sub := func() string { return randomExpression(r, depth-1) }
	switch r.Intn(8) {
	case 0, 1, 2:
		ops := []string{"+", "-", "*", "/", "//", "%"}
		return "(" + sub() + " " + ops[r.Intn(len(ops))] + " " + sub() + ")"
	case 3:
		ops := []string{"<", "<=", ">", ">=", "==", "!="}
		return "(" + sub() + " if " + sub() + " " + ops[r.Intn(len(ops))] + " " + sub() + " else " + sub() + ")"
	case 4:
		return "-" + sub()
	case 5:
		one := []string{"floor", "ceil", "abs", "float"}
		return one[r.Intn(len(one))] + "(" + sub() + ")"
	case 6:
		one := []string{"sin", "sqrt", "exp", "log", "tanh"}
		return one[r.Intn(len(one))] + "(" + sub() + ")"
	}
	two := []string{"min", "max", "pow"}
	return two[r.Intn(len(two))] + "(" + sub() + ", " + sub() + ")"
}

// TestCompiledErrorHasPosition shows that giving up leads to the interpreter's
// error.
func TestCompiledErrorHasPosition(t *testing.T) {
	s, source := nodeSourceOf(t, "lambda t: 1/(t - 0.5)")
	defer s.close()
	play, _ := source.Start(signal.Env{})
	out := make([]float64, 1)
	play(0.25, out)
	if out[0] != -4 {
		t.Errorf("1/(t − 0.5) at 0.25 is %v", out[0])
	}
	err := soma.Call(func() { play(0.5, out) })
	if err == nil || !strings.Contains(err.Error(), ":2:27: n.value: floating-point division by zero; guard it") {
		t.Errorf("error %v", err)
	}
}

// nodeSourceOf gives the running source of a node with that function.
func nodeSourceOf(t testing.TB, function string) (*session, signal.Signal) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "model.star")
	text := "model = Network('f')\nn = model.node(" + function + ")\nsimulate(1)\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newSession(path, Options{}.withDefaults())
	s.execute()
	m := s.finish()
	if err := s.allErrors().Err(); err != nil {
		t.Fatal(err)
	}
	return s, m.Network.Nodes[0].Source
}

// BenchmarkFunction: what a call of a node's function costs.
func BenchmarkFunction(b *testing.B) {
	for name, text := range map[string]string{
		"compiled":      "lambda t: cos(8*t)",
		"compiled-sum":  "lambda t: 0.5*t + 1",
		"interpreted":   "lambda t: sum([cos(8*t)])",
		"interpreted-2": "lambda t: [t][0]",
	} {
		b.Run(name, func(b *testing.B) {
			s, source := nodeSourceOf(b, text)
			defer s.close()
			play, _ := source.Start(signal.Env{})
			out := make([]float64, 1)
			b.ReportAllocs()
			for i := range b.N {
				play(float64(i)*1e-3, out)
			}
		})
	}
}
