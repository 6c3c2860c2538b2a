package script

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"soma"
	"soma/internal/suggest"
)

// reportUnknownNames reports the names of a resolved file that nothing defines,
// and gives the predeclared names with poison for those. Unlike an error while
// executing, this finds the names in functions that are never called.
func (s *session) reportUnknownNames(f *file) starlark.StringDict {
	names := starlark.StringDict{}
	for name, v := range s.predeclared {
		names[name] = v
	}
	unknown := map[string][]*syntax.Ident{}
	var order []string
	syntax.Walk(f.syntax, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Ident:
			b, ok := n.Binding.(*resolve.Binding)
			if ok && b.Scope == resolve.Predeclared && !s.predeclared.Has(n.Name) {
				if unknown[n.Name] == nil {
					order = append(order, n.Name)
				}
				unknown[n.Name] = append(unknown[n.Name], n)
			}
		case *syntax.DotExpr:
			s.reportUnknownMember(n)
		}
		return true
	})
	for _, name := range order {
		names[name] = s.poison
		s.reportUnknown(f, name, unknown[name])
	}
	return names
}

func (s *session) reportUnknown(f *file, name string, uses []*syntax.Ident) {
	known := slices.Concat(f.bound(), s.predeclared.Keys(), starlark.Universe.Keys())
	known = slices.DeleteFunc(known, isPseudoName)
	problem := fmt.Sprintf("%q is not defined%s", name, suggest.Hint(name, known))
	remedy := "define it, or mend the name"
	if r, ok := absent[name]; ok {
		problem, remedy = fmt.Sprintf("%q is not defined", name), r
	}
	s.report(soma.Error{Pos: position(uses[0].NamePos), Problem: problem + alsoOn(uses), Remedy: remedy})
}

// absent are names that Python programmers look for.
var absent = map[string]string{
	"np":     "there are arrays without a prefix: array, linspace, zeros, dot, …",
	"numpy":  "there are arrays without a prefix: array, linspace, zeros, dot, …",
	"math":   "the functions have no prefix: sin, exp, sqrt, pi, …",
	"nengo":  "write Network(…) and model.ensemble(…)",
	"nest":   "write Network(…) and model.population(…)",
	"brian2": "write Network(…), model.population(…) and neuron.equations(…)",
	"µs":     "write us", "μs": "write us", "µF": "write uF", "μF": "write uF", "µS": "write uS", "μS": "write uS",
	"sum_":  "write sum(x)",
	"round": "write floor(x + 0.5)",
	"open":  "a model file cannot read files; load(\"other.star\", \"name\") reads other model files",
}

// alsoOn says where else a name is used.
func alsoOn(uses []*syntax.Ident) string {
	var lines []string
	last := uses[0].NamePos.Line
	for _, u := range uses[1:] {
		if u.NamePos.Line != last {
			last = u.NamePos.Line
			lines = append(lines, strconv.Itoa(int(last)))
		}
	}
	switch {
	case len(lines) == 0:
		return ""
	case len(lines) == 1:
		return ", here and on line " + lines[0]
	case len(lines) > 5:
		lines = append(lines[:5], "…")
	}
	return ", here and on lines " + strings.Join(lines, ", ")
}

// reportUnknownMember reports what is not in neuron., synapse. and so on.
func (s *session) reportUnknownMember(dot *syntax.DotExpr) {
	id, ok := dot.X.(*syntax.Ident)
	if !ok {
		return
	}
	b, ok := id.Binding.(*resolve.Binding)
	space, isSpace := s.predeclared[id.Name].(*namespace)
	if !ok || b.Scope != resolve.Predeclared || !isSpace || space.members[dot.Name.Name] != nil {
		return
	}
	name := dot.Name.Name
	known := space.AttrNames()
	s.report(soma.Error{
		Pos: position(dot.Name.NamePos), Object: space.name,
		Problem: fmt.Sprintf("no %q here%s", name, suggest.Hint(name, known)),
		Remedy:  "there is: " + strings.Join(known, ", "),
	})
}

// namespace is what stands before the dot in neuron.LIF. Unknown members are
// reported once, when the file is resolved.
type namespace struct {
	name    string
	members starlark.StringDict
	poison  *poison
}

func (n *namespace) String() string        { return n.name }
func (n *namespace) Type() string          { return "namespace" }
func (n *namespace) Freeze()               {}
func (n *namespace) Truth() starlark.Bool  { return true }
func (n *namespace) Hash() (uint32, error) { return starlark.String(n.name).Hash() }
func (n *namespace) AttrNames() []string   { return n.members.Keys() }

func (n *namespace) Attr(name string) (starlark.Value, error) {
	if v, ok := n.members[name]; ok {
		return v, nil
	}
	return n.poison, nil
}
