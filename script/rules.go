package script

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"soma"
	"soma/spa"
)

// Texts name modules by their names, which are known when the file has been
// read: the connections that they mean are made then.

var spaConnectSignature = &signature{
	name: "spa.connect", byPosition: 1, rest: "route, ",
	doc: "Routes what modules represent, in words: `spa.connect(model, \"scene * ~query -> answer\")`. See [Text](#text).",
	params: []parameter{
		{name: "network", kind: "network", required: true, doc: "whose modules are named, and where the connections are made"},
	},
}

func (s *session) spaConnect(c *call) starlark.Value {
	net := c.network("network")
	texts := c.restTexts("spa.connect(model, \"a * b -> c\")")
	if len(c.rest) == 0 && !c.bad {
		c.reportAt(c.pos, "", "it says nothing", "write spa.connect(model, \"a * b -> c\")")
	}
	if c.bad || net == nil {
		return starlark.None
	}
	s.texts = append(s.texts, func() {
		for _, text := range texts {
			sub, err := spa.Route(net, s.modules(net), text)
			sub.Place(c.pos)
			s.reportRoute(c, "", err)
		}
	})
	return starlark.None
}

// restTexts reads the further positional arguments, which are strings.
func (c *call) restTexts(example string) (texts []string) {
	for i, v := range c.rest {
		text, ok := starlark.AsString(v)
		if !ok {
			if isPoison(v) {
				c.bad = true
				continue
			}
			c.reportAt(c.restPos(i), "", describe(v)+" is no text", "write "+example)
		}
		texts = append(texts, text)
	}
	return texts
}

// reportRoute reports what is wrong with a text, unless that may follow from
// what was wrong before.
func (s *session) reportRoute(c *call, field string, err *spa.TextError) {
	if err == nil || s.followsFromName(err) {
		return
	}
	pos, problem := c.textPlace(err)
	s.record(mistake{err: &soma.Error{Pos: pos, Object: c.sig.name, Field: field, Problem: problem, Remedy: err.Remedy}})
}

// followsFromName says whether a text names what could not be made, because of a
// mistake.
func (s *session) followsFromName(err *spa.TextError) bool {
	if len(s.mistakes) == 0 || !strings.HasPrefix(err.Problem, spa.NoModule) {
		return false
	}
	if s.ended {
		return true
	}
	_, name, _ := strings.Cut(err.Problem, `"`)
	name, _, _ = strings.Cut(name, `"`)
	name, _, _ = strings.Cut(name, ".")
	for _, f := range s.order {
		if isPoison(f.globals[name]) {
			return true
		}
	}
	return false
}

// completeTexts makes the connections that texts mean.
func (s *session) completeTexts() {
	for _, f := range s.texts {
		f()
	}
}

var ifmaxSignature = &signature{
	name: "spa.ifmax", byPosition: 1, rest: "effect, ",
	doc: "A rule for `spa.action_selection`: where its utility is the highest, it has its effects: `spa.ifmax(\"dot(state, A)\", \"B -> state\")`. See [Text](#text).",
	params: []parameter{
		{name: "utility", kind: "string or number", required: true, doc: "how worthwhile the action is, 0 to 1"},
		{name: "name", kind: "string", doc: "of the action; default: its number"},
	},
}

// actionValue is a rule of action selection in a model file.
type actionValue struct {
	spa.Action
	call *call
}

func (v *actionValue) String() string        { return "<action " + v.Utility + ">" }
func (v *actionValue) Type() string          { return "action" }
func (v *actionValue) Freeze()               {}
func (v *actionValue) Truth() starlark.Bool  { return true }
func (v *actionValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: action") }

func (s *session) ifmax(c *call) starlark.Value {
	v := &actionValue{call: c}
	if x, problem := toFloat(c.value("utility")); c.given("utility") && problem == "" {
		v.Utility = fmt.Sprintf("%g", x)
	} else {
		c.text("utility", &v.Utility)
	}
	c.text("name", &v.Name)
	v.Effects = c.restTexts("spa.ifmax(\"dot(state, A)\", \"B -> state\")")
	if c.bad {
		return s.poison
	}
	return v
}

// selectionSignature is that of spa.action_selection.
func selectionSignature() *signature {
	sig := netSignature("spa", netModel{model: model{"action_selection", spa.ActionSelection{}, 0, "Chooses, at every moment, the rule of `spa.ifmax` with the highest utility and carries its effects out, by basal ganglia and thalamus. It has: `bg` (the basal ganglia; `bg.input` is the utilities), `thalamus` (`thalamus.output` is 1 for the selected action)"}})
	sig.byPosition, sig.rest = 1, "action, "
	return sig
}

func (s *session) actionSelection(c *call) starlark.Value {
	net := c.network("network")
	spec, given := c.fields(spa.ActionSelection{})
	a := spec.(spa.ActionSelection)
	var calls []*call
	for i, v := range c.rest {
		switch v := v.(type) {
		case *actionValue:
			a.Actions, calls = append(a.Actions, v.Action), append(calls, v.call)
		case *poison:
			c.bad = true
		default:
			c.reportAt(c.restPos(i), "", describe(v)+" is no action", "write spa.ifmax(\"dot(state, A)\", \"B -> state\")")
		}
	}
	if c.bad || net == nil {
		return s.poison
	}
	for _, p := range a.Check() {
		c.reportField(p, given)
	}
	if c.bad {
		return s.poison
	}
	made := a.Add(net, "")
	value := s.madeNet(c, net, made)
	s.texts = append(s.texts, func() {
		made.Route(s.modules(net), func(action, effect int, err *spa.TextError) {
			field := "utility"
			if effect >= 0 {
				field = "effect"
			}
			s.reportRoute(calls[action], field, err)
		})
		made.Network.Place(c.pos)
	})
	return value
}
