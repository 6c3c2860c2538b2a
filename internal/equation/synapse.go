package equation

import (
	"strings"

	"soma/internal/kernel"
)

// SynapseSource is everything that describes a synapse that changes at spikes.
type SynapseSource struct {
	Text  string // the equations of its variables
	Pre   string // statements at a spike of the source
	Post  string // statements at a spike of the target
	Given []Given
}

// Synapse is a synapse whose weight changes at the spikes of its two neurons and at
// no other time.
type Synapse struct {
	// Pre and Post are the traces of the two neurons that it needs.
	Pre, Post []Trace
	// Own is how many variables of its own it has, besides its weight.
	Own int
	// Flows are those of its own variables that change between spikes.
	Flows []Flow
	// Sends says that what a spike sends is not the weight itself.
	Sends bool
	// Weight is the unit of the weight as words, where the text lets only one be.
	Weight string

	onPre, onPost scalar
}

// Flow is an own variable that decays exponentially to 0. A variable that goes to
// another value is kept as what it differs from it.
type Flow struct {
	Own int // which of them
	Tau float64
}

// Trace decays exponentially and grows by 1 at every spike of a neuron, or is
// set to 1 there.
type Trace struct {
	Tau     float64 // s
	Nearest bool
}

// MaxTraces is how many traces of each neuron there can be.
const MaxTraces = 4

// NewSynapse reads a synapse and reports all its mistakes.
func NewSynapse(source SynapseSource) (*Synapse, Problems) {
	var problems Problems
	b := &synapseBuilder{m: &Model{
		Source:      Source{Text: source.Text, Given: source.Given},
		definitions: map[string]*Definition{}, values: map[string]float64{}, rows: map[string]int{}, undeclared: map[string]form{}, synapse: true,
	}}
	m := b.m
	if strings.TrimSpace(source.Text) != "" {
		m.order = readEquations(source.Text, &problems)
	}
	b.pre = readStatements("on_pre", source.Pre, &problems)
	b.post = readStatements("on_post", source.Post, &problems)
	if len(problems) > 0 {
		return nil, problems
	}
	m.reset = append(append([]statement(nil), b.pre...), b.post...) // for who asks what is mentioned
	if len(m.reset) == 0 {
		problems.add("on_pre", Place{}, "write on_pre = \"w -= …\", on_post = \"w += …\"", "nothing happens at spikes")
	}
	if !m.resolveSynapse(b, &problems) || len(problems) > 0 {
		return nil, problems
	}
	dims := &inference{problems: &problems, solved: map[int]form{}}
	b.infer(dims)
	if len(problems) > 0 {
		return nil, problems
	}
	s := b.build(&problems)
	if len(problems) > 0 {
		return nil, problems
	}
	if w := dims.reduce(m.undeclared[weightName]); len(w.unknown) == 0 {
		s.Weight = w.known.words()
	}
	return s, nil
}

type synapseBuilder struct {
	m         *Model
	pre, post []statement
	sends     bool
	rests     map[int]ref // where variables that flow go to, by their number
}

