package script

import (
	"strings"

	"go.starlark.net/syntax"
)

// Starlark's operators cannot be told what to do with our values everywhere: an
// ordered comparison must give a truth value, and a repetition may fill all
// memory at once. So some of them are replaced, before a file is resolved, by
// calls of functions whose names no program can write:
//
//	x * y     ->  "*"(x, y)       and so for + and %
//	x *= y    ->  x *= "*="(y)    and so for +=
//	x < y     ->  "<"(x, y)       and so on
//	a, b = x  ->  a, b = "="(x, (0, 0)); in loops "for"
//	while x:  ->  while "while"(x): which only gives the loop a position
//	x.join    ->  "."(x, "join")  for the methods that may make huge values
const (
	guardPlus   = "+"
	guardAddend = "+="
	guardTimes  = "*"
	guardFactor = "*="
	guardUnpack = "="
	guardLoop   = "for"
	guardWhile  = "while"
	guardMethod = "."
)

var guardedMethods = map[string]bool{"join": true, "replace": true, "format": true, "extend": true}

// rewrite replaces the operators in a file.
func rewrite(f *syntax.File) { rewriteStmts(f.Stmts) }

func rewriteStmts(stmts []syntax.Stmt) {
	for _, stmt := range stmts {
		rewriteStmt(stmt)
	}
}

func rewriteStmt(stmt syntax.Stmt) {
	switch s := stmt.(type) {
	case *syntax.AssignStmt:
		rewriteAssign(s)
	case *syntax.DefStmt:
		rewriteParams(s.Params)
		rewriteStmts(s.Body)
	case *syntax.ExprStmt:
		s.X = rewriteExpr(s.X)
	case *syntax.IfStmt:
		s.Cond = rewriteExpr(s.Cond)
		rewriteStmts(s.True)
		rewriteStmts(s.False)
	case *syntax.ForStmt:
		s.X = rewriteIterated(s.Vars, s.X, s.For)
		rewriteStmts(s.Body)
	case *syntax.WhileStmt:
		s.Cond = pseudoCall(guardWhile, s.While, rewriteExpr(s.Cond))
		rewriteStmts(s.Body)
	case *syntax.ReturnStmt:
		s.Result = rewriteExpr(s.Result)
	}
}

func rewriteAssign(s *syntax.AssignStmt) {
	s.LHS, s.RHS = rewriteExpr(s.LHS), rewriteExpr(s.RHS)
	switch s.Op {
	case syntax.EQ:
		if isPattern(s.LHS) {
			s.RHS = pseudoCall(guardUnpack, s.OpPos, s.RHS, pattern(s.LHS))
		}
	case syntax.STAR_EQ:
		s.RHS = pseudoCall(guardFactor, s.OpPos, s.RHS)
	case syntax.PLUS_EQ:
		if !isFloat(s.RHS) {
			s.RHS = pseudoCall(guardAddend, s.OpPos, s.RHS)
		}
	}
}

// isPattern says whether an assignment is to several variables.
func isPattern(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		return isPattern(e.X)
	case *syntax.TupleExpr, *syntax.ListExpr:
		return true
	}
	return false
}

// pattern has the nesting of the variables: (0, (0, 0)) for a, (b, c).
func pattern(e syntax.Expr) syntax.Expr {
	start := syntax.Start(e)
	switch e := e.(type) {
	case *syntax.ParenExpr:
		return pattern(e.X)
	case *syntax.TupleExpr:
		return &syntax.TupleExpr{Lparen: start, List: patterns(e.List), Rparen: start}
	case *syntax.ListExpr:
		return &syntax.TupleExpr{Lparen: start, List: patterns(e.List), Rparen: start}
	}
	return &syntax.Literal{Token: syntax.INT, TokenPos: start, Value: int64(0)}
}

func patterns(list []syntax.Expr) []syntax.Expr {
	out := make([]syntax.Expr, len(list))
	for i, e := range list {
		out[i] = pattern(e)
	}
	return out
}

// rewriteIterated rewrites what a loop goes through.
func rewriteIterated(vars, x syntax.Expr, pos syntax.Position) syntax.Expr {
	x = rewriteExpr(x)
	if isPattern(vars) {
		return pseudoCall(guardLoop, pos, x, pattern(vars))
	}
	return x
}

func rewriteParams(params []syntax.Expr) {
	for _, p := range params {
		if b, ok := p.(*syntax.BinaryExpr); ok && b.Op == syntax.EQ {
			b.Y = rewriteExpr(b.Y)
		}
	}
}

func rewriteList(list []syntax.Expr) {
	for i := range list {
		list[i] = rewriteExpr(list[i])
	}
}

