package equation

// infer checks the dimensions of all texts.
func (m *Model) infer(s *inference) {
	for _, g := range m.Given {
		if m.definitions[g.Name] == nil {
			m.undeclared[g.Name] = s.fresh()
		}
	}
	m.input = s.fresh()
	sc := &scope{field: "text", model: m, noise: true}
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
	m.inferSpikes(s)
	for i, list := range m.receptors {
		weight := s.fresh()
		m.weights = append(m.weights, weight)
		field := receptorField(m.Source.Receptors[i].Name)
		m.inferStatements(s, &scope{field: field, model: m, weight: weightName, weigh: weight}, list)
	}
}

func leftSide(d *Definition) string {
	if d.Rate {
		return "d" + d.Name + "/dt"
	}
	return d.Name
}

// inferSpikes checks threshold, reset and refractory period.
func (m *Model) inferSpikes(s *inference) {
	m.inferCondition(s, &scope{field: "threshold", model: m, draws: true}, m.threshold)
	m.inferCondition(s, &scope{field: "until", model: m}, m.until)
	m.inferStatements(s, &scope{field: "reset", model: m, draws: true}, m.reset)
	if m.hold == nil {
		return
	}
	sc := &scope{field: "refractory", model: m}
	f := s.reduce(s.of(sc, m.hold))
	switch {
	case len(f.unknown) == 0 && f.known == none && isCondition(m.hold):
	case s.equate(f, known(second)):
		m.holdTime = true
	default:
		s.problems.add("refractory", m.hold.At, "give a time, such as 5*ms, or a condition for staying refractory", "it is %s", s.words(f))
	}
}

func (m *Model) inferCondition(s *inference, sc *scope, e *Expr) {
	if e == nil {
		return
	}
	if f := s.of(sc, e); !s.equate(f, form{}) {
		s.problems.add(sc.field, e.At, "write a condition, such as v > V_th", "it is %s, not a condition", s.words(f))
	}
}

// isCondition says whether an expression is true or false by itself.
func isCondition(e *Expr) bool {
	switch e.Op {
	case "<", "<=", ">", ">=", "==", "!=", "and", "or", "not":
		return true
	}
	return false
}

func (m *Model) inferStatements(s *inference, sc *scope, list []statement) {
	for _, st := range list {
		f := s.of(sc, st.expr)
		own, declared := m.undeclared[st.name]
		if d, ok := m.definitions[st.name]; ok {
			own, declared = known(d.Unit), true
		}
		if !declared || st.op != "*=" && st.op != "/=" && isZero(st.expr) {
			continue
		}
		if st.op == "*=" || st.op == "/=" {
			s.pure(sc, &Expr{Op: st.op, At: st.at}, st.expr, f)
		} else if !s.equate(f, own) {
			s.problems.add(sc.field, st.at, "mend the units", "%s is %s, and %s is %s", st.name, s.words(own), st.expr, s.words(f))
		}
	}
}

// settle keeps the dimensions that were found.
func (m *Model) settle(s *inference) {
	found := func(f form, otherwise Dim) Dim {
		if f = s.reduce(f); len(f.unknown) > 0 {
			return otherwise
		}
		return f.known
	}
	m.Input = found(m.input, ampere)
	for _, w := range m.weights {
		m.Weights = append(m.Weights, found(w, none))
	}
	for i := range m.Variables {
		v := &m.Variables[i]
		if d := m.definitions[v.Name]; d != nil {
			v.Dim = d.Unit
		} else if f, ok := m.undeclared[v.Name]; ok {
			v.Dim = found(f, none)
		}
	}
}
