package equation

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Source is everything that describes a neuron.
type Source struct {
	Text       string // the equations
	Threshold  string // condition for a spike; "": none
	Reset      string // statements at a spike
	Refractory string // a time, or a condition for staying refractory; "": none
	Method     string // "": the best one
	// Until is a condition under which a neuron goes no further within the step,
	// looked at after every substep of an adaptive method; "": none.
	Until     string
	Receptors []Receptor
	Given     []Given
}

// Receptor is what happens when spikes arrive.
type Receptor struct {
	Name       string
	Statements string
}

// Given is the value of a parameter. Where it varies among the neurons, or is
// changed by a statement, it is a state variable.
type Given struct {
	Name   string
	Value  float64
	Varies bool
}

// Variable is a state variable.
type Variable struct {
	Name  string
	Dim   Dim
	Value float64 // where it starts, unless Varies
	// Varies says that the starting values were given neuron by neuron.
	Varies bool
	rate   *Definition // nil: it is a parameter, or belongs to the method
}

// What belongs to the method.
const (
	refractoryName = "refractory_time"
	substepName    = "integration_step"
)

// Model is a source that was read and found to make sense.
type Model struct {
	Source
	Variables []Variable
	// Method as chosen; Reason says why, where it was not given.
	Method, Reason string
	// Input is the dimension of the input current I; HasInput says whether the
	// equations use it.
	Input    Dim
	HasInput bool
	// Weights are the dimensions of the weights of the receptors.
	Weights []Dim
	// Random says whether the model draws random numbers, or knows the number of
	// the neuron.
	Random bool

	definitions map[string]*Definition
	order       []*Definition
	values      map[string]float64 // of constants
	rows        map[string]int     // of state variables
	threshold   *Expr
	until       *Expr
	reset       []statement
	hold        *Expr // refractory: a time or a condition
	holdTime    bool
	receptors   [][]statement
	undeclared  map[string]form // dimensions of given parameters without a declaration
	input       form
	weights     []form
	noise       map[string]bool // named expressions that contain noise
	synapse     bool            // it is a synapse, not a neuron
}

// Limits of one model.
const (
	maxRates     = 100
	maxGiven     = 500
	maxReceptors = 100
)

// New reads a model and reports all its mistakes.
func New(source Source) (*Model, Problems) {
	var problems Problems
	m := &Model{Source: source, definitions: map[string]*Definition{}, values: map[string]float64{}, rows: map[string]int{}, undeclared: map[string]form{}}
	m.read(&problems)
	if len(problems) > 0 {
		return nil, problems
	}
	if !m.resolve(&problems) {
		return nil, problems
	}
	s := &inference{problems: &problems, solved: map[int]form{}}
	m.infer(s)
	if len(problems) > 0 {
		return nil, problems
	}
	m.settle(s)
	m.choose(&problems)
	if len(problems) > 0 {
		return nil, problems
	}
	return m, nil
}

// read parses the texts.
func (m *Model) read(problems *Problems) {
	m.order = readEquations(m.Text, problems)
	if len(m.order) == 0 && len(*problems) == 0 {
		problems.add("text", Place{}, "write at least one, such as dv/dt = -v/tau : 1", "there are no equations")
	}
	if strings.TrimSpace(m.Threshold) != "" {
		m.threshold = readCondition("threshold", m.Threshold, problems)
	}
	if m.Until != "" {
		m.until = readCondition("until", m.Until, problems)
	}
	m.reset = readStatements("reset", m.Reset, problems)
	if strings.TrimSpace(m.Refractory) != "" {
		m.hold = readCondition("refractory", m.Refractory, problems)
	}
	if m.threshold == nil && (len(m.reset) > 0 || m.hold != nil) && strings.TrimSpace(m.Threshold) == "" {
		problems.add("threshold", Place{}, `write threshold = "v > V_th"`, "a reset or a refractory period without a threshold")
	}
	for _, r := range m.Source.Receptors {
		list := readStatements(receptorField(r.Name), r.Statements, problems)
		if len(list) == 0 && len(*problems) == 0 {
			problems.add(receptorField(r.Name), Place{}, "write one, such as g += w", "there is no statement")
		}
		m.receptors = append(m.receptors, list)
	}
	if len(m.receptors) > maxReceptors || len(m.Given) > maxGiven {
		problems.add("text", Place{}, "use fewer", "more than %d receptors or %d parameters", maxReceptors, maxGiven)
	}
}