func rewriteExpr(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case nil:
		return nil
	case *syntax.BinaryExpr:
		return rewriteBinary(e)
	case *syntax.CallExpr:
		e.Fn = rewriteExpr(e.Fn)
		rewriteList(e.Args)
	case *syntax.Comprehension:
		rewriteComprehension(e)
	case *syntax.CondExpr:
		e.Cond, e.True, e.False = rewriteExpr(e.Cond), rewriteExpr(e.True), rewriteExpr(e.False)
	case *syntax.DictEntry:
		e.Key, e.Value = rewriteExpr(e.Key), rewriteExpr(e.Value)
	case *syntax.DictExpr:
		rewriteList(e.List)
	case *syntax.DotExpr:
		e.X = rewriteExpr(e.X)
		if guardedMethods[e.Name.Name] {
			name := &syntax.Literal{Token: syntax.STRING, TokenPos: e.Name.NamePos, Raw: e.Name.Name, Value: e.Name.Name}
			return pseudoCall(guardMethod, e.Dot, e.X, name)
		}
	case *syntax.IndexExpr:
		e.X, e.Y = rewriteExpr(e.X), rewriteExpr(e.Y)
	case *syntax.LambdaExpr:
		rewriteParams(e.Params)
		e.Body = rewriteExpr(e.Body)
	case *syntax.ListExpr:
		rewriteList(e.List)
	case *syntax.ParenExpr:
		e.X = rewriteExpr(e.X)
	case *syntax.SliceExpr:
		e.X, e.Lo, e.Hi, e.Step = rewriteExpr(e.X), rewriteExpr(e.Lo), rewriteExpr(e.Hi), rewriteExpr(e.Step)
	case *syntax.TupleExpr:
		rewriteList(e.List)
	case *syntax.UnaryExpr:
		e.X = rewriteExpr(e.X)
	}
	return e
}

func rewriteComprehension(e *syntax.Comprehension) {
	e.Body = rewriteExpr(e.Body)
	for _, clause := range e.Clauses {
		switch clause := clause.(type) {
		case *syntax.ForClause:
			clause.X = rewriteIterated(clause.Vars, clause.X, clause.For)
		case *syntax.IfClause:
			clause.Cond = rewriteExpr(clause.Cond)
		}
	}
}

func rewriteBinary(e *syntax.BinaryExpr) syntax.Expr {
	if e.Op == syntax.EQ { // a named argument
		e.Y = rewriteExpr(e.Y)
		return e
	}
	e.X, e.Y = rewriteExpr(e.X), rewriteExpr(e.Y)
	switch e.Op {
	case syntax.LT, syntax.LE, syntax.GT, syntax.GE:
		return pseudoCall(e.Op.String(), e.OpPos, e.X, e.Y)
	case syntax.PLUS, syntax.STAR:
		if !isFloat(e.X) && !isFloat(e.Y) {
			return pseudoCall(e.Op.String(), e.OpPos, e.X, e.Y)
		}
	case syntax.PERCENT:
		if _, number := e.X.(*syntax.Literal); !number || e.X.(*syntax.Literal).Token == syntax.STRING {
			return pseudoCall("%", e.OpPos, e.X, e.Y)
		}
	}
	return e
}

// isFloat says whether an expression is a float (or array) for certain, so that
// a product with it cannot be a repetition, and a sum no concatenation.
func isFloat(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.Literal:
		return e.Token == syntax.FLOAT
	case *syntax.BinaryExpr:
		return e.Op == syntax.SLASH
	case *syntax.ParenExpr:
		return isFloat(e.X)
	}
	return false
}

// pseudoCall is a call that starts where its first argument does and whose
// position for the interpreter is that of the operator.
func pseudoCall(name string, pos syntax.Position, args ...syntax.Expr) *syntax.CallExpr {
	return &syntax.CallExpr{
		Fn:     &syntax.Ident{NamePos: syntax.Start(args[0]), Name: name},
		Lparen: pos, Args: args, Rparen: syntax.End(args[len(args)-1]),
	}
}

// isPseudo says whether an expression is a call that stands for an operator.
func isPseudo(n syntax.Node) bool {
	call, ok := n.(*syntax.CallExpr)
	if !ok {
		return false
	}
	id, ok := call.Fn.(*syntax.Ident)
	return ok && isPseudoName(id.Name)
}

func isPseudoName(name string) bool {
	return !strings.ContainsAny(name[:1], letters) || name == guardLoop || name == guardWhile
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

// operator is the operator that a call stands for, or ILLEGAL.
func operator(call *syntax.CallExpr) syntax.Token {
	id, ok := call.Fn.(*syntax.Ident)
	if !ok || len(call.Args) != 2 {
		return syntax.ILLEGAL
	}
	switch id.Name {
	case guardPlus:
		return syntax.PLUS
	case guardTimes:
		return syntax.STAR
	case "%":
		return syntax.PERCENT
	}
	return comparisons[id.Name]
}

var comparisons = map[string]syntax.Token{"<": syntax.LT, "<=": syntax.LE, ">": syntax.GT, ">=": syntax.GE}
