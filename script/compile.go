package script

import (
	"math"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// A function whose body is one expression of numbers is compiled to a tree of
// closures over float64. The results are those of the interpreter, bit for bit:
// wherever the two could differ (a division by zero, a whole number beyond
// 2^53, an index out of range), the compiled code gives up, and the interpreter
// computes the value or the error.

// env is what a compiled function is evaluated in.
type env struct {
	t      float64
	x      []float64
	failed bool
}

// kind is the type that an expression has in Starlark. A whole number is held
// as a float64 that is exact, of magnitude at most 2^53, and never -0.
type kind int

const (
	floating kind = iota
	whole
	either // whole or floating, which only the value tells
	truth  // 0 or 1
)

const maxWhole = 1 << 53

type term struct {
	kind     kind
	eval     func(*env) float64
	constant bool
}

// program is a compiled function.
type program struct{ outputs []func(*env) float64 }

// run evaluates the function; false means that the interpreter must do it.
func (p *program) run(e *env, t float64, x, out []float64) bool {
	if len(out) != len(p.outputs) {
		return false
	}
	e.t, e.x, e.failed = t, x, false
	for i, eval := range p.outputs {
		y := eval(e)
		if math.IsNaN(y) || math.IsInf(y, 0) {
			return false
		}
		out[i] = y
	}
	return !e.failed
}

// compiler translates one function.
type compiler struct {
	s       *session
	r       *routine
	fn      *starlark.Function
	globals starlark.StringDict
	params  []*syntax.Ident
}

// compile gives the compiled function, or nil when it is not of that sort.
func (s *session) compile(r *routine) *program {
	fn, ok := r.fn.(*starlark.Function)
	if !ok || fn.HasVarargs() || fn.HasKwargs() || fn.NumKwonlyParams() > 0 {
		return nil
	}
	file := s.files[fn.Position().Filename()]
	if file == nil {
		return nil
	}
	params, body := functionBody(file.index.functions[placeOf(fn.Position())])
	if body == nil || len(params) != len(r.argumentKinds()) {
		return nil
	}
	c := &compiler{s: s, r: r, fn: fn, globals: fn.Globals(), params: params}
	p := &program{}
	for _, e := range items(body) {
		t, ok := c.expr(e)
		if !ok {
			return nil
		}
		p.outputs = append(p.outputs, t.eval)
	}
	return p
}

// argumentKinds lists "t" and "x" as the routine is called.
func (r *routine) argumentKinds() string {
	kinds := ""
	if r.time {
		kinds += "t"
	}
	if r.input {
		kinds += "x"
	}
	return kinds
}

// functionBody gives the parameters and the expression of a lambda, or of a def
// that only returns one; nil for others.
func functionBody(n syntax.Node) ([]*syntax.Ident, syntax.Expr) {
	var list []syntax.Expr
	var body syntax.Expr
	switch n := n.(type) {
	case *syntax.LambdaExpr:
		list, body = n.Params, n.Body
	case *syntax.DefStmt:
		stmts := n.Body
		if doc, ok := stmts[0].(*syntax.ExprStmt); ok && len(stmts) == 2 {
			if _, ok := doc.X.(*syntax.Literal); ok {
				stmts = stmts[1:]
			}
		}
		if ret, ok := stmts[0].(*syntax.ReturnStmt); ok && len(stmts) == 1 {
			list, body = n.Params, ret.Result
		}
	}
	var params []*syntax.Ident
	for _, p := range list {
		id, ok := p.(*syntax.Ident)
		if !ok {
			return nil, nil
		}
		params = append(params, id)
	}
	return params, body
}

// items are the expressions of a list or tuple, or the expression itself.
func items(e syntax.Expr) []syntax.Expr {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		return items(e.X)
	case *syntax.ListExpr:
		return e.List
	case *syntax.TupleExpr:
		return e.List
	}
	return []syntax.Expr{e}
}

func (c *compiler) expr(e syntax.Expr) (term, bool) {
	t, ok := c.operation(e)
	if ok && t.constant { // computed once
		var at env
		x := t.eval(&at)
		if at.failed {
			return term{}, false
		}
		t.eval = func(*env) float64 { return x }
	}
	return t, ok
}