func receptorField(name string) string { return "receptors." + name }

// resolve finds out what every name is; false when that cannot be told.
func (m *Model) resolve(problems *Problems) bool {
	rates := 0
	for _, d := range m.order {
		if first, ok := m.definitions[d.Name]; ok {
			problems.add("text", d.At, "take one out", "%s is defined in line %d already", d.Name, first.At.Line)
			continue
		}
		if what, ok := reservedName(d.Name); ok {
			problems.add("text", d.At, "choose another name", "%s cannot be defined: it is %s", d.Name, what)
		}
		m.definitions[d.Name] = d
		if d.EventDriven && !m.synapse {
			problems.add("text", d.At, "take it out", "%s belongs to a neuron, which has no events of its own", d.Name)
		}
		if d.Rate {
			rates++
		}
	}
	if rates > maxRates {
		problems.add("text", Place{}, "use fewer", "more than %d differential equations", maxRates)
		return false
	}
	for _, g := range m.Given {
		m.giveValue(g, problems)
	}
	if !m.checkCycles(problems) {
		return false
	}
	m.findNoise()
	m.collectVariables(problems)
	return true
}

// reservedName says what a name means that cannot be defined.
func reservedName(name string) (string, bool) {
	if what, ok := reserved[name]; ok {
		return what, true
	}
	if _, ok := functions[name]; ok {
		return "a function", true
	}
	if name == refractoryName || name == substepName {
		return "kept by the method", true
	}
	return "noise", strings.HasPrefix(name, "xi_")
}

func (m *Model) giveValue(g Given, problems *Problems) {
	if what, ok := reservedName(g.Name); ok {
		problems.add(g.Name, Place{}, "choose another name", "%s cannot be a parameter: it is %s", g.Name, what)
		return
	}
	d, declared := m.definitions[g.Name]
	switch {
	case declared && d.Rate:
		problems.add(g.Name, Place{}, "give its initial value by init = {…} of the population", "%s follows from its differential equation", g.Name)
	case declared && d.Expr != nil:
		problems.add(g.Name, Place{}, "take out one of the two", "%s follows from line %d of the equations", g.Name, d.At.Line)
	case !declared && !m.mentioned(g.Name):
		problems.add(g.Name, Place{}, "take it out", "the equations have no %s%s", g.Name, didYouMean(g.Name, m.unknownNames()))
	}
}

// mentioned says whether any text uses a name.
func (m *Model) mentioned(name string) bool {
	for _, d := range m.order {
		if d.Expr.mentions(name) {
			return true
		}
	}
	for _, list := range append([][]statement{m.reset}, m.receptors...) {
		for _, s := range list {
			if s.name == name || s.expr.mentions(name) || s.expr.mentions(name+"_post") {
				return true
			}
		}
	}
	return m.threshold.mentions(name) || m.hold.mentions(name) || m.until.mentions(name)
}

