package script

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"soma"
	"soma/spa"
)

var vocabularySignature = &signature{
	name: "spa.vocabulary", byPosition: 2,
	doc: "Names for vectors. `vocab[\"A*B + C\"]` is the vector of an expression, `vocab.names`, `vocab.vectors` (as a transform: similarities) and `vocab.dimensions` are what they say, `vocab.similarities(x)` the dot products of a vector with all pointers, `vocab.transform_to(other)` the matrix that translates to another vocabulary by the names that both have, `vocab.subset(names)` a vocabulary of some of the pointers. What a name stands for depends on it, on the dimensions, the seed and the name of the vocabulary, and not on what else is in the vocabulary, unless two pointers would be too similar. `Identity` and `Zero` are always there.",
	params: []parameter{
		{name: "dimensions", kind: "whole number", required: true, doc: "length of the vectors"},
		{name: "pointers", kind: "string, list or dictionary", doc: "names, separated by semicolons in a string, perhaps with a definition: `\"A; B.unitary(); C = A*B + 0.5*D\"`; or `{name: vector}`"},
		{name: "name", kind: "string", doc: "two vocabularies of one length and name give the same vectors to the same pointers"},
		{name: "seed", kind: "whole number", def: "0", doc: "other seeds give other vectors"},
		{name: "algebra", kind: "string", def: "\"HRR\"", doc: "`\"HRR\"`: binding by circular convolution; `\"VTB\"`: vector-derived transformation binding, for square numbers of dimensions"},
		{name: "max_similarity", kind: "number", def: "0.1", doc: "of a new pointer to those that are there, where that can be had in 100 attempts"},
		{name: "unitary", kind: "True or False", def: "False", doc: "makes all pointers unitary: unbinding them is exact"},
	},
}

// vocabularyValue is a vocabulary in a model file.
type vocabularyValue struct {
	*spa.Vocabulary
	s *session
}

var vocabularyType = reflect.TypeFor[*spa.Vocabulary]()

var (
	_ starlark.Mapping  = (*vocabularyValue)(nil)
	_ starlark.HasAttrs = (*vocabularyValue)(nil)
)

func (v *vocabularyValue) Type() string          { return "vocabulary" }
func (v *vocabularyValue) Freeze()               {}
func (v *vocabularyValue) Truth() starlark.Bool  { return true }
func (v *vocabularyValue) Hash() (uint32, error) { return starlark.String("vocabulary").Hash() }

func (s *session) vocabulary(c *call) starlark.Value {
	n := 0
	c.whole("dimensions", &n)
	if c.given("dimensions") && !c.spoilt["dimensions"] && (n < 1 || n > 1<<14) {
		c.report("dimensions", fmt.Sprintf("%d dimensions", n), "give a number from 1 to 16384")
	}
	if c.bad {
		return s.poison
	}
	v := spa.NewVocabulary(n)
	c.text("name", &v.Name)
	v.Seed = c.seed()
	c.number("max_similarity", &v.MaxSimilarity)
	c.truth("unitary", &v.Unitary)
	name := v.Algebra.Name()
	c.text("algebra", &name)
	algebra, err := spa.AlgebraNamed(name)
	if err == nil {
		err = algebra.Check(n)
	}
	if err != nil {
		problem, remedy, _ := strings.Cut(err.Error(), "; ")
		c.report("algebra", problem, remedy)
		return s.poison
	}
	v.Algebra = algebra
	var texts []string
	if dict, ok := c.value("pointers").(*starlark.Dict); ok {
		c.pointers(v, dict)
	} else if c.given("pointers") {
		c.texts("pointers", &texts)
	}
	if c.bad {
		return s.poison
	}
	for _, text := range texts {
		if err := v.Populate(text); err != nil {
			c.reportText("pointers", err)
			return s.poison
		}
	}
	return &vocabularyValue{v, s}
}

// pointers adds given vectors to a vocabulary.
func (c *call) pointers(v *spa.Vocabulary, dict *starlark.Dict) {
	for k, item := range dict.Entries() {
		name, ok := starlark.AsString(k)
		x, problem := toFloats(item)
		if !ok {
			problem = describe(k) + " is no name"
		}
		if problem == "" {
			if err := v.Add(name, slices.Clone(x)); err != nil {
				problem = err.Error()
			}
		}
		if problem != "" {
			problem, remedy, _ := strings.Cut(problem, "; ")
			c.report("pointers", problem, orElse(remedy, "write {\"A\": [1, 0, …]}"))
			return
		}
	}
}

// reportText reports what is wrong with a text, at its place in the file.
func (c *call) reportText(name string, err error) {
	e, ok := err.(*spa.TextError)
	if !ok {
		problem, remedy, _ := strings.Cut(err.Error(), "; ")
		c.report(name, problem, remedy)
		return
	}
	c.spoil(name)
	pos, problem := c.textPlace(e)
	c.reportAt(pos, name, problem, e.Remedy)
}

