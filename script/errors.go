package script

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"soma"
)

// maxErrors is how many errors are kept: a loop may make any number.
const maxErrors = 1000

// mistake is an error; that of an object gets the object's name when all names
// are known.
type mistake struct {
	err   *soma.Error
	call  *call  // whose object it is about, or nil
	owner pathed // the object that it is about, or nil
}

// pathed is any object of a network.
type pathed interface{ Path() string }

func (s *session) report(e soma.Error) { s.record(mistake{err: &e}) }

func (s *session) record(m mistake) {
	if len(s.mistakes) < maxErrors {
		s.mistakes = append(s.mistakes, m)
	}
}

// allErrors gives the errors in the order of their positions, each once.
func (s *session) allErrors() soma.Errors {
	var all soma.Errors
	for _, m := range s.mistakes {
		if m.call != nil && m.call.owner != nil {
			m.err.Object = m.call.owner.Path()
		}
		if m.owner != nil {
			m.err.Object = m.owner.Path()
		}
		all = append(all, m.err)
	}
	slices.SortStableFunc(all, func(a, b *soma.Error) int {
		return cmp.Or(
			cmp.Compare(s.rank(a.Pos.File), s.rank(b.Pos.File)),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	// The same mistake may show in several objects: in one shared neuron model.
	return slices.CompactFunc(all, func(a, b *soma.Error) bool {
		return a.Pos == b.Pos && a.Problem == b.Problem && a.Pos.Line > 0
	})
}

// rank orders the files as they were read.
func (s *session) rank(path string) int {
	for i, f := range s.order {
		if f.path == path {
			return i
		}
	}
	return len(s.order)
}

func (s *session) reportSyntax(f *file, err error) {
	var e syntax.Error
	if !errors.As(err, &e) {
		s.report(soma.Error{Pos: soma.Position{File: f.path}, Problem: err.Error()})
		return
	}
	pos := position(e.Pos)
	problem, remedy := explainSyntax(f.line(pos.Line), e.Msg)
	s.report(soma.Error{Pos: pos, Problem: problem, Remedy: remedy})
}

// line is one line of a file, from 1.
func (f *file) line(n int) string {
	lines := strings.Split(string(f.source), "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[n-1])
}

var formatString = regexp.MustCompile(`\b[fF]["']`)

// explainSyntax knows what Python has and Starlark has not.
func explainSyntax(line, msg string) (problem, remedy string) {
	problem = "syntax error: " + msg
	switch {
	case strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "from "):
		return "a model file cannot import", "all names are there already; load(\"other.star\", \"name\") reads other model files"
	case strings.Contains(line, "**") && strings.Contains(msg, "**"):
		return problem, "write pow(x, y) for a power"
	case formatString.MatchString(line):
		return problem, "write \"%s\" % x or \"{}\".format(x) instead of an f-string"
	case strings.HasPrefix(line, "class ") || strings.HasPrefix(line, "try") || strings.HasPrefix(line, "with "):
		return problem, "Starlark has functions, but no classes, exceptions or with"
	case strings.Contains(msg, "unexpected input character"):
		return problem, typed(msg)
	case strings.Contains(msg, "indent"):
		return problem, "begin the lines of a block below each other, and all others at the left"
	case strings.Contains(msg, "want ')'") || strings.Contains(msg, "want ','"):
		return problem, "look for a missing comma or bracket before this place"
	}
	return problem, "mend it; the language is Starlark, a subset of Python"
}

// lookalikes are what one means by characters that a model file cannot have
// outside of strings.
var lookalikes = map[string]string{
	"“": `"`, "”": `"`, "„": `"`, "‘": "'", "’": "'", "，": ",", "、": ",", "（": "(", "）": ")", "［": "[", "］": "]",
	"｛": "{", "｝": "}", "：": ":", "；": ";", "＝": "=", "＋": "+", "－": "-", "−": "-", "–": "-", "—": "-", "×": "*", "·": "*",
	"＊": "*", "／": "/", "÷": "/", "。": ".", "．": ".", "＃": "#", "　": "a space", `\u00a0`: "a space", `\u3000`: "a space",
	"…": "what is left out here",
}

// typed is what to write in place of a character that has no meaning.
func typed(msg string) string {
	_, quoted, _ := strings.Cut(msg, "'")
	character := strings.TrimSuffix(quoted, "'")
	if meant := lookalikes[character]; meant != "" {
		return "write " + meant
	}
	return "take it out, or put it into a string or a comment"
}

func (s *session) reportResolve(f *file, err error) {
	var list resolve.ErrorList
	if !errors.As(err, &list) {
		s.report(soma.Error{Pos: soma.Position{File: f.path}, Problem: err.Error()})
		return
	}
	for _, e := range list {
		s.report(soma.Error{Pos: position(e.Pos), Problem: e.Msg, Remedy: resolveRemedy(e.Msg)})
	}
}

func resolveRemedy(msg string) string {
	switch {
	case strings.Contains(msg, "repeated"):
		return "give it once"
	case strings.Contains(msg, "positional argument may not follow"):
		return "put arguments without a name first"
	case strings.Contains(msg, "return statement not within"):
		return "use return in functions only"
	}
	return ""
}

// reportEvaluation records the error that ended the execution, unless it is a
// consequence of one that is known.
func (s *session) reportEvaluation(err error) {
	if len(s.mistakes) > 0 && isFollowUp(err.Error()) {
		return
	}
	problem, remedy := explainEvaluation(err.Error())
	pos := s.evaluationPos(err)
	if s.meter.where.Line > 0 && strings.HasPrefix(tooManySteps, problem) {
		pos = s.meter.where
	}
	s.report(soma.Error{Pos: pos, Problem: problem, Remedy: remedy})
}

// forgiving makes a function of the language go on with an unknown value after
// a mistake, while the file is executed.
func (s *session) forgiving(name string, f builtinFunc) *starlark.Builtin {
	return starlark.NewBuiltin(name, func(t *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		v, err := f(t, b, args, kwargs)
		if err == nil || t != s.thread || isCancelled(err) {
			return v, err
		}
		if !isFollowUp(err.Error()) {
			problem, remedy := explainEvaluation(err.Error())
			s.report(soma.Error{Pos: s.herePos(), Problem: problem, Remedy: remedy})
		}
		return s.poison, nil
	})
}

const cancelled = "Starlark computation cancelled: "

func isCancelled(err error) bool { return strings.Contains(err.Error(), cancelled) }

// isFollowUp recognises the interpreter's complaints about unknown values.
func isFollowUp(msg string) bool {
	return strings.Contains(msg, poisonType) || strings.Contains(msg, "few values to unpack (got 1,")
}

// badCall is what the interpreter says of arguments that a function does not take.
var badCall = regexp.MustCompile(`^function \S+ (accepts|missing|got) `)

// evaluationPos is the innermost place of an evaluation error that lies in a
// file of the model.
func (s *session) evaluationPos(err error) soma.Position {
	var e *starlark.EvalError
	if !errors.As(err, &e) {
		return soma.Position{File: s.path}
	}
	called := badCall.MatchString(e.Msg) // and has not begun
	for i := range len(e.CallStack) {
		if pos := e.CallStack.At(i).Pos; s.files[pos.Filename()] != nil {
			if !called {
				return position(pos)
			}
			called = false
		}
	}
	return soma.Position{File: s.path}
}

var evaluations = []struct{ pattern, remedy string }{
	{"^function .* (accepts|missing|got) ", "give the arguments that the function names"},
	{"division by zero", "guard it: x / y if y != 0 else 0"},
	{"modulo by zero", "guard it"},
	{"referenced before assignment", "define it above this line"},
	{"index .*out of range", "indices start at 0; negative ones count from the end"},
	{"not in dict", "give a key that the dictionary has"},
	{"is not iterable", "give a list, or use range(n)"},
	{"unknown binary op: .*string|unknown binary op: string", "str(x) makes a string of a number; \"%s of %d\" % (x, n) puts them into one"},
	{"unknown binary op: list|unknown binary op: .* list", "array([…]) makes an array, which has arithmetic"},
	{"frozen", "functions cannot change what is outside of them"},
}

func explainEvaluation(msg string) (problem, remedy string) {
	if _, reason, ok := strings.Cut(msg, cancelled); ok {
		problem, remedy, _ = strings.Cut(reason, "; ")
		return problem, remedy
	}
	for _, e := range evaluations {
		if ok, _ := regexp.MatchString(e.pattern, msg); ok {
			return msg, e.remedy
		}
	}
	problem, remedy, _ = strings.Cut(msg, "; ")
	return problem, remedy
}

// describe names a value in a message.
func describe(v starlark.Value) string {
	switch v := v.(type) {
	case nil, starlark.NoneType:
		return "None"
	case starlark.Bool, starlark.Int, starlark.Float:
		return short(v.String())
	case starlark.String:
		return "the string " + short(v.String())
	case *starlark.List:
		return fmt.Sprintf("a list of %d", v.Len())
	case starlark.Tuple:
		return fmt.Sprintf("a tuple of %d", v.Len())
	case *array:
		return "an array of shape " + v.shapeString()
	case *starlark.Dict:
		return "a dictionary"
	case *structValue:
		return short(v.String())
	case *starlark.Function:
		return "a function"
	case starlark.Callable:
		return "the function " + v.Name()
	}
	return indefinite(v.Type())
}

func indefinite(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}

func short(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