// resolveSynapse finds out what every name is. The weight is a variable as those
// that are declared.
func (m *Model) resolveSynapse(b *synapseBuilder, problems *Problems) bool {
	for _, d := range m.order {
		if first, ok := m.definitions[d.Name]; ok {
			problems.add("text", d.At, "take one out", "%s is defined in line %d already", d.Name, first.At.Line)
			continue
		}
		if what, ok := reservedName(d.Name); ok || d.Name == weightName {
			if !ok {
				what = "the weight"
			}
			problems.add("text", d.At, "choose another name", "%s cannot be defined: it is %s", d.Name, what)
		}
		m.definitions[d.Name] = d
	}
	if len(m.order) > maxRates || len(m.Given) > maxGiven {
		problems.add("text", Place{}, "use fewer", "more than %d variables or %d parameters", maxRates, maxGiven)
		return false
	}
	for _, g := range m.Given {
		m.giveValue(g, problems)
		if g.Varies {
			problems.add(g.Name, Place{}, "give one number", "%s varies among the synapses", g.Name)
		}
		m.values[g.Name] = g.Value
	}
	if !m.checkCycles(problems) {
		return false
	}
	m.findNoise()
	given := m.Given
	m.Given = append(m.Given, Given{Name: weightName})
	m.addVariable(Variable{Name: weightName})
	b.addSent(problems)
	names := map[string]bool{}
	m.checkTargets(problems, "on_pre", b.pre, names)
	m.checkTargets(problems, "on_post", b.post, names)
	for _, d := range m.order {
		switch _, given := m.values[d.Name]; {
		case d.Rate:
			m.addVariable(Variable{Name: d.Name, Dim: d.Unit, rate: d})
		case given && names[d.Name]:
			problems.add(d.Name, Place{}, "take one out", "%s has a value and is changed at spikes; variables of synapses start at 0", d.Name)
		case d.Expr == nil && !given:
			m.addVariable(Variable{Name: d.Name, Dim: d.Unit})
		}
	}
	for _, g := range given {
		if names[g.Name] && m.definitions[g.Name] == nil {
			problems.add(g.Name, Place{}, "declare a variable, x : 1, which starts at 0", "%s is a parameter and is changed at spikes", g.Name)
		}
	}
	return true
}

// sentName is how on_pre calls what the spike sends, if that is not the weight.
const sentName = "sent"

// addSent makes sent a variable if a spike of the source says what is sent.
func (b *synapseBuilder) addSent(problems *Problems) {
	m := b.m
	if m.definitions[sentName] != nil || m.given(sentName) {
		return
	}
	for _, st := range b.post {
		if st.name == sentName {
			problems.add("on_post", st.at, "say it in on_pre", "a spike of the target sends nothing over the synapse")
		}
	}
	for _, st := range b.pre {
		if st.name == sentName && !b.sends {
			b.sends = true
			m.Given = append(m.Given, Given{Name: sentName})
			m.addVariable(Variable{Name: sentName})
		}
	}
}

// infer checks dimensions.
func (b *synapseBuilder) infer(s *inference) {
	m := b.m
	for _, g := range m.Given {
		if m.definitions[g.Name] == nil {
			m.undeclared[g.Name] = s.fresh()
		}
	}
	if b.sends {
		m.undeclared[sentName] = m.undeclared[weightName]
	}
	sc := &scope{field: "text", model: m}
	for _, d := range m.order {
		if d.Expr == nil {
			continue
		}
		want := d.Unit
		if d.Rate {
			want = want.plus(second, -1)
		}
		if got := s.of(sc, d.Expr); !isZero(d.Expr) && !s.equate(got, known(want)) {
			s.problems.add("text", d.At, "mend the units", "%s is %s, but the right side is %s", leftSide(d), want.words(), s.words(got))
		}
	}
	m.inferStatements(s, &scope{field: "on_pre", model: m}, b.pre)
	m.inferStatements(s, &scope{field: "on_post", model: m}, b.post)
}

// build finds the traces that variables with a derivative are, and compiles the
// statements. The rows of the programs are the weight and the own variables,
// then the traces of the source, then those of the target.
func (b *synapseBuilder) build(problems *Problems) *Synapse {
	l := &lowering{Graph: newGraph(), m: b.m, dt: nominalDt, problems: problems}
	s := &Synapse{Sends: b.sends}
	b.rests = map[int]ref{}
	vars, own := make([]ref, len(b.m.Variables)), []int{}
	for k, v := range b.m.Variables {
		switch {
		case v.Name == sentName && b.sends:
			vars[k] = vars[b.m.rows[weightName]]
		case v.rate == nil:
			vars[k] = l.leaf(leafRow, len(own))
			own = append(own, k)
		}
	}
	for k, v := range b.m.Variables {
		if v.rate == nil {
			continue
		}
		tau, rest, ok := b.relaxation(l, k, v)
		if ok && l.is(rest, 0) {
			vars[k], ok = b.trace(l, s, k, v, tau)
			if ok {
				continue
			}
		}
		vars[k] = l.add(l.leaf(leafRow, len(own)), rest)
		s.Flows = append(s.Flows, Flow{Own: len(own) - 1, Tau: tau})
		b.rests[k], own = rest, append(own, k)
	}
	s.Own = len(own) - 1
	if len(*problems) > 0 {
		return nil
	}
	s.onPre = b.program(l, "on_pre", b.pre, vars, own)
	s.onPost = b.program(l, "on_post", b.post, vars, own)
	if max(s.onPre.registers, s.onPost.registers) > maxRegisters {
		problems.add("text", Place{}, "use fewer", "more than %d variables and intermediate values", maxRegisters)
	}
	return s
}

