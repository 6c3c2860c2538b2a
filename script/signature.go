package script

import (
	"fmt"
	"slices"
	"strings"

	"soma/internal/suggest"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"soma"
)

// parameter describes one argument of a function, for binding and for the
// reference.
type parameter struct {
	name     string
	kind     string // what may be given, in words
	def      string // default as shown; "" when there is none to show
	doc      string
	required bool
}

// signature describes a function of model files.
type signature struct {
	name   string // as it is written: "model.ensemble"
	params []parameter
	// byPosition is how many arguments may come without a name; the rest is
	// given as name = value.
	byPosition int
	// rest is the noun for any number of further positional arguments; "" when
	// there are none.
	rest string
	// others is the noun for any number of arguments with names of the user's own;
	// "" when there are none.
	others string
	doc    string
}

func (sig *signature) names() []string {
	names := make([]string, len(sig.params))
	for i, p := range sig.params {
		names[i] = p.name
	}
	return names
}

// function is a function of model files that is described by a signature.
type function struct {
	sig *signature
	s   *session
	run func(c *call) starlark.Value
}

func (f *function) String() string        { return "<function " + f.sig.name + ">" }
func (f *function) Type() string          { return "function" }
func (f *function) Freeze()               {}
func (f *function) Truth() starlark.Bool  { return true }
func (f *function) Hash() (uint32, error) { return starlark.String(f.sig.name).Hash() }
func (f *function) Name() string          { return f.sig.name }

// CallInternal implements starlark.Callable. It never fails while the file is
// executed: mistakes are reported, and the result is what could be made.
func (f *function) CallInternal(t *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if t != f.s.thread {
		return nil, fmt.Errorf("%s cannot be called while the model runs; call it outside of functions", f.sig.name)
	}
	c := &call{s: f.s, sig: f.sig, subject: f.sig.name, values: make([]starlark.Value, len(f.sig.params))}
	c.site()
	c.bind(args, kwargs)
	return f.run(c), nil
}

// call is one call of a function while the file is executed.
type call struct {
	s      *session
	sig    *signature
	expr   *syntax.CallExpr // nil when it cannot be told
	pos    soma.Position
	values []starlark.Value // of the parameters; nil where none is given
	rest   starlark.Tuple
	others []keyword       // arguments with other names
	bad    bool            // something was wrong with the arguments
	spoilt map[string]bool // the parameters that were wrong

	subject string // what the errors are about, when it is no object
	owner   pathed // the object that the call makes
}

// keyword is an argument with a name.
type keyword struct {
	name  string
	value starlark.Value
}

// site finds the call in the file.
func (c *call) site() {
	f, pos, ok := c.s.frame(c.s.thread)
	if !ok {
		return
	}
	c.pos = position(pos)
	if expr := f.index.calls[placeOf(pos)]; expr != nil {
		c.expr, c.pos = expr, startOf(expr)
	}
}

// bind sorts the arguments to the parameters. A value that is unknown because
// of a mistake counts as not given.
func (c *call) bind(args starlark.Tuple, kwargs []starlark.Tuple) {
	if n := c.sig.byPosition; len(args) > n {
		if c.sig.rest == "" {
			c.tooMany(len(args))
		} else {
			c.rest = args[n:]
		}
		args = args[:n]
	}
	for i, v := range args {
		c.set(i, v)
	}
	for _, kw := range kwargs {
		name := string(kw[0].(starlark.String))
		i := slices.Index(c.sig.names(), name)
		switch {
		case i < 0 && c.sig.others != "":
			c.other(keyword{name, kw[1]})
		case i < 0:
			c.unknown(name)
		case c.values[i] != nil:
			c.report(name, "it is given twice", "give it once")
		default:
			c.set(i, kw[1])
		}
	}
	var missing []string
	for i, p := range c.sig.params {
		if p.required && c.values[i] == nil && !c.spoilt[p.name] {
			missing = append(missing, p.name)
			c.spoil(p.name)
		}
	}
	if len(missing) > 0 {
		c.reportAt(c.pos, "", "missing: "+strings.Join(missing, ", "), "write "+c.sig.example())
	}
}

func (c *call) set(i int, v starlark.Value) {
	if tainted(v) {
		c.spoil(c.sig.params[i].name)
		return
	}
	c.values[i] = v
}