// textPlace is where in the file a text is wrong, and what is wrong: with its
// column in the text where the file does not hold it as it is.
func (c *call) textPlace(e *spa.TextError) (soma.Position, string) {
	pos, problem := c.pos, fmt.Sprintf("column %d of %q: %s", len([]rune(e.Text[:min(e.At, len(e.Text))]))+1, short(e.Text), e.Problem)
	if c.expr == nil {
		return pos, problem
	}
	var literal *syntax.Literal
	syntax.Walk(c.expr, func(n syntax.Node) bool {
		if l, ok := n.(*syntax.Literal); ok && literal == nil && l.Value == e.Text {
			literal = l
		}
		return literal == nil
	})
	if literal == nil {
		return pos, problem
	}
	pos = position(literal.TokenPos)
	quote := 1
	if strings.HasPrefix(literal.Raw, `"""`) || strings.HasPrefix(literal.Raw, "'''") {
		quote = 3
	}
	if len(literal.Raw) != len(e.Text)+2*quote { // escapes
		return pos, problem
	}
	before := e.Text[:min(e.At, len(e.Text))]
	pos.Col += quote
	if line := strings.LastIndex(before, "\n"); line >= 0 {
		pos.Line += strings.Count(before, "\n")
		pos.Col, before = 1, before[line+1:]
	}
	pos.Col += len([]rune(before))
	return pos, e.Problem
}

// AttrNames implements starlark.HasAttrs.
func (v *vocabularyValue) AttrNames() []string {
	return []string{"dimensions", "name", "names", "similarities", "subset", "transform_to", "vectors"}
}

// Attr implements starlark.HasAttrs.
func (v *vocabularyValue) Attr(name string) (starlark.Value, error) {
	switch name {
	case "dimensions":
		return starlark.MakeInt(v.Dimensions), nil
	case "name":
		return starlark.String(v.Name), nil
	case "names":
		var names starlark.Tuple
		for _, n := range v.Names() {
			names = append(names, starlark.String(n))
		}
		return names, nil
	case "vectors":
		return matrix(v.Vectors()), nil
	case "similarities":
		return v.function(name, "x", "vector", v.similarities), nil
	case "transform_to":
		return v.function(name, "other", "vocabulary", v.transformTo), nil
	case "subset":
		return v.function(name, "names", "list of strings", v.subset), nil
	}
	return v.s.noAttribute("vocabulary", name, v.AttrNames())
}

func (v *vocabularyValue) function(name, param, kind string, run func(c *call) starlark.Value) *function {
	sig := &signature{name: "vocabulary." + name, byPosition: 1, params: []parameter{{name: param, kind: kind, required: true}}}
	return &function{sig: sig, s: v.s, run: func(c *call) starlark.Value {
		if c.bad {
			return v.s.poison
		}
		return run(c)
	}}
}

func (v *vocabularyValue) similarities(c *call) starlark.Value {
	x, problem := toFloats(c.value("x"))
	if problem == "" && len(x) != v.Dimensions {
		problem = fmt.Sprintf("%d values; the vocabulary has %d dimensions", len(x), v.Dimensions)
	}
	if problem != "" {
		c.report("x", problem, fmt.Sprintf("give a vector of %d values", v.Dimensions))
		return v.s.poison
	}
	return vector(v.Similarities(x))
}

func (v *vocabularyValue) transformTo(c *call) starlark.Value {
	other, ok := c.value("other").(*vocabularyValue)
	if !ok {
		c.report("other", describe(c.value("other"))+" is no vocabulary", "give what spa.vocabulary(…) made")
		return v.s.poison
	}
	m, err := v.TransformTo(other.Vocabulary)
	if err != nil {
		c.report("other", err.Error(), "populate both with the same names")
		return v.s.poison
	}
	return matrix(m)
}

func (v *vocabularyValue) subset(c *call) starlark.Value {
	var names []string
	c.texts("names", &names)
	sub, err := v.Subset(names...)
	if err != nil {
		problem, remedy, _ := strings.Cut(err.Error(), "; ")
		c.report("names", problem, remedy)
	}
	if c.bad {
		return v.s.poison
	}
	return &vocabularyValue{sub, v.s}
}

// Get implements starlark.Mapping: the vector of an expression.
func (v *vocabularyValue) Get(k starlark.Value) (starlark.Value, bool, error) {
	if isPoison(k) {
		return v.s.poison, true, nil
	}
	text, ok := starlark.AsString(k)
	if !ok {
		return v.wrong(describe(k)+" is no expression", "write it in quotes, such as vocab[\"A*B\"]")
	}
	x, err := v.Parse(text)
	if err != nil {
		problem, remedy, _ := strings.Cut(err.Error(), "; ")
		return v.wrong(problem, remedy)
	}
	return vector(slices.Clone(x)), true, nil
}

// wrong reports an expression and gives poison.
func (v *vocabularyValue) wrong(problem, remedy string) (starlark.Value, bool, error) {
	if v.s.thread == nil { // in a function of the model
		return nil, false, fmt.Errorf("%s; %s", problem, remedy)
	}
	v.s.report(soma.Error{Pos: v.s.herePos(), Object: "vocabulary", Problem: problem, Remedy: remedy})
	return v.s.poison, true, nil
}

// vocabulary reads a vocabulary; nil when there is none.
func (c *call) vocabulary(name string) *spa.Vocabulary {
	switch v := c.value(name).(type) {
	case nil:
	case *vocabularyValue:
		return v.Vocabulary
	default:
		c.report(name, describe(v)+" is no vocabulary", "give what spa.vocabulary(…) made")
	}
	return nil
}