// The rows of traces begin here, and that of what is sent.
const (
	preRow  = 1000
	postRow = preRow + MaxTraces
	sentRow = 2000
)

// relaxation is how a variable goes to a constant between spikes.
func (b *synapseBuilder) relaxation(l *lowering, k int, v Variable) (tau float64, rest ref, ok bool) {
	l.field = "text"
	x, zero := l.leaf(leafLocal, k), l.constant(0)
	rate := l.newDecomposer([]ref{x}).of(l.lower(v.rate.Expr, l.at(b.unknown(l), 0, zero)))
	bad := func() (float64, ref, bool) {
		l.problems.add("text", v.rate.At, "write dx/dt = -x/tau, or dx/dt = (x_0 - x)/tau", "%s does not go exponentially to a constant", v.Name)
		return 1, zero, false
	}
	if rate == nil || rate.factors[0] == absent {
		return bad()
	}
	a, constant := l.value(rate.factors[0])
	to, fixed := l.value(rate.rest)
	if !constant || !fixed || !(a < 0) {
		return bad()
	}
	for _, st := range append(append([]statement(nil), b.pre...), b.post...) {
		if st.name == v.Name {
			return -1 / a, l.constant(0 - to/a), true
		}
	}
	l.problems.add("text", v.rate.At, "write x += a at the spikes of one of the two neurons, or a parameter in place of the equation",
		"%s is changed by no spike, so it is always %g", v.Name, 0-to/a)
	return 1, zero, false
}

// unknown are variables of which nothing is known.
func (b *synapseBuilder) unknown(l *lowering) []ref {
	list := make([]ref, len(b.m.Variables))
	for i := range list {
		list[i] = l.leaf(leafLocal, i)
	}
	return list
}

// trace gives a variable that decays to 0, and that the spikes of one neuron alone
// raise by or set to a constant: a constant times a trace of that neuron. It is
// false for any other.
func (b *synapseBuilder) trace(l *lowering, s *Synapse, k int, v Variable, tau float64) (x ref, ok bool) {
	unknown := b.unknown(l)
	var into *[]Trace
	var found Trace
	for _, side := range []struct {
		field  string
		list   []statement
		traces *[]Trace
		row    int
	}{{"on_pre", b.pre, &s.Pre, preRow}, {"on_post", b.post, &s.Post, postRow}} {
		l.field = side.field
		for _, st := range side.list {
			if st.name != v.Name {
				continue
			}
			size, nearest, constant := b.jump(l, st, unknown[k], unknown)
			if into != nil || !constant || len(*side.traces) == MaxTraces {
				return absent, false
			}
			x = l.mul(l.leaf(leafRow, side.row+len(*side.traces)), l.constant(size))
			into, found = side.traces, Trace{tau, nearest}
		}
	}
	*into = append(*into, found)
	return x, true
}