// other keeps an argument whose name is the user's own.
func (c *call) other(kw keyword) {
	if tainted(kw.value) {
		c.spoil(kw.name)
		return
	}
	c.others = append(c.others, kw)
}

func (c *call) spoil(name string) {
	if c.spoilt == nil {
		c.spoilt = map[string]bool{}
	}
	c.bad, c.spoilt[name] = true, true
}

func (c *call) tooMany(n int) {
	remedy := "write " + c.sig.example()
	if len(c.sig.params) > c.sig.byPosition {
		remedy = "give the others as name = value: " + strings.Join(c.sig.names()[c.sig.byPosition:], ", ")
	}
	c.reportAt(c.argPos(c.sig.byPosition), "", fmt.Sprintf("%d arguments without a name, at most %d are taken", n, c.sig.byPosition), remedy)
}

func (c *call) unknown(name string) {
	remedy := "it takes: " + strings.Join(c.sig.names(), ", ")
	if len(c.sig.params) == 0 {
		remedy = "it takes no arguments"
	}
	if here := c.sig.calledHere(name); here != "" {
		c.spoil(here) // it is not missing
		c.reportAt(c.keywordPos(name), name, "there is no such parameter", "it is called "+here+" here; "+remedy)
		return
	}
	c.reportAt(c.keywordPos(name), name, "there is no such parameter"+suggest.Hint(name, c.sig.names()), remedy)
}

// example is how to write the call.
func (sig *signature) example() string {
	var parts []string
	for i, p := range sig.params {
		switch {
		case p.required && i < sig.byPosition:
			parts = append(parts, p.name)
		case p.required:
			parts = append(parts, p.name+" = …")
		}
	}
	if sig.rest != "" {
		parts = append(parts, sig.rest+"…")
	} else if len(parts) < len(sig.params) {
		parts = append(parts, "…")
	}
	return sig.name + "(" + strings.Join(parts, ", ") + ")"
}

// report records what is wrong with an argument.
func (c *call) report(name, problem, remedy string) {
	c.spoil(name)
	c.reportAt(c.argumentPos(name), name, problem, remedy)
}

func (c *call) reportAt(pos soma.Position, field, problem, remedy string) {
	c.bad = true
	c.s.record(mistake{
		err:  &soma.Error{Pos: pos, Object: c.subject, Field: field, Problem: problem, Remedy: remedy},
		call: c,
	})
}

// value is the argument for a parameter; nil when it is not given.
func (c *call) value(name string) starlark.Value {
	return c.values[slices.Index(c.sig.names(), name)]
}

// given says whether there is an argument that says something.
func (c *call) given(name string) bool {
	v := c.value(name)
	return v != nil && v != starlark.None
}

// argumentPos is where the argument for a parameter was given, or else the call.
func (c *call) argumentPos(name string) soma.Position {
	if c.expr == nil {
		return c.pos
	}
	for _, arg := range c.expr.Args {
		if named(arg) == name {
			return startOf(arg)
		}
	}
	return c.argPos(slices.Index(c.sig.names(), name))
}

func (c *call) keywordPos(name string) soma.Position { return c.argumentPos(name) }

// argPos is where the i-th positional argument is.
func (c *call) argPos(i int) soma.Position {
	if c.expr == nil || i < 0 || i >= len(c.expr.Args) || i >= c.sig.byPosition && c.sig.rest == "" && i > c.sig.byPosition {
		return c.pos
	}
	for _, arg := range c.expr.Args[:i+1] {
		if u, ok := arg.(*syntax.UnaryExpr); named(arg) != "" || ok && (u.Op == syntax.STAR || u.Op == syntax.STARSTAR) {
			return c.pos
		}
	}
	return startOf(c.expr.Args[i])
}

// named is the name of a named argument, or empty.
func named(arg syntax.Expr) string {
	if b, ok := arg.(*syntax.BinaryExpr); ok && b.Op == syntax.EQ {
		if id, ok := b.X.(*syntax.Ident); ok {
			return id.Name
		}
	}
	return ""
}

// positions are the places of all arguments given, for FieldPos.
func (c *call) positions() map[string]soma.Position {
	places := map[string]soma.Position{}
	for i, p := range c.sig.params {
		if c.values[i] != nil || c.spoilt[p.name] {
			places[p.name] = c.argumentPos(p.name)
		}
	}
	return places
}
