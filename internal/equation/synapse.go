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

// Synapse is a synapse whose weight and variables change at the spikes of its
// two neurons and at no other time.
type Synapse struct {
	// Pre and Post are the traces of the two neurons that it needs.
	Pre, Post []Trace
	// Own is how many variables of its own it has, besides its weight.
	Own int

	onPre, onPost scalar
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
	b.infer(&inference{problems: &problems, solved: map[int]form{}})
	if len(problems) > 0 {
		return nil, problems
	}
	s := b.build(&problems)
	if len(problems) > 0 {
		return nil, problems
	}
	return s, nil
}

type synapseBuilder struct {
	m         *Model
	pre, post []statement
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
	m.Given = append(m.Given, Given{Name: weightName})
	m.addVariable(Variable{Name: weightName})
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
	for _, g := range m.Given[:len(m.Given)-1] {
		if names[g.Name] && m.definitions[g.Name] == nil {
			problems.add(g.Name, Place{}, "declare a variable, x : 1, which starts at 0", "%s is a parameter and is changed at spikes", g.Name)
		}
	}
	return true
}

// infer checks dimensions.
func (b *synapseBuilder) infer(s *inference) {
	m := b.m
	for _, g := range m.Given {
		if m.definitions[g.Name] == nil {
			m.undeclared[g.Name] = s.fresh()
		}
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
	s := &Synapse{}
	vars, own := make([]ref, len(b.m.Variables)), []int{}
	for k, v := range b.m.Variables {
		if v.rate == nil {
			vars[k] = l.leaf(leafRow, len(own))
			own = append(own, k)
		}
	}
	s.Own = len(own) - 1
	for k, v := range b.m.Variables {
		if v.rate != nil {
			vars[k] = b.trace(l, s, k, v)
		}
	}
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

// The rows of traces begin here.
const (
	preRow  = 1000
	postRow = preRow + MaxTraces
)

// trace gives a variable that decays, and that the spikes of one neuron alone
// raise by or set to a constant: a constant times a trace of that neuron.
func (b *synapseBuilder) trace(l *lowering, s *Synapse, k int, v Variable) ref {
	const remedy = "write dx/dt = -x/tau, and x += a or x = a at the spikes of one of the two neurons"
	zero := l.constant(0)
	bad := func(at Place, field, problem string) ref {
		l.problems.add(field, at, remedy, "%s %s", v.Name, problem)
		return zero
	}
	l.field = "text"
	x := l.leaf(leafLocal, k)
	unknown := make([]ref, len(b.m.Variables))
	for i := range unknown {
		unknown[i] = l.leaf(leafLocal, i)
	}
	rate := l.newDecomposer([]ref{x}).of(l.lower(v.rate.Expr, l.at(unknown, 0, zero)))
	if rate == nil || rate.factors[0] == absent || !l.is(rate.rest, 0) {
		return bad(v.rate.At, "text", "does not decay exponentially")
	}
	a, ok := l.value(rate.factors[0])
	if !ok || !(a < 0) {
		return bad(v.rate.At, "text", "does not decay exponentially")
	}
	sides := []struct {
		field  string
		list   []statement
		traces *[]Trace
		row    int
	}{{"on_pre", b.pre, &s.Pre, preRow}, {"on_post", b.post, &s.Post, postRow}}
	result := absent
	for _, side := range sides {
		l.field = side.field
		for _, st := range side.list {
			if st.name != v.Name {
				continue
			}
			if result != absent {
				return bad(st.at, side.field, "is changed twice")
			}
			size, nearest, ok := b.jump(l, st, x, unknown)
			if !ok {
				return bad(st.at, side.field, "does not change by a constant")
			}
			result = l.mul(l.leaf(leafRow, side.row+len(*side.traces)), l.constant(size))
			*side.traces = append(*side.traces, Trace{-1 / a, nearest})
			if len(*side.traces) > MaxTraces {
				l.problems.add(side.field, st.at, "use fewer", "more than %d variables follow the spikes of one neuron", MaxTraces)
				return zero
			}
		}
	}
	if result == absent {
		return bad(v.rate.At, "text", "is changed by no spike, so it is always 0")
	}
	return result
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
		if t.vars[k] != vars[k] {
			outputs = append(outputs, output{target{leafRow, row}, t.vars[k]})
		}
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
		if info.kind == leafRow {
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

// run changes the weight and the own variables.
func (s *scalar) run(weight *float64, own, pre, post []float64) {
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
		if l.row == 0 {
			*weight = registers[l.register]
		} else {
			own[l.row-1] = registers[l.register]
		}
	}
}

func scalarOp(op kernel.Op, x [4]float64) float64 { return op.Scalar(x[0], x[1], x[2], x[3]) }

// OnPre is what a spike of the source does; the traces are those without the
// spike itself.
func (s *Synapse) OnPre(weight *float64, own, pre, post []float64) {
	s.onPre.run(weight, own, pre, post)
}

// OnPost is what a spike of the target does.
func (s *Synapse) OnPost(weight *float64, own, pre, post []float64) {
	s.onPost.run(weight, own, pre, post)
}
