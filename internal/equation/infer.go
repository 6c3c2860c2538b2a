package equation

import (
	"sort"
	"strings"

	"soma/internal/suggest"
)

// form is a dimension that may not be known yet: a known part, and unknown ones
// with exponents.
type form struct {
	known   Dim
	unknown map[int]float64 // by the number of the unknown
}

func known(d Dim) form { return form{known: d} }

// plus gives f + factor·g.
func (f form) plus(g form, factor float64) form {
	sum := form{known: f.known.plus(g.known, factor)}
	if len(f.unknown)+len(g.unknown) == 0 {
		return sum
	}
	sum.unknown = map[int]float64{}
	for u, x := range f.unknown {
		sum.unknown[u] = x
	}
	for u, x := range g.unknown {
		if y := tidy(sum.unknown[u] + float64(factor*x)); y != 0 {
			sum.unknown[u] = y
		} else {
			delete(sum.unknown, u)
		}
	}
	return sum
}

// scope says what names mean in one of the texts.
type scope struct {
	field  string
	model  *Model
	weight string // the name of the weight of a spike, and its dimension
	weigh  form
	// draws and noise say whether rand() and xi may occur.
	draws, noise bool
}

// inference solves for dimensions that are not declared: those of parameters
// whose values come as plain numbers in SI units, and of the input. Every sum,
// comparison and assignment is a linear equation of exponents.
type inference struct {
	problems *Problems
	solved   map[int]form // unknowns in terms of others
	unknowns int
}

func (s *inference) fresh() form {
	s.unknowns++
	return form{unknown: map[int]float64{s.unknowns: 1}}
}

// reduce puts in what is known about unknowns.
func (s *inference) reduce(f form) form {
	for {
		u, x, found := 0, 0.0, false
		for v, y := range f.unknown {
			if _, ok := s.solved[v]; ok && (!found || v < u) {
				u, x, found = v, y, true
			}
		}
		if !found {
			return f
		}
		rest := form{known: f.known, unknown: map[int]float64{}}
		for v, y := range f.unknown {
			if v != u {
				rest.unknown[v] = y
			}
		}
		f = rest.plus(s.solved[u], x)
	}
}

// equate learns from two dimensions being the same; false when they are not.
func (s *inference) equate(f, g form) bool {
	d := s.reduce(f.plus(g, -1))
	if len(d.unknown) == 0 {
		return d.known == none
	}
	// The youngest unknown is expressed by the others.
	u := 0
	for v := range d.unknown {
		u = max(u, v)
	}
	x := d.unknown[u]
	rest := form{known: d.known, unknown: map[int]float64{}}
	for v, y := range d.unknown {
		if v != u {
			rest.unknown[v] = y
		}
	}
	s.solved[u] = form{}.plus(rest, -1/x)
	return true
}

// words describes a dimension in a sentence.
func (s *inference) words(f form) string {
	f = s.reduce(f)
	if len(f.unknown) > 0 {
		return "of another dimension"
	}
	return f.known.words()
}

// isZero says whether an expression is 0 as written, which has any dimension.
func isZero(e *Expr) bool {
	return e.Op == "number" && e.Value == 0 || e.Op == "neg" && isZero(e.Args[0]) ||
		e.Op == "name" && e.Name == "inf"
}

// agree wants two operands to have the same dimension and gives it.
func (s *inference) agree(sc *scope, e, left, right *Expr, f, g form) form {
	switch {
	case isZero(left):
		return g
	case isZero(right):
		return f
	case !s.equate(f, g):
		s.problems.add(sc.field, e.At, "mend the units", "%s: %s is %s, %s is %s", e.sign(), left, s.words(f), right, s.words(g))
	}
	return f
}

// sign is the operation for a message.
func (e *Expr) sign() string {
	if e.Op == "call" {
		return e.Name + "()"
	}
	return e.Op
}

