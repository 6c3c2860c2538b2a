package script

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"soma"
	"soma/dist"
	"soma/neuron"
)

var equationsSignature = &signature{
	name: "neuron.equations", byPosition: 1,
	doc: "A neuron model of your own, written as differential equations: see [Equations](equations.md). Every other argument is a parameter: the value of a name in the equations, in SI units, as a number for all neurons, or as a list or distribution with one for each. `I` in the equations is the input current. `soma check -v` shows what the equations become",
	params: []parameter{
		{name: "text", kind: "string", required: true, doc: "one equation to a line: `dv/dt = … : volt`, `x = … : amp` or `tau : second`"},
		{name: "threshold", kind: "string", doc: "when a neuron fires: `\"v > V_th\"`"},
		{name: "reset", kind: "string", doc: "what happens then: `\"v = V_r; w += b\"`"},
		{name: "refractory", kind: "s or string", doc: "how long variables marked `(unless refractory)` then stand still and no spike is possible: a time, also as an expression, or a condition for staying so"},
		{name: "method", kind: "string", doc: "`\"exact\"`, `\"exponential_euler\"`, `\"euler\"`, `\"rk2\"`, `\"rk4\"`, `\"rk45\"`, `\"rk8\"`, `\"heun\"` or `\"milstein\"`; default: the best that suits"},
		{name: "receptors", kind: "dictionary", doc: "what arriving spikes do: `{\"exc\": \"g_e += w\"}`, where `w` is their weight"},
	},
	others: "NAME",
}

// equationsValue is a neuron model written as equations.
type equationsValue struct{ *neuron.Equations }

func (v *equationsValue) String() string        { return "neuron.equations(…)" }
func (v *equationsValue) Type() string          { return "neuron.equations" }
func (v *equationsValue) Freeze()               {}
func (v *equationsValue) Truth() starlark.Bool  { return true }
func (v *equationsValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: neuron.equations") }

func (s *session) equations(c *call) starlark.Value {
	m := &neuron.Equations{}
	c.text("text", &m.Text)
	c.text("threshold", &m.Threshold)
	c.text("reset", &m.Reset)
	c.text("method", &m.Method)
	c.refractory(&m.Refractory)
	c.receptors(&m.Receptors)
	for _, kw := range c.others {
		c.parameter(kw, &m.Parameters)
	}
	if c.bad || c.badTexts(m.Problems()) {
		return s.poison
	}
	return &equationsValue{m}
}

// badTexts reports the mistakes in texts.
func (c *call) badTexts(problems []neuron.TextProblem) bool {
	for _, p := range problems {
		pos, place := c.textPos(p)
		c.spoil(p.Field)
		c.reportAt(pos, p.Field, place+p.Problem, p.Remedy)
	}
	return len(problems) > 0
}

// refractory takes a time as a number, too.
func (c *call) refractory(into *string) {
	if !c.given("refractory") {
		return
	}
	if _, text := c.value("refractory").(starlark.String); text {
		c.text("refractory", into)
		return
	}
	x, problem := toFloat(c.value("refractory"))
	if problem == "" && x < 0 {
		problem = describe(c.value("refractory")) + " is below 0"
	}
	if problem != "" {
		c.report("refractory", problem, "give a time, such as 5*ms, or an expression in quotes")
		return
	}
	if x > 0 {
		*into = strconv.FormatFloat(x, 'g', -1, 64) + "*second"
	}
}

func (c *call) receptors(into *[]neuron.EquationReceptor) {
	if !c.given("receptors") {
		return
	}
	const how = "write receptors = {\"exc\": \"g_e += w\"}"
	dict, ok := c.value("receptors").(*starlark.Dict)
	if !ok {
		c.report("receptors", describe(c.value("receptors"))+" is no dictionary", how)
		return
	}
	for k, item := range dict.Entries() {
		name, ok := starlark.AsString(k)
		statements, isText := starlark.AsString(item)
		if !ok || !isText {
			c.report("receptors", describe(k)+": "+describe(item)+" are not a name and statements", how)
			return
		}
		*into = append(*into, neuron.EquationReceptor{Name: name, Statements: statements})
	}
}

func (c *call) parameter(kw keyword, into *[]neuron.Parameter) {
	d, problem := toDistribution(kw.value)
	if problem != "" {
		c.report(kw.name, problem, "give a number, or a list or distribution with a value for each neuron")
		return
	}
	if samples, ok := d.(dist.Samples); ok && len(samples) == 1 && len(samples[0]) == 1 {
		d = dist.Constant{Value: samples[0][0]}
	}
	*into = append(*into, neuron.Parameter{Name: kw.name, Value: d})
}

// textPos finds the place of a mistake in the file. Where the text is not
// written out in the call, it is told by line and column of the text.
func (c *call) textPos(p neuron.TextProblem) (pos soma.Position, place string) {
	field, key, _ := strings.Cut(p.Field, ".")
	pos = c.argumentPos(field)
	if p.Place.Line == 0 {
		return pos, ""
	}
	text := c.literal(c.argument(field), key)
	if text == nil {
		return pos, fmt.Sprintf("line %d, column %d: ", p.Place.Line, p.Place.Col)
	}
	quotes := text.Raw[:strings.IndexAny(text.Raw, `"'`)+1]
	if strings.HasPrefix(text.Raw[len(quotes)-1:], `"""`) || strings.HasPrefix(text.Raw[len(quotes)-1:], "'''") {
		quotes += "  "
	} else if p.Place.Line > 1 || strings.Contains(text.Raw, `\`) {
		return position(text.TokenPos), fmt.Sprintf("line %d, column %d: ", p.Place.Line, p.Place.Col)
	}
	pos = position(text.TokenPos)
	if p.Place.Line == 1 {
		pos.Col += utf8.RuneCountInString(quotes) + p.Place.Col - 1
		return pos, ""
	}
	pos.Line, pos.Col = pos.Line+p.Place.Line-1, p.Place.Col
	return pos, ""
}

// argument is what was written for a parameter; nil when it cannot be told.
func (c *call) argument(name string) syntax.Expr {
	if c.expr == nil {
		return nil
	}
	for i, arg := range c.expr.Args {
		if named(arg) == name {
			return arg.(*syntax.BinaryExpr).Y
		}
		if i == 0 && name == c.sig.params[0].name && named(arg) == "" {
			return arg
		}
	}
	return nil
}

// literal is the string that an expression is, or that a variable of the file
// is assigned once; of a dictionary, that of a key.
func (c *call) literal(e syntax.Expr, key string) *syntax.Literal {
	switch e := e.(type) {
	case *syntax.Literal:
		if e.Token == syntax.STRING {
			return e
		}
	case *syntax.ParenExpr:
		return c.literal(e.X, key)
	case *syntax.DictExpr:
		for _, item := range e.List {
			entry := item.(*syntax.DictEntry)
			if k, ok := entry.Key.(*syntax.Literal); ok && k.Value == key {
				return c.literal(entry.Value, "")
			}
		}
	case *syntax.Ident:
		return c.assigned(e.Name)
	}
	return nil
}

func (c *call) assigned(name string) (text *syntax.Literal) {
	f, _, ok := c.s.frame(c.s.thread)
	if !ok {
		return nil
	}
	for _, statement := range f.syntax.Stmts {
		a, ok := statement.(*syntax.AssignStmt)
		if !ok {
			continue
		}
		if id, ok := a.LHS.(*syntax.Ident); ok && id.Name == name {
			l, isLiteral := a.RHS.(*syntax.Literal)
			if text != nil || !isLiteral || l.Token != syntax.STRING {
				return nil
			}
			text = l
		}
	}
	return text
}
