package equation

import (
	"math"
	"strings"
)

// inputName is how equations call the input current of the population, where
// they do not define it.
const inputName = "I"

// constants of nature, for whoever has no parameter of that name.
var numbers = map[string]float64{"pi": math.Pi, "e": math.E, "inf": math.Inf(1)}

// isNoise says whether a name is white noise: xi, or xi_name for several that
// are independent.
func isNoise(name string) bool { return name == "xi" || strings.HasPrefix(name, "xi_") }

// own gives the neuron's own name of one with _post, as synapses write it.
func (sc *scope) own(name string) string {
	own := strings.TrimSuffix(name, "_post")
	if sc.weight == "" || own == name {
		return name
	}
	if sc.model.definitions[own] != nil || sc.model.given(own) {
		return own
	}
	return name
}

// ofName finds the dimension of a name, or reports that there is none such.
func (s *inference) ofName(sc *scope, e *Expr) form {
	m := sc.model
	if e.Name == sc.weight {
		return s.reduce(sc.weigh)
	}
	name := sc.own(e.Name)
	if d, ok := m.definitions[name]; ok {
		if m.noise[name] && !sc.noise {
			s.problems.add(sc.field, e.At, "use noise in differential equations", "%s contains noise", name)
		}
		return known(d.Unit)
	}
	if f, ok := m.undeclared[name]; ok {
		return s.reduce(f)
	}
	if _, ok := reserved[name]; m.synapse && (ok || isNoise(name) || name == inputName) {
		s.problems.add(sc.field, e.At, "leave it out", "%s has no meaning in a synapse", name)
		return s.fresh()
	}
	switch {
	case name == "t" || name == "dt":
		return known(second)
	case name == "i":
		return form{}
	case name == "not_refractory":
		return form{}
	case isNoise(name):
		if !sc.noise {
			s.problems.add(sc.field, e.At, "write randn() for a normal random number", "noise belongs in differential equations")
		}
		return known(second.times(-0.5))
	case name == inputName:
		m.HasInput = true
		return s.reduce(m.input)
	}
	if _, ok := numbers[name]; ok {
		return form{}
	}
	if u, ok := units[name]; ok {
		return known(u.dim)
	}
	s.problems.add(sc.field, e.At, "give it a value: "+name+" = …", "%s is not known%s", name, didYouMean(name, m.knownNames()))
	m.undeclared[name] = s.fresh() // reported once
	return m.undeclared[name]
}

// findNoise finds the named expressions that contain noise; none depends on
// itself.
func (m *Model) findNoise() {
	m.noise = map[string]bool{}
	var visit func(d *Definition) bool
	visit = func(d *Definition) bool {
		if noisy, ok := m.noise[d.Name]; ok || d.Rate || d.Expr == nil {
			return noisy
		}
		noisy := false
		d.Expr.walk(func(e *Expr) {
			if e.Op != "name" {
				return
			}
			if next := m.definitions[e.Name]; next != nil {
				noisy = visit(next) || noisy
			} else {
				noisy = noisy || isNoise(e.Name)
			}
		})
		m.noise[d.Name] = noisy
		return noisy
	}
	for _, d := range m.order {
		visit(d)
	}
}

// knownNames lists what could have been meant.
func (m *Model) knownNames() []string {
	var names []string
	for _, d := range m.order {
		names = append(names, d.Name)
	}
	for _, g := range m.Given {
		names = append(names, g.Name)
	}
	return append(append(names, "not_refractory", "xi"), unitNames()...)
}
