package equation

// An Expr is a node of an expression as it was written.
type Expr struct {
	// Op is what it is: "number", "name", "call", or an operator: + - * / **
	// % < <= > >= == != and or not neg.
	Op    string
	Name  string  // of a name or a function
	Value float64 // of a number
	Args  []*Expr
	At    Place
}

// mentions says whether a name occurs in the expression.
func (e *Expr) mentions(name string) bool {
	if e == nil {
		return false
	}
	if e.Op == "name" && e.Name == name {
		return true
	}
	for _, a := range e.Args {
		if a.mentions(name) {
			return true
		}
	}
	return false
}

// walk visits the expression and all within it.
func (e *Expr) walk(visit func(*Expr)) {
	if e == nil {
		return
	}
	visit(e)
	for _, a := range e.Args {
		a.walk(visit)
	}
}

// parser reads tokens.
type parser struct {
	tokens []token
	pos    int
	depth  int
	open   int // brackets; line breaks within have no meaning
}

func (p *parser) peek() token {
	if p.open > 0 {
		for p.tokens[p.pos].kind == endOfLine && p.tokens[p.pos].text == "\n" {
			p.pos++
		}
	}
	return p.tokens[p.pos]
}

func (p *parser) advance() token {
	t := p.peek()
	if t.kind != endOfText {
		p.pos++
	}
	return t
}

// accept takes the next token if it is this operator or word.
func (p *parser) accept(text string) bool {
	t := p.peek()
	if (t.kind == operator || t.kind == name) && t.text == text {
		p.pos++
		return true
	}
	return false
}

func (p *parser) expect(text, context string) error {
	if t := p.peek(); !p.accept(text) {
		return fail(t.at, "", "%s where %q should stand%s", t, text, context)
	}
	return nil
}

// binary operators by rank, the loosest first.
var ranks = [][]string{{"or"}, {"and"}, {"not"}, {"<", "<=", ">", ">=", "==", "!="}, {"+", "-"}, {"*", "/", "%"}}

const (
	rankNot        = 2
	rankComparison = 3
)

// expression reads a whole expression.
func (p *parser) expression() (*Expr, error) { return p.ranked(0) }

// enter counts how deep things lie within each other.
func (p *parser) enter() error {
	if p.depth++; p.depth > maxDepth {
		return fail(p.peek().at, "name a part of it: x = … : unit", "the expression is nested more than %d deep", maxDepth)
	}
	return nil
}

func (p *parser) ranked(rank int) (*Expr, error) {
	switch rank {
	case rankNot:
		if at := p.peek().at; p.accept("not") {
			if err := p.enter(); err != nil {
				return nil, err
			}
			defer func() { p.depth-- }()
			x, err := p.ranked(rankNot)
			return &Expr{Op: "not", Args: []*Expr{x}, At: at}, err
		}
		return p.ranked(rank + 1)
	case len(ranks):
		return p.signed()
	}
	left, err := p.ranked(rank + 1)
	compared := false
	for err == nil {
		t := p.operatorAhead(ranks[rank])
		if t == nil {
			return left, nil
		}
		if compared {
			return nil, fail(t.at, "join two comparisons with and", "comparisons cannot be chained")
		}
		compared = rank == rankComparison
		var right *Expr
		right, err = p.ranked(rank + 1)
		left = &Expr{Op: t.text, Args: []*Expr{left, right}, At: t.at}
	}
	return nil, err
}

// operatorAhead takes the next token if it is one of the operators. A line that
// begins with an operator continues the one before.
func (p *parser) operatorAhead(list []string) *token {
	pos := p.pos
	for p.tokens[pos].kind == endOfLine && p.tokens[pos].text == "\n" {
		pos++
	}
	t := &p.tokens[pos]
	if t.kind != operator && t.kind != name {
		return nil
	}
	for _, op := range list {
		if t.text == op {
			p.pos = pos + 1
			p.skipBreaks()
			return t
		}
	}
	return nil
}

// skipBreaks passes over line breaks after an operator.
func (p *parser) skipBreaks() {
	for p.tokens[p.pos].kind == endOfLine && p.tokens[p.pos].text == "\n" {
		p.pos++
	}
}

// signed reads signs and powers: -x**2 is -(x**2).
func (p *parser) signed() (*Expr, error) {
	at := p.peek().at
	minus := p.accept("-")
	if !minus && !p.accept("+") {
		return p.power()
	}
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	x, err := p.signed()
	if minus {
		x = &Expr{Op: "neg", Args: []*Expr{x}, At: at}
	}
	return x, err
}

func (p *parser) power() (*Expr, error) {
	base, err := p.operand()
	if err != nil {
		return nil, err
	}
	t := p.peek()
	if t.kind == operator && t.text == "^" {
		return nil, fail(t.at, "write ** for a power", "^ has no meaning here")
	}
	if !p.accept("**") {
		return base, nil
	}
	p.skipBreaks()
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	exponent, err := p.signed()
	return &Expr{Op: "**", Args: []*Expr{base, exponent}, At: t.at}, err
}

func (p *parser) operand() (*Expr, error) {
	t := p.advance()
	switch {
	case t.kind == number:
		return &Expr{Op: "number", Value: t.value, At: t.at}, nil
	case t.kind == name && (t.text == "and" || t.text == "or" || t.text == "not"):
		return nil, fail(t.at, "", "%s where a number or a name should stand", t)
	case t.kind == name && (t.text == "True" || t.text == "False"):
		x := &Expr{Op: "number", At: t.at}
		if t.text == "True" {
			x.Value = 1
		}
		return x, nil
	case t.kind == name && p.accept("("):
		return p.call(t)
	case t.kind == name:
		return &Expr{Op: "name", Name: t.text, At: t.at}, nil
	case t.kind == operator && t.text == "(":
		return p.bracket(t)
	}
	return nil, fail(t.at, "", "%s where a number or a name should stand", t)
}

func (p *parser) bracket(open token) (*Expr, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	p.open++
	x, err := p.expression()
	if err == nil {
		err = p.closing(open)
	}
	p.open--
	return x, err
}

func (p *parser) closing(open token) error {
	if t := p.peek(); !p.accept(")") {
		return fail(t.at, "close the bracket", "%s where the bracket of line %d, column %d should be closed", t, open.at.Line, open.at.Col)
	}
	return nil
}

func (p *parser) call(f token) (*Expr, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	x := &Expr{Op: "call", Name: f.text, At: f.at}
	p.open++
	defer func() { p.open-- }()
	if p.accept(")") {
		return x, nil
	}
	for {
		arg, err := p.expression()
		if err != nil {
			return nil, err
		}
		x.Args = append(x.Args, arg)
		if !p.accept(",") {
			return x, p.closing(f)
		}
	}
}
