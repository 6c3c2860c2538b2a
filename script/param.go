package script

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"soma/internal/suggest"

	"go.starlark.net/starlark"

	"soma"
)

// Param is a parameter that the model file declares: param("g", 5.0, …).
type Param struct {
	Name string
	// Value is what the model was made with, Default what the file says; both
	// are float64, int64, bool or string, and of one type.
	Value, Default any
	Doc            string
	Min, Max       *float64 // nil: no bound
	Pos            soma.Position
}

var paramSignature = &signature{
	name: "param", byPosition: 3,
	doc: "Declares a parameter and gives its value: `--set g=4` on the command line, a slider in the studio.",
	params: []parameter{
		{name: "name", kind: "string", required: true, doc: "its name"},
		{name: "default", kind: "number, string, True or False", required: true, doc: "its value when nothing else is set"},
		{name: "doc", kind: "string", doc: "what it means"},
		{name: "min", kind: "number", doc: "smallest value"},
		{name: "max", kind: "number", doc: "largest value"},
	},
}

func (s *session) param(c *call) starlark.Value {
	p := Param{Pos: c.pos}
	c.text("name", &p.Name)
	c.text("doc", &p.Doc)
	p.Min, p.Max = c.bound("min"), c.bound("max")
	fallback := c.value("default")
	p.Default = fromParam(fallback)
	if fallback != nil && p.Default == nil {
		c.report("default", describe(fallback)+" cannot be a parameter", "give a number, a string, True or False")
	}
	if c.bad {
		if fallback == nil || p.Default == nil {
			return s.poison
		}
		return fallback
	}
	for _, other := range s.params {
		if other.Name == p.Name {
			c.report("name", fmt.Sprintf("%q is declared already, at %s", p.Name, other.Pos), "give another name")
			return fallback
		}
	}
	p.Value = p.Default
	c.subject = "param " + p.Name
	c.checkRange("default", p)
	if text, ok := s.opts.Set[p.Name]; ok {
		s.setParam(&p, text)
	}
	s.params = append(s.params, p)
	return toParam(p.Value)
}

func (c *call) bound(name string) *float64 {
	if !c.given(name) {
		return nil
	}
	var x float64
	c.number(name, &x)
	return &x
}

// fromParam gives the Go value of a parameter; nil for other types.
func fromParam(v starlark.Value) any {
	switch v := v.(type) {
	case starlark.Bool:
		return bool(v)
	case starlark.String:
		return string(v)
	case starlark.Float:
		return float64(v)
	case starlark.Int:
		if n, ok := v.Int64(); ok {
			return n
		}
	}
	return nil
}

func toParam(v any) starlark.Value {
	switch v := v.(type) {
	case bool:
		return starlark.Bool(v)
	case string:
		return starlark.String(v)
	case int64:
		return starlark.MakeInt64(v)
	case float64:
		return starlark.Float(v)
	}
	return starlark.None
}

// outside says how a value is out of a parameter's range.
func (p *Param) outside(v any) (problem, remedy string) {
	var x float64
	switch v := v.(type) {
	case float64:
		x = v
	case int64:
		x = float64(v)
	default:
		return "", ""
	}
	switch {
	case p.Min != nil && x < *p.Min:
		problem = fmt.Sprintf("%v is below the minimum of %g", v, *p.Min)
	case p.Max != nil && x > *p.Max:
		problem = fmt.Sprintf("%v is above the maximum of %g", v, *p.Max)
	default:
		return "", ""
	}
	return problem, "give " + p.rangeText()
}

func (p *Param) rangeText() string {
	switch {
	case p.Min == nil:
		return fmt.Sprintf("at most %g", *p.Max)
	case p.Max == nil:
		return fmt.Sprintf("at least %g", *p.Min)
	}
	return fmt.Sprintf("a value from %g to %g", *p.Min, *p.Max)
}

func (c *call) checkRange(name string, p Param) {
	if problem, remedy := p.outside(p.Default); problem != "" {
		c.report(name, problem, remedy)
	}
}

// setParam takes a value from the command line.
func (s *session) setParam(p *Param, text string) {
	object := "--set " + p.Name
	v, problem, remedy := parseParam(p.Default, text)
	if problem == "" {
		problem, remedy = p.outside(v)
	}
	if problem != "" {
		s.report(soma.Error{Object: object, Problem: problem, Remedy: remedy})
		return
	}
	p.Value = v
}

// parseParam reads a value of the same type as the default.
func parseParam(fallback any, text string) (v any, problem, remedy string) {
	text = strings.TrimSpace(text)
	switch fallback.(type) {
	case string:
		return text, "", ""
	case bool:
		switch strings.ToLower(text) {
		case "true", "1", "yes", "on":
			return true, "", ""
		case "false", "0", "no", "off":
			return false, "", ""
		}
		return nil, fmt.Sprintf("%q is neither true nor false", text), "give true or false"
	}
	x, problem := parseQuantity(text)
	if problem != "" {
		return nil, problem, "give a number, such as 5, 1e-3 or 5ms"
	}
	if _, integer := fallback.(int64); integer {
		if x != math.Floor(x) || math.Abs(x) > maxWhole {
			return nil, fmt.Sprintf("%q is no whole number", text), "give a whole number"
		}
		return int64(x), "", ""
	}
	return x, "", ""
}

// parseQuantity reads a number with or without a unit: "5ms", "5 ms", "5*ms".
func parseQuantity(text string) (float64, string) {
	end := len(text)
	for end > 0 && !strings.ContainsRune("0123456789.", rune(text[end-1])) {
		end--
	}
	number, name := strings.TrimSpace(text[:end]), strings.Trim(text[end:], " *")
	factor := 1.0
	if number == "" {
		return 0, fmt.Sprintf("%q is no number", text)
	}
	if name == "s" {
		name = "second"
	}
	if name != "" {
		i := slices.IndexFunc(units, func(u quantity) bool { return u.name == name })
		if i < 0 {
			return 0, fmt.Sprintf("%q is no unit%s", name, suggest.Hint(name, slices.Collect(maps.Keys(unitNames))))
		}
		factor = units[i].value
	}
	x, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return 0, fmt.Sprintf("%q is no number", text)
	}
	return float64(x * factor), ""
}

// completeParams hands over the parameters and reports those set but not
// declared.
func (s *session) completeParams(m *Model) {
	m.Params = s.params
	var known []string
	for _, p := range s.params {
		known = append(known, p.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(s.opts.Set)) {
		if slices.Contains(known, name) || s.ended {
			continue
		}
		remedy := "the file declares: " + strings.Join(known, ", ")
		if len(known) == 0 {
			remedy = "the file declares none; write param(\"" + name + "\", …) in it"
		}
		s.report(soma.Error{Object: "--set " + name, Problem: fmt.Sprintf("there is no such parameter%s", suggest.Hint(name, known)), Remedy: remedy})
	}
}
