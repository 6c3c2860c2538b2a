package spa

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TextError says what is wrong with a text, and where in it.
type TextError struct {
	Text    string
	At      int // byte of the text
	Problem string
	Remedy  string
}

// Error gives the problem with the place and the remedy.
func (e *TextError) Error() string {
	text := fmt.Sprintf("%q, column %d: %s", e.Text, utf8.RuneCountInString(e.Text[:min(e.At, len(e.Text))])+1, e.Problem)
	if e.Remedy != "" {
		text += "; " + e.Remedy
	}
	return text
}

// kind of an expression.
type kind int

const (
	number  kind = iota
	pointer      // a name with a capital letter
	module       // any other name, perhaps with an end: memory.output
	sum
	difference
	product
	negative
	inverse
	call   // dot(a, b), translate(a), reinterpret(a)
	method // A.unitary(), A.normalized()
)

// expr is an expression of a text.
type expr struct {
	kind  kind
	name  string
	value float64
	args  []*expr
	at    int
}

// route is "expression -> target".
type route struct {
	from     *expr
	to       string
	at, toAt int
}

// functions are those of the language, with their numbers of arguments.
var functions = map[string]int{"dot": 2, "translate": 1, "reinterpret": 1}

const maxDepth = 200 // of nested expressions

// parser reads a text from left to right; the first mistake ends it.
type parser struct {
	text  string
	at    int
	depth int
}

// fail ends the reading.
func (p *parser) fail(at int, remedy, format string, args ...any) {
	panic(&TextError{Text: p.text, At: at, Problem: fmt.Sprintf(format, args...), Remedy: remedy})
}

// parse runs a part of the grammar over a whole text.
func parse[T any](text string, rule func(p *parser) T) (result T, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*TextError)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	p := &parser{text: text}
	result = rule(p)
	if p.skip(); p.at < len(text) {
		p.fail(p.at, "write one expression", "unexpected %s", p.next())
	}
	return result, nil
}

func (p *parser) skip() {
	for p.at < len(p.text) && strings.ContainsRune(" \t\r\n", rune(p.text[p.at])) {
		p.at++
	}
}

// next names what follows, for messages.
func (p *parser) next() string {
	if p.at >= len(p.text) {
		return "end of the text"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.at:])
	return strconv.Quote(string(r))
}

// take reads a symbol, if it follows.
func (p *parser) take(symbol string) bool {
	p.skip()
	if !strings.HasPrefix(p.text[p.at:], symbol) || symbol == "-" && strings.HasPrefix(p.text[p.at:], "->") {
		return false
	}
	p.at += len(symbol)
	return true
}

func (p *parser) want(symbol, where string) {
	if !p.take(symbol) {
		p.fail(p.at, "write "+where, "%q is missing before %s", symbol, p.next())
	}
}

// word reads a name; "" when none follows.
func (p *parser) word() (string, int) {
	p.skip()
	start := p.at
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if r != '_' && !unicode.IsLetter(r) && (p.at == start || !unicode.IsDigit(r)) {
			break
		}
		p.at += size
	}
	return p.text[start:p.at], start
}

// route reads "expression -> target".
func (p *parser) route() route {
	p.skip()
	r := route{at: p.at, from: p.sum()}
	p.want("->", "expression -> target")
	p.skip()
	r.toAt = p.at
	r.to = p.path("the name of a module behind the arrow")
	return r
}

// path reads a name with its ends: memory.input.
func (p *parser) path(what string) string {
	name, at := p.word()
	if name == "" {
		p.fail(at, "write "+what, "a name is missing before %s", p.next())
	}
	for p.at < len(p.text) && p.text[p.at] == '.' {
		p.at++
		inner, at := p.word()
		if inner == "" {
			p.fail(at, "write "+what, "a name is missing behind the point")
		}
		name += "." + inner
	}
	return name
}

func (p *parser) sum() *expr {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.at, "write a shorter one", "the expression is nested too deeply")
	}
	defer func() { p.depth-- }()
	e := p.product()
	for {
		p.skip()
		at := p.at
		switch {
		case p.take("+"):
			e = &expr{kind: sum, args: []*expr{e, p.product()}, at: at}
		case p.take("-"):
			e = &expr{kind: difference, args: []*expr{e, p.product()}, at: at}
		default:
			return e
		}
	}
}

func (p *parser) product() *expr {
	e := p.factor()
	for {
		p.skip()
		at := p.at
		if !p.take("*") {
			return e
		}
		e = &expr{kind: product, args: []*expr{e, p.factor()}, at: at}
	}
}

func (p *parser) factor() *expr {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.at, "write a shorter one", "the expression is nested too deeply")
	}
	defer func() { p.depth-- }()
	p.skip()
	at := p.at
	switch {
	case p.take("-"):
		return &expr{kind: negative, args: []*expr{p.factor()}, at: at}
	case p.take("~"):
		return &expr{kind: inverse, args: []*expr{p.factor()}, at: at}
	case p.take("("):
		e := p.sum()
		p.want(")", "as many closing as opening brackets")
		return p.methods(e)
	}
	if p.at < len(p.text) && (p.text[p.at] == '.' || '0' <= p.text[p.at] && p.text[p.at] <= '9') {
		return p.number()
	}
	name, _ := p.word()
	if name == "" {
		p.fail(at, "write a name, a number or a bracket", "an expression is missing before %s", p.next())
	}
	if n, known := functions[name]; known && p.take("(") {
		e := &expr{kind: call, name: name, at: at}
		for i := range n {
			if i > 0 {
				p.want(",", name+" with "+strconv.Itoa(n)+" arguments")
			}
			e.args = append(e.args, p.sum())
		}
		p.want(")", name+" with "+strconv.Itoa(n)+" argument(s)")
		return e
	}
	if first, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(first) {
		return p.methods(&expr{kind: pointer, name: name, at: at})
	}
	for p.at < len(p.text) && p.text[p.at] == '.' {
		p.at++
		inner, innerAt := p.word()
		if inner == "" {
			p.fail(innerAt, "write the name of an end", "a name is missing behind the point")
		}
		name += "." + inner
	}
	if p.take("(") {
		p.fail(at, "there is: dot(a, b), translate(a), reinterpret(a)", "there is no function %q", name)
	}
	return &expr{kind: module, name: name, at: at}
}

// methods reads .unitary() and .normalized() behind an expression.
func (p *parser) methods(e *expr) *expr {
	for p.at < len(p.text) && p.text[p.at] == '.' {
		p.at++
		name, at := p.word()
		if name != "unitary" && name != "normalized" {
			p.fail(at, "there is: unitary(), normalized()", "a pointer has no %q", name)
		}
		p.want("(", name+"()")
		p.want(")", name+"()")
		e = &expr{kind: method, name: name, args: []*expr{e}, at: at}
	}
	return e
}

func (p *parser) number() *expr {
	start := p.at
	for p.at < len(p.text) && (p.text[p.at] == '.' || '0' <= p.text[p.at] && p.text[p.at] <= '9' ||
		(p.text[p.at] == 'e' || p.text[p.at] == 'E') || (p.text[p.at] == '-' || p.text[p.at] == '+') && (p.text[p.at-1] == 'e' || p.text[p.at-1] == 'E')) {
		p.at++
	}
	x, err := strconv.ParseFloat(p.text[start:p.at], 64)
	if err != nil {
		p.fail(start, "write a number such as 0.5", "%q is no number", p.text[start:p.at])
	}
	return &expr{kind: number, value: x, at: start}
}