// pure wants an operand without a dimension.
func (s *inference) pure(sc *scope, e, arg *Expr, f form) {
	if !isZero(arg) && !s.equate(f, form{}) {
		s.problems.add(sc.field, e.At, "divide it by a quantity of the same unit", "%s takes pure numbers, and %s is %s", e.sign(), arg, s.words(f))
	}
}

// of finds the dimension of an expression.
func (s *inference) of(sc *scope, e *Expr) form {
	if s.problems.full() {
		return form{}
	}
	switch e.Op {
	case "number":
		return form{}
	case "name":
		return s.ofName(sc, e)
	case "call":
		return s.ofCall(sc, e)
	}
	args := make([]form, len(e.Args))
	for i, a := range e.Args {
		args[i] = s.of(sc, a)
	}
	switch e.Op {
	case "neg":
		return args[0]
	case "not":
		s.pure(sc, e, e.Args[0], args[0])
		return form{}
	case "and", "or":
		s.pure(sc, e, e.Args[0], args[0])
		s.pure(sc, e, e.Args[1], args[1])
		return form{}
	case "+", "-", "%":
		return s.agree(sc, e, e.Args[0], e.Args[1], args[0], args[1])
	case "*":
		return s.reduce(args[0].plus(args[1], 1))
	case "/":
		return s.reduce(args[0].plus(args[1], -1))
	case "**":
		return s.ofPower(sc, e, args)
	}
	s.agree(sc, e, e.Args[0], e.Args[1], args[0], args[1])
	return form{}
}

// ofPower allows quantities with a dimension to the power of a number as
// written.
func (s *inference) ofPower(sc *scope, e *Expr, args []form) form {
	if x, ok := e.Args[1].plain(); ok {
		return form{}.plus(args[0], x)
	}
	s.pure(sc, e, e.Args[0], args[0])
	s.pure(sc, e, e.Args[1], args[1])
	return form{}
}

// plain is the value of a number as written, with a sign or as a fraction.
func (e *Expr) plain() (float64, bool) {
	switch e.Op {
	case "number":
		return e.Value, true
	case "neg":
		x, ok := e.Args[0].plain()
		return -x, ok
	case "/":
		x, ok := e.Args[0].plain()
		y, oky := e.Args[1].plain()
		return x / y, ok && oky && y != 0
	}
	return 0, false
}

func (s *inference) ofCall(sc *scope, e *Expr) form {
	args := make([]form, len(e.Args))
	for i, a := range e.Args {
		args[i] = s.of(sc, a)
	}
	f, ok := functions[e.Name]
	if !ok {
		s.problems.add(sc.field, e.At, "the functions are: "+strings.Join(functionNames(), ", "), "there is no function %s%s", e.Name, didYouMean(e.Name, functionNames()))
		return s.fresh()
	}
	if len(args) != f.args {
		s.problems.add(sc.field, e.At, "", "%s takes %d values, not %d", e.Name, f.args, len(args))
		return s.fresh()
	}
	if f.args == 0 && !sc.draws {
		s.problems.add(sc.field, e.At, "write xi for noise, or draw in the threshold, the reset or a receptor", "%s() cannot be drawn in a differential equation", e.Name)
	}
	return s.ofFunction(sc, e, f, args)
}

func (s *inference) ofFunction(sc *scope, e *Expr, f function, args []form) form {
	switch f.rule {
	case "same":
		result := args[0]
		for i, a := range args[1:] {
			result = s.agree(sc, e, e.Args[0], e.Args[i+1], result, a)
		}
		return result
	case "where":
		s.pure(sc, e, e.Args[0], args[0])
		return s.agree(sc, e, e.Args[1], e.Args[2], args[1], args[2])
	case "sqrt":
		return form{}.plus(args[0], 0.5)
	case "power":
		return s.ofPower(sc, e, args)
	case "any":
		return form{}
	}
	for i, a := range args {
		s.pure(sc, e, e.Args[i], a)
	}
	return form{}
}

func functionNames() []string {
	var names []string
	for name := range functions {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// didYouMean suggests a name in a message.
func didYouMean(word string, known []string) string {
	if near := suggest.Closest(word, known); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}
