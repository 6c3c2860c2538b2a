package script

import (
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"soma"
)

// shaped are the fields whose errors may follow from a size that is not known.
var shaped = []string{
	"from", "to", "transform", "function", "target", "size_in", "size_out", "n", "dimensions",
	"encoders", "intercepts", "max_rates", "gain", "bias", "eval_points", "init",
}

// isConsequence says whether an error of the network follows from a mistake
// that was reported with its position.
func (s *session) isConsequence(e *soma.Error) bool {
	field, _, _ := strings.Cut(e.Field, ".")
	for _, m := range s.made {
		if m.object.Path() != e.Object || e.Pos.Line != 0 && !m.at(e.Pos) {
			continue
		}
		if m.call.spoilt[field] || m.call.spoilt[endField(field)] {
			return true
		}
		if s.modelUnknown(m, field) {
			return true
		}
		if m.call.spoilt["rule"] && (field == "weight" || field == "delay") { // which it may have brought
			return true
		}
		if m.call.spoilt["weight"] && (field == "learning" || field == "synapse") { // its kind is not known
			return true
		}
		if slices.Contains(shaped, field) && s.sizeUnknown(m) {
			return true
		}
	}
	return false
}

// modelled are the fields whose errors may follow from a model that is not known.
var modelled = []string{"what", "receptor", "to", "transform", "weight", "learning", "synapse"}

// modelUnknown says whether an error is about state variables or receptors of
// neurons whose model is wrong.
func (s *session) modelUnknown(m *made, field string) bool {
	var of soma.Endpoint
	switch o := m.object.(type) {
	case *soma.Population:
		return field == "init" && m.call.spoilt["neuron"]
	case *soma.Probe:
		of = o.Target.Of
	case *soma.Connection:
		of = o.To.Of
	}
	if of == nil || !slices.Contains(modelled, field) {
		return false
	}
	for _, other := range s.made {
		if v, ok := other.value.(*objectValue); ok && v.of == of {
			return other.call.spoilt["neuron"]
		}
	}
	return false
}

// endField is the name in model files of an end of a connection.
func endField(field string) string {
	switch field {
	case "from":
		return "source"
	case "to":
		return "target"
	}
	return field
}

// at says whether a position belongs to the object.
func (m *made) at(pos soma.Position) bool {
	if m.call.pos == pos {
		return true
	}
	for i := range m.call.sig.params {
		if m.call.argumentPos(m.call.sig.params[i].name) == pos {
			return true
		}
	}
	return false
}

// sizeUnknown says whether the object, or one that it connects or records, has
// a size that is not known because of a mistake.
func (s *session) sizeUnknown(m *made) bool {
	if s.unsized(m.value) || m.call.spoilt["function"] || m.call.spoilt["transform"] {
		return true
	}
	for i, p := range m.call.sig.params {
		if (p.name == "source" || p.name == "target") && s.unsized(m.call.values[i]) {
			return true
		}
	}
	return false
}

// placeNested moves an error about a parameter of a value, such as
// neuron.tau_rc, to where that parameter was given.
func (s *session) placeNested(e *soma.Error) {
	field, inner, nested := strings.Cut(e.Field, ".")
	for _, m := range s.made {
		if m.object.Path() != e.Object || !m.at(e.Pos) {
			continue
		}
		if _, known := m.call.param(field); !known {
			return
		}
		if v, ok := m.call.value(field).(*structValue); ok && nested {
			if pos, ok := v.positions[inner]; ok {
				e.Pos = pos
			}
		}
		return
	}
}

func (c *call) param(name string) (starlark.Value, bool) {
	i := slices.Index(c.sig.names(), name)
	if i < 0 {
		return nil, false
	}
	return c.values[i], true
}