// unknownNames are the names in the equations that nothing defines.
func (m *Model) unknownNames() []string {
	seen := map[string]bool{}
	for _, d := range m.order {
		d.Expr.walk(func(e *Expr) {
			if _, unit := units[e.Name]; e.Op == "name" && !unit && m.definitions[e.Name] == nil && !m.given(e.Name) {
				seen[e.Name] = true
			}
		})
	}
	var names []string
	for name := range seen {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func (m *Model) given(name string) bool {
	return slices.ContainsFunc(m.Given, func(g Given) bool { return g.Name == name })
}

// checkCycles refuses named expressions that depend on themselves.
func (m *Model) checkCycles(problems *Problems) bool {
	sound := true
	const (
		open = 1 + iota
		closed
	)
	state := map[string]int{}
	var visit func(d *Definition)
	visit = func(d *Definition) {
		if d.Rate || d.Expr == nil || state[d.Name] == closed {
			return
		}
		if state[d.Name] == open {
			problems.add("text", d.At, "make one of them a variable with a derivative", "%s depends on itself", d.Name)
			sound = false
			return
		}
		state[d.Name] = open
		d.Expr.walk(func(e *Expr) {
			if next := m.definitions[e.Name]; e.Op == "name" && next != nil {
				visit(next)
			}
		})
		state[d.Name] = closed
	}
	for _, d := range m.order {
		visit(d)
	}
	return sound
}

// collectVariables lists the state: what has a derivative, then parameters that
// vary among neurons or in time.
func (m *Model) collectVariables(problems *Problems) {
	for _, d := range m.order {
		if d.Rate {
			m.addVariable(Variable{Name: d.Name, Dim: d.Unit, rate: d})
		}
	}
	changed := m.assigned(problems)
	for _, g := range m.Given {
		if !g.Varies && !changed[g.Name] {
			m.values[g.Name] = g.Value
			continue
		}
		m.addVariable(Variable{Name: g.Name, Value: g.Value, Varies: g.Varies})
	}
	for _, d := range m.order {
		if !d.Rate && d.Expr == nil && !m.given(d.Name) {
			m.addVariable(Variable{Name: d.Name, Dim: d.Unit})
		}
	}
	if m.hold != nil {
		m.addVariable(Variable{Name: refractoryName, Dim: second})
	}
}

func (m *Model) addVariable(v Variable) {
	m.rows[v.Name] = len(m.Variables)
	m.Variables = append(m.Variables, v)
}

// assigned are the names that statements change.
func (m *Model) assigned(problems *Problems) map[string]bool {
	names := map[string]bool{}
	m.checkTargets(problems, "reset", m.reset, names)
	for i, list := range m.receptors {
		field := receptorField(m.Source.Receptors[i].Name)
		for k := range list {
			s := &list[k]
			if own := strings.TrimSuffix(s.name, "_post"); own != s.name && m.changeable(own) {
				s.name = own
			} else if s.name == weightName {
				problems.add(field, s.at, "write "+weightName+"_post for a variable of the neuron", "%s is the weight of the spike, which does not change", weightName)
			}
		}
		m.checkTargets(problems, field, list, names)
	}
	return names
}

// checkTargets wants statements to change variables, and notes which.
func (m *Model) checkTargets(problems *Problems, field string, list []statement, names map[string]bool) {
	for _, s := range list {
		if problems.full() {
			return
		}
		if !m.changeable(s.name) {
			problems.add(field, s.at, "change a variable of the equations", "%s %s%s", s.name, m.whyNot(s.name), didYouMean(s.name, m.changeables()))
			continue
		}
		if d := m.definitions[s.name]; d != nil && d.Constant {
			problems.add(field, s.at, "take out (constant) in line "+fmt.Sprint(d.At.Line), "%s is constant", s.name)
		}
		names[s.name] = true
	}
}

func (m *Model) changeable(name string) bool {
	d, ok := m.definitions[name]
	return ok && (d.Rate || d.Expr == nil) || !ok && m.given(name)
}

func (m *Model) whyNot(name string) string {
	if m.definitions[name] != nil {
		return "follows from its equation"
	}
	if what, ok := reservedName(name); ok {
		return "is " + what
	}
	return "is not known"
}

func (m *Model) changeables() []string {
	var names []string
	for _, d := range m.order {
		if m.changeable(d.Name) {
			names = append(names, d.Name)
		}
	}
	return names
}

// weightName is how statements of receptors call the weight of a spike.
const weightName = "w"
