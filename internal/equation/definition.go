package equation

import (
	"math"
	"strings"
)

// A Definition is one line of the equations.
type Definition struct {
	Name string
	// Rate says that Expr is the derivative; without an Expr, the line declares a
	// parameter.
	Rate             bool
	Expr             *Expr
	Unit             Dim
	UnlessRefractory bool
	Constant         bool
	EventDriven      bool
	At               Place
}

// maxDefinitions bounds how many lines are read.
const maxDefinitions = 1000

// readEquations parses the text of the equations. After a mistake it goes on
// with the next line.
func readEquations(text string, problems *Problems) (list []*Definition) {
	tokens, err := scan(text)
	if err != nil {
		problems.report("text", err)
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
		d, err := p.definition()
		if err != nil {
			problems.report("text", err)
			p.nextLine()
			continue
		}
		if list = append(list, d); len(list) > maxDefinitions {
			problems.add("text", d.At, "write fewer", "more than %d equations", maxDefinitions)
			return nil
		}
	}
}

// nextLine gives up on the rest of a line.
func (p *parser) nextLine() {
	p.depth, p.open = 0, 0
	for p.tokens[p.pos].kind != endOfLine && p.tokens[p.pos].kind != endOfText {
		p.pos++
	}
}

const howToDefine = "write dv/dt = … : volt, x = … : volt, or x : volt"

func (p *parser) definition() (*Definition, error) {
	t := p.advance()
	if t.kind != name {
		return nil, fail(t.at, howToDefine, "%s where a name should stand", t)
	}
	d := &Definition{Name: t.text, At: t.at}
	if p.accept("/") {
		below := p.advance()
		if below.text != "dt" || !strings.HasPrefix(t.text, "d") || len(t.text) < 2 {
			return nil, fail(t.at, howToDefine, "%s/%s is no derivative", shorten(t.text), shorten(below.text))
		}
		d.Name, d.Rate = t.text[1:], true
	}
	if d.Rate && p.tokens[p.pos].text != "=" {
		return nil, fail(p.tokens[p.pos].at, howToDefine, "%s where = should stand", p.tokens[p.pos])
	}
	if p.accept("=") {
		p.skipBreaks()
		var err error
		if d.Expr, err = p.expression(); err != nil {
			return nil, err
		}
	}
	return d, p.unitAndFlags(d)
}

func (p *parser) unitAndFlags(d *Definition) error {
	pos := p.pos
	for p.tokens[pos].kind == endOfLine && p.tokens[pos].text == "\n" {
		pos++
	}
	if p.tokens[pos].text == ":" {
		p.pos = pos // a unit may stand on a line of its own
	}
	if t := p.tokens[p.pos]; !p.accept(":") {
		if t.kind == endOfLine || t.kind == endOfText {
			return fail(t.at, "end the line with the unit: … : volt", "%s has no unit", shorten(d.Name))
		}
		return fail(t.at, "end the line with the unit: … : volt", "%s where an operator or a colon should stand", t)
	}
	var err error
	if d.Unit, err = p.unit(); err != nil {
		return err
	}
	if p.accept("(") {
		if err := p.flags(d); err != nil {
			return err
		}
	}
	if t := p.tokens[p.pos]; t.kind != endOfLine && t.kind != endOfText {
		return fail(t.at, "begin a new line", "%s after the unit", t)
	}
	return nil
}

// unit reads a product of units.
func (p *parser) unit() (Dim, error) {
	d, err := p.unitPower()
	for err == nil {
		factor := 1.0
		if p.accept("/") {
			factor = -1
		} else if !p.accept("*") {
			return d, nil
		}
		var e Dim
		e, err = p.unitPower()
		d = d.plus(e, factor)
	}
	return d, err
}

func (p *parser) unitPower() (Dim, error) {
	d, err := p.unitName()
	if err != nil || !p.accept("**") {
		return d, err
	}
	sign := 1.0
	if p.accept("-") {
		sign = -1
	}
	t := p.advance()
	if t.kind != number || t.value > 12 {
		return d, fail(t.at, "write a small number", "%s is no exponent of a unit", t)
	}
	return d.times(sign * t.value), nil
}

func (p *parser) unitName() (Dim, error) {
	t := p.tokens[p.pos]
	if t.kind == endOfLine {
		return none, fail(t.at, "write volt, 1, …", "%s where a unit should stand", t)
	}
	p.advance()
	if t.kind == number && t.value == 1 {
		return none, nil
	}
	if d, ok := unitWords[t.text]; ok {
		return d, nil
	}
	if t.kind == operator && t.text == "(" {
		if err := p.enter(); err != nil {
			return none, err
		}
		defer func() { p.depth-- }()
		d, err := p.unit()
		if err == nil {
			err = p.closing(t)
		}
		return d, err
	}
	u, ok := units[t.text]
	switch {
	case !ok || t.kind != name:
		return none, fail(t.at, "give an SI unit, such as volt, amp, siemens, second, or 1", "%s is no unit%s", t, didYouMean(t.text, unitNames()))
	case u.scale != 1 && u.dim != kilogram:
		return none, fail(t.at, "all quantities are in SI units: write "+u.dim.String(), "%s is a multiple of a unit", t)
	}
	return u.dim, nil
}

// flags reads what stands in brackets behind a unit.
func (p *parser) flags(d *Definition) error {
	for {
		at, words := p.tokens[p.pos].at, []string{}
		for p.tokens[p.pos].kind == name {
			words = append(words, p.advance().text)
			if words[0] == "event" {
				p.accept("-")
			}
		}
		switch flag := strings.Join(words, " "); flag {
		case "unless refractory":
			if !d.Rate {
				return fail(at, "put it behind a differential equation", "only a variable with a derivative can stand still while refractory")
			}
			d.UnlessRefractory = true
		case "constant", "shared", "shared constant", "constant over dt":
			if d.Rate {
				return fail(at, "take it out", "a variable with a derivative is not constant")
			}
			d.Constant = true
		case "event driven":
			if !d.Rate {
				return fail(at, "take it out", "only a variable with a derivative can be event-driven")
			}
			d.EventDriven = true
		default:
			return fail(at, "write (unless refractory) or (constant)", "%q is no flag", shorten(flag))
		}
		if !p.accept(",") {
			return p.expect(")", " at the end of the flags")
		}
	}
}

// finite reports whether a number can be calculated with.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
