package script

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"soma"
)

// place is a position within a file.
type place struct{ line, col int32 }

func placeOf(p syntax.Position) place { return place{p.Line, p.Col} }

// index finds the expressions of a file by the positions that the interpreter
// gives for them.
type index struct {
	calls     map[place]*syntax.CallExpr // by the opening parenthesis
	dots      map[place]*syntax.DotExpr  // by the dot
	brackets  map[place]syntax.Expr      // *IndexExpr and *SliceExpr, by the opening bracket
	functions map[place]syntax.Node      // *LambdaExpr and *DefStmt, by their keyword
	loads     map[place]*syntax.LoadStmt
}

func makeIndex(f *syntax.File) index {
	x := index{
		calls:     map[place]*syntax.CallExpr{},
		dots:      map[place]*syntax.DotExpr{},
		brackets:  map[place]syntax.Expr{},
		functions: map[place]syntax.Node{},
		loads:     map[place]*syntax.LoadStmt{},
	}
	syntax.Walk(f, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CallExpr:
			x.calls[placeOf(n.Lparen)] = n
		case *syntax.DotExpr:
			x.dots[placeOf(n.Dot)] = n
		case *syntax.IndexExpr:
			x.brackets[placeOf(n.Lbrack)] = n
		case *syntax.SliceExpr:
			x.brackets[placeOf(n.Lbrack)] = n
		case *syntax.LambdaExpr:
			x.functions[placeOf(n.Lambda)] = n
		case *syntax.DefStmt:
			x.functions[placeOf(n.Def)] = n
		case *syntax.LoadStmt:
			x.loads[placeOf(n.Load)] = n
		}
		return true
	})
	return x
}

func position(p syntax.Position) soma.Position {
	return soma.Position{File: p.Filename(), Line: int(p.Line), Col: int(p.Col)}
}

func startOf(n syntax.Node) soma.Position { return position(syntax.Start(n)) }

// frame is the innermost place of the thread that lies in a file of the model.
func (s *session) frame(t *starlark.Thread) (*file, syntax.Position, bool) {
	if t == nil {
		return nil, syntax.Position{}, false
	}
	for depth := range t.CallStackDepth() {
		pos := t.CallFrame(depth).Pos
		if f := s.files[pos.Filename()]; f != nil {
			return f, pos, true
		}
	}
	return nil, syntax.Position{}, false
}

// herePos is where the execution is.
func (s *session) herePos() soma.Position {
	f, pos, ok := s.frame(s.thread)
	if !ok {
		return soma.Position{}
	}
	if n := f.index.at(pos); n != nil && !isPseudo(n) {
		return startOf(n)
	}
	return position(pos)
}

// attributePos is the name behind the dot that is being evaluated.
func (s *session) attributePos() soma.Position {
	f, pos, ok := s.frame(s.thread)
	if !ok {
		return soma.Position{}
	}
	if dot := f.index.dots[placeOf(pos)]; dot != nil {
		return position(dot.Name.NamePos)
	}
	return position(pos)
}

func (s *session) loadStmt() *syntax.LoadStmt {
	f, pos, ok := s.frame(s.thread)
	if !ok {
		return nil
	}
	return f.index.loads[placeOf(pos)]
}

// at is the expression that the interpreter's position stands for, or nil.
func (x index) at(pos syntax.Position) syntax.Node {
	p := placeOf(pos)
	if n := x.calls[p]; n != nil {
		return n
	}
	if n := x.brackets[p]; n != nil {
		return n
	}
	return nil
}