func (c *compiler) operation(e syntax.Expr) (term, bool) {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		return c.expr(e.X)
	case *syntax.Literal:
		return literal(e)
	case *syntax.Ident:
		return c.ident(e)
	case *syntax.IndexExpr:
		return c.index(e)
	case *syntax.UnaryExpr:
		return c.unary(e)
	case *syntax.BinaryExpr:
		return c.binary(e.Op, e.X, e.Y)
	case *syntax.CondExpr:
		return c.conditional(e)
	case *syntax.CallExpr:
		if op := operator(e); op != syntax.ILLEGAL {
			return c.binary(op, e.Args[0], e.Args[1])
		}
		return c.callExpr(e)
	}
	return term{}, false
}

func literal(e *syntax.Literal) (term, bool) {
	switch v := e.Value.(type) {
	case int64:
		return constant(starlark.MakeInt64(v))
	case float64:
		return constant(starlark.Float(v))
	}
	return term{}, false
}

// constant is a number that does not change.
func constant(v starlark.Value) (term, bool) {
	t := term{constant: true}
	var x float64
	switch v := v.(type) {
	case starlark.Float:
		x = float64(v)
	case starlark.Bool:
		t.kind = truth
		x, _ = numeric(v)
	case starlark.Int:
		n, ok := v.Int64()
		if !ok || n > maxWhole || n < -maxWhole {
			return term{}, false
		}
		t.kind, x = whole, float64(n)
	default:
		return term{}, false
	}
	t.eval = func(*env) float64 { return x }
	return t, true
}

// ident is the time, or a number that is fixed when the file is read.
func (c *compiler) ident(id *syntax.Ident) (term, bool) {
	b, ok := id.Binding.(*resolve.Binding)
	if !ok {
		return term{}, false
	}
	switch b.Scope {
	case resolve.Local:
		if c.parameter(id, 't') {
			return term{eval: func(e *env) float64 { return e.t }}, true
		}
	case resolve.Global:
		return constant(c.globals[id.Name])
	case resolve.Predeclared:
		return constant(c.s.predeclared[id.Name])
	case resolve.Universal:
		return constant(starlark.Universe[id.Name])
	case resolve.Free:
		if _, v := c.fn.FreeVar(b.Index); v != nil {
			return constant(v)
		}
	}
	return term{}, false
}

// parameter says whether an identifier is the parameter for t or for x.
func (c *compiler) parameter(id *syntax.Ident, which byte) bool {
	for i, p := range c.params {
		if p.Name == id.Name {
			return c.r.argumentKinds()[i] == which
		}
	}
	return false
}

// index is x[i] with a constant i.
func (c *compiler) index(e *syntax.IndexExpr) (term, bool) {
	id, ok := e.X.(*syntax.Ident)
	if !ok || !c.parameter(id, 'x') {
		return term{}, false
	}
	if b, ok := id.Binding.(*resolve.Binding); !ok || b.Scope != resolve.Local {
		return term{}, false
	}
	at, ok := c.expr(e.Y)
	if !ok || !at.constant || at.kind != whole {
		return term{}, false
	}
	i := int(at.eval(nil))
	if i < 0 {
		i += c.r.width
	}
	if i < 0 || i >= c.r.width {
		return term{}, false
	}
	return term{eval: func(e *env) float64 { return e.x[i] }}, true
}

func (c *compiler) unary(e *syntax.UnaryExpr) (term, bool) {
	if e.X == nil {
		return term{}, false
	}
	t, ok := c.expr(e.X)
	x := t.eval
	switch {
	case !ok:
	case e.Op == syntax.NOT:
		return term{truth, func(e *env) float64 { return indicator(x(e) == 0) }, t.constant}, true
	case e.Op == syntax.MINUS && t.kind == floating:
		return term{floating, func(e *env) float64 { return -x(e) }, t.constant}, true
	case e.Op == syntax.MINUS && t.kind == whole:
		return term{whole, func(e *env) float64 { return 0 - x(e) }, t.constant}, true
	case e.Op == syntax.PLUS && (t.kind == floating || t.kind == whole):
		return t, true
	}
	return term{}, false
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (c *compiler) conditional(e *syntax.CondExpr) (term, bool) {
	cond, ok1 := c.expr(e.Cond)
	yes, ok2 := c.expr(e.True)
	no, ok3 := c.expr(e.False)
	if !ok1 || !ok2 || !ok3 {
		return term{}, false
	}
	k := yes.kind
	switch {
	case yes.kind == no.kind:
	case yes.kind == truth || no.kind == truth:
		return term{}, false
	default:
		k = either
	}
	test, a, b := cond.eval, yes.eval, no.eval
	return term{k, func(e *env) float64 {
		if test(e) != 0 {
			return a(e)
		}
		return b(e)
	}, cond.constant && yes.constant && no.constant}, true
}