// jump is what a statement adds to a variable, or sets it to.
func (b *synapseBuilder) jump(l *lowering, st statement, x ref, unknown []ref) (size float64, nearest, ok bool) {
	d := l.newDecomposer([]ref{x}).of(l.lower(st.value(), l.at(unknown, 0, l.constant(1))))
	if d == nil {
		return 0, false, false
	}
	size, constant := l.value(d.rest)
	switch f := d.factors[0]; {
	case !constant:
		return 0, false, false
	case f == absent || l.is(f, 0):
		return size, true, true
	default:
		return size, false, l.is(f, 1)
	}
}

func (b *synapseBuilder) program(l *lowering, field string, list []statement, vars []ref, own []int) scalar {
	l.field = field
	t := l.at(vars, 0, l.constant(1))
	for _, st := range list {
		t.set(b.m.rows[st.name], l.lower(st.value(), t))
	}
	var outputs []output
	for row, k := range own {
		value := t.vars[k]
		if value == vars[k] {
			continue
		}
		if rest, flows := b.rests[k]; flows {
			value = l.sub(value, rest)
		}
		outputs = append(outputs, output{target{leafRow, row}, value})
	}
	if k := b.m.rows[sentName]; b.sends && field == "on_pre" {
		outputs = append(outputs, output{target{leafRow, sentRow}, t.vars[k]})
	}
	return newScalar(l.program(outputs))
}

// scalar is a program for single numbers.
type scalar struct {
	code      []instruction // operands below 0 are constants
	constants []float64
	registers int
	// loads and stores say which rows are in which registers.
	loads, stores []load
}

type load struct{ register, row int }

// maxRegisters bounds the numbers that one event needs.
const maxRegisters = 64

func newScalar(p *Program) scalar {
	s := scalar{}
	place := make([]int, len(p.rows))
	for i, info := range p.rows {
		if info.kind == leafConst {
			s.constants = append(s.constants, info.value)
			place[i] = -len(s.constants)
			continue
		}
		place[i] = s.registers
		s.registers++
		if info.kind == leafRow && info.k < sentRow {
			s.loads = append(s.loads, load{place[i], info.k})
		}
	}
	for _, ins := range p.code {
		ins.dst = place[ins.dst]
		for k := range ins.args {
			if k < ins.op.Args() {
				ins.args[k] = place[ins.args[k]]
			}
		}
		s.code = append(s.code, ins)
	}
	for _, row := range p.written {
		s.stores = append(s.stores, load{place[row], p.rows[row].k})
	}
	return s
}

// run changes the weight and the own variables, and says what is sent.
func (s *scalar) run(weight, sent *float64, own, pre, post []float64) {
	var registers [maxRegisters]float64
	for _, l := range s.loads {
		switch {
		case l.row == 0:
			registers[l.register] = *weight
		case l.row < preRow:
			registers[l.register] = own[l.row-1]
		case l.row < postRow:
			registers[l.register] = pre[l.row-preRow]
		default:
			registers[l.register] = post[l.row-postRow]
		}
	}
	for i := range s.code {
		ins := &s.code[i]
		var x [4]float64
		for k := range ins.op.Args() {
			if a := ins.args[k]; a >= 0 {
				x[k] = registers[a]
			} else {
				x[k] = s.constants[-a-1]
			}
		}
		registers[ins.dst] = scalarOp(ins.op, x)
	}
	for _, l := range s.stores {
		switch l.row {
		case 0:
			*weight = registers[l.register]
		case sentRow:
			*sent = registers[l.register]
		default:
			own[l.row-1] = registers[l.register]
		}
	}
}

func scalarOp(op kernel.Op, x [4]float64) float64 { return op.Scalar(x[0], x[1], x[2], x[3]) }

// OnPre is what a spike of the source does; the traces are those without the
// spike itself. sent is left alone unless the synapse Sends.
func (s *Synapse) OnPre(weight, sent *float64, own, pre, post []float64) {
	s.onPre.run(weight, sent, own, pre, post)
}

// OnPost is what a spike of the target does.
func (s *Synapse) OnPost(weight *float64, own, pre, post []float64) {
	s.onPost.run(weight, nil, own, pre, post)
}
