package script

import (
	"math"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

func (c *compiler) binary(op syntax.Token, left, right syntax.Expr) (term, bool) {
	l, ok1 := c.expr(left)
	r, ok2 := c.expr(right)
	if !ok1 || !ok2 {
		return term{}, false
	}
	t := term{constant: l.constant && r.constant}
	x, y := l.eval, r.eval
	switch op {
	case syntax.AND, syntax.OR:
		return logical(op, l, r)
	case syntax.EQL, syntax.NEQ, syntax.LT, syntax.LE, syntax.GT, syntax.GE:
		if (l.kind == truth) != (r.kind == truth) {
			return term{}, false
		}
		t.kind, t.eval = truth, comparison(op, x, y)
		return t, true
	}
	switch {
	case l.kind == truth || r.kind == truth:
		return term{}, false
	case l.kind == whole && r.kind == whole:
		t.kind, t.eval = wholeArithmetic(op, x, y)
	case l.kind == floating || r.kind == floating:
		// The interpreter, too, turns a whole operand into a float first.
		t.kind, t.eval = floating, floatArithmetic(op, x, y)
	}
	return t, t.eval != nil
}

// logical is and, or of truth values; of others they give an operand.
func logical(op syntax.Token, l, r term) (term, bool) {
	if l.kind != truth || r.kind != truth {
		return term{}, false
	}
	x, y := l.eval, r.eval
	eval := func(e *env) float64 { return indicator(x(e) != 0 && y(e) != 0) }
	if op == syntax.OR {
		eval = func(e *env) float64 { return indicator(x(e) != 0 || y(e) != 0) }
	}
	return term{truth, eval, l.constant && r.constant}, true
}

func floatArithmetic(op syntax.Token, x, y func(*env) float64) func(*env) float64 {
	switch op {
	case syntax.PLUS:
		return func(e *env) float64 { return x(e) + y(e) }
	case syntax.MINUS:
		return func(e *env) float64 { return x(e) - y(e) }
	case syntax.STAR:
		return func(e *env) float64 { return x(e) * y(e) }
	case syntax.SLASH:
		return func(e *env) float64 {
			a, b := x(e), y(e)
			e.failed = e.failed || b == 0
			return a / b
		}
	case syntax.SLASHSLASH:
		return func(e *env) float64 {
			a, b := x(e), y(e)
			e.failed = e.failed || b == 0
			return math.Floor(a / b)
		}
	case syntax.PERCENT:
		return func(e *env) float64 {
			a, b := x(e), y(e)
			e.failed = e.failed || b == 0
			return float64(starlark.Float(a).Mod(starlark.Float(b)))
		}
	}
	return nil
}

// wholeArithmetic is exact, or gives up.
func wholeArithmetic(op syntax.Token, x, y func(*env) float64) (kind, func(*env) float64) {
	exact := func(e *env, z float64) float64 {
		e.failed = e.failed || math.Abs(z) > maxWhole
		return z + 0 // no -0 among whole numbers
	}
	switch op {
	case syntax.PLUS:
		return whole, func(e *env) float64 { return exact(e, x(e)+y(e)) }
	case syntax.MINUS:
		return whole, func(e *env) float64 { return exact(e, x(e)-y(e)) }
	case syntax.STAR:
		return whole, func(e *env) float64 { return exact(e, x(e)*y(e)) }
	case syntax.SLASH:
		return floating, floatArithmetic(op, x, y)
	case syntax.SLASHSLASH, syntax.PERCENT:
		return whole, func(e *env) float64 {
			a, b := int64(x(e)), int64(y(e))
			if b == 0 {
				e.failed = true
				return 0
			}
			quotient, rest := a/b, a%b
			if rest != 0 && (rest < 0) != (b < 0) {
				quotient, rest = quotient-1, rest+b
			}
			if op == syntax.PERCENT {
				return float64(rest)
			}
			return float64(quotient)
		}
	}
	return whole, nil
}

// comparison orders numbers as Starlark does: NaN is equal to itself and above
// all others.
func comparison(op syntax.Token, x, y func(*env) float64) func(*env) float64 {
	order := func(e *env) int {
		a, b := x(e), y(e)
		switch {
		case a > b:
			return 1
		case a < b:
			return -1
		case a == b:
			return 0
		case a == a:
			return -1
		case b == b:
			return 1
		}
		return 0
	}
	switch op {
	case syntax.EQL:
		return func(e *env) float64 { return indicator(order(e) == 0) }
	case syntax.NEQ:
		return func(e *env) float64 { return indicator(order(e) != 0) }
	case syntax.LT:
		return func(e *env) float64 { return indicator(order(e) < 0) }
	case syntax.LE:
		return func(e *env) float64 { return indicator(order(e) <= 0) }
	case syntax.GT:
		return func(e *env) float64 { return indicator(order(e) > 0) }
	}
	return func(e *env) float64 { return indicator(order(e) >= 0) }
}

// callExpr is a call of a function of mathematics.
func (c *compiler) callExpr(e *syntax.CallExpr) (term, bool) {
	id, ok := e.Fn.(*syntax.Ident)
	if !ok {
		return term{}, false
	}
	b, ok := id.Binding.(*resolve.Binding)
	if !ok || b.Scope != resolve.Predeclared && b.Scope != resolve.Universal {
		return term{}, false
	}
	var args []term
	fixed := true
	for _, arg := range e.Args {
		if named(arg) != "" {
			return term{}, false
		}
		t, ok := c.expr(arg)
		if !ok || t.kind == truth {
			return term{}, false
		}
		args, fixed = append(args, t), fixed && t.constant
	}
	t, ok := mathCall(id.Name, args)
	t.constant = fixed
	return t, ok
}

func mathCall(name string, args []term) (term, bool) {
	if f, ok := unaryMaths[name]; ok && len(args) == 1 {
		return term{kind: floating, eval: checked(f, args[0].eval)}, true
	}
	switch {
	case name == "pow" && len(args) == 2:
		x, y := args[0].eval, args[1].eval
		return term{eval: func(e *env) float64 {
			z, problem := power(x(e), y(e))
			e.failed = e.failed || problem != ""
			return checkedResult(e, z)
		}}, true
	case (name == "floor" || name == "ceil") && len(args) == 1 && args[0].kind == floating:
		x, round := args[0].eval, rounding[name]
		return term{kind: whole, eval: func(e *env) float64 {
			z := round(x(e))
			e.failed = e.failed || !(math.Abs(z) <= maxWhole)
			return z + 0
		}}, true
	case name == "abs" && len(args) == 1 && args[0].kind != either:
		x := args[0].eval
		return term{kind: args[0].kind, eval: func(e *env) float64 { return math.Abs(x(e)) }}, true
	case name == "float" && len(args) == 1:
		return term{kind: floating, eval: args[0].eval}, true
	case name == "min" && len(args) == 2:
		return extreme(syntax.LT, args[0], args[1])
	case name == "max" && len(args) == 2:
		return extreme(syntax.GT, args[0], args[1])
	}
	return term{}, false
}

// checked is a function of one number, which gives up outside of its domain.
func checked(f mathFunc, x func(*env) float64) func(*env) float64 {
	value, domain := f.value, f.domain
	return func(e *env) float64 {
		a := x(e)
		if domain != nil && domain(a) != "" {
			e.failed = true
			return 0
		}
		return checkedResult(e, value(a))
	}
}

// checkedResult gives up on what may be an error for the interpreter.
func checkedResult(e *env, y float64) float64 {
	if !(math.Abs(y) <= math.MaxFloat64) {
		e.failed = true
	}
	return y
}

// extreme is min or max of two numbers: the second only when it is beyond the
// first.
func extreme(op syntax.Token, a, b term) (term, bool) {
	k := a.kind
	if a.kind != b.kind {
		k = either
	}
	x, y := a.eval, b.eval
	return term{kind: k, eval: func(e *env) float64 {
		p, q := x(e), y(e)
		if p != p || q != q {
			e.failed = true
		}
		if op == syntax.LT && q < p || op == syntax.GT && q > p {
			return q
		}
		return p
	}}, true
}
