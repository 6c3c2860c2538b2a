package equation

import "strings"

// A statement is one of what happens at a spike: v = V_r, or g += w.
type statement struct {
	name string
	op   string // "=", "+=", "-=", "*=" or "/="
	expr *Expr
	at   Place
}

var assignments = []string{"=", "+=", "-=", "*=", "/="}

// readStatements parses statements, one to a line or divided by semicolons.
func readStatements(field, text string, problems *Problems) (list []statement) {
	tokens, err := scan(text)
	if err != nil {
		problems.report(field, err)
		return nil
	}
	p := &parser{tokens: tokens}
	for {
		for p.tokens[p.pos].kind == endOfLine {
			p.pos++
		}
		if p.tokens[p.pos].kind == endOfText || problems.full() {
			return list
		}
		s, err := p.statement()
		if err != nil {
			problems.report(field, err)
			p.nextLine()
			continue
		}
		list = append(list, s)
	}
}

func (p *parser) statement() (s statement, err error) {
	const how = "write name = value, or name += value"
	t := p.advance()
	if t.kind != name {
		return s, fail(t.at, how, "%s where the name of a variable should stand", t)
	}
	s.name, s.at = t.text, t.at
	op := p.tokens[p.pos]
	for _, a := range assignments {
		if p.accept(a) {
			s.op = a
			break
		}
	}
	if s.op == "" {
		return s, fail(op.at, how, "%s where = or += should stand", op)
	}
	p.skipBreaks()
	if s.expr, err = p.expression(); err != nil {
		return s, err
	}
	if t := p.tokens[p.pos]; t.kind != endOfLine && t.kind != endOfText {
		return s, fail(t.at, "begin a new line, or put a semicolon", "%s after the statement", t)
	}
	return s, nil
}

// readCondition parses one expression that fills the text.
func readCondition(field, text string, problems *Problems) *Expr {
	tokens, err := scan(text)
	if err != nil {
		problems.report(field, err)
		return nil
	}
	p := &parser{tokens: tokens, open: 1} // breaks have no meaning
	x, err := p.expression()
	if t := p.peek(); err == nil && t.kind != endOfText {
		err = fail(t.at, "", "%s where an operator or the end should stand", t)
	}
	if err != nil {
		problems.report(field, err)
		return nil
	}
	return x
}

// value is what a statement assigns, as an expression of the variable's old
// value.
func (s statement) value() *Expr {
	if s.op == "=" {
		return s.expr
	}
	old := &Expr{Op: "name", Name: s.name, At: s.at}
	return &Expr{Op: strings.TrimSuffix(s.op, "="), Args: []*Expr{old, s.expr}, At: s.at}
}
