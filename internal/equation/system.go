package equation

// system is the differential equations at the beginning of a step.
type system struct {
	*lowering
	start *moment
	n     int   // variables with a derivative; they are the first ones
	rates []ref // their derivatives
	held  ref   // whether the neuron is refractory; absent if it never is
	// frozen variables stand still while it is.
	frozen []bool
}

// newSystem lowers the equations.
func (m *Model) newSystem(dt float64, problems *Problems) *system {
	l := &lowering{Graph: newGraph(), m: m, dt: dt, problems: problems, field: "text"}
	s := &system{lowering: l, held: absent}
	vars := make([]ref, len(m.Variables))
	for k := range vars {
		vars[k] = l.leaf(leafRow, k)
	}
	fires := l.constant(1)
	if k, ok := m.rows[refractoryName]; ok {
		s.held = vars[k] // what is left of the period is a truth value: 0, or more
		fires = l.not(s.held)
	}
	s.start = l.at(vars, 0, fires)
	for _, v := range m.Variables {
		if v.rate != nil {
			s.n++
			s.rates = append(s.rates, l.lower(v.rate.Expr, s.start))
			s.frozen = append(s.frozen, v.rate.UnlessRefractory && s.held != absent)
		}
	}
	for _, d := range m.order { // for mistakes in what nobody needs
		if !d.Rate && d.Expr != nil && !m.noise[d.Name] {
			l.lowerName(&Expr{Op: "name", Name: d.Name, At: d.At}, s.start)
		}
	}
	return s
}

// variables are the leaves of those with a derivative.
func (s *system) variables() []ref { return s.start.vars[:s.n] }

// name of a variable.
func (s *system) name(i int) string { return s.m.Variables[i].Name }

// stopped are the derivatives, with those of frozen variables 0 while the neuron
// is refractory.
func (s *system) stopped() []ref {
	rates := append([]ref(nil), s.rates...)
	for i, r := range rates {
		if s.frozen[i] {
			rates[i] = s.choose(s.held, s.constant(0), r)
		}
	}
	return rates
}

// freeze keeps frozen variables where they were.
func (s *system) freeze(next []ref) []ref {
	for i, r := range next {
		if s.frozen[i] {
			next[i] = s.choose(s.held, s.start.vars[i], r)
		}
	}
	return next
}

// evaluate gives rates at other values of the variables and at another time,
// which is given as what is added to the time at the beginning.
func (s *system) evaluate(rates, at []ref, later float64) []ref {
	with := map[ref]ref{}
	for i, v := range s.variables() {
		with[v] = at[i]
	}
	if later != 0 {
		with[s.start.time] = s.add(s.start.time, s.constant(later))
	}
	replace := s.replacer(with)
	values := make([]ref, len(rates))
	for i, r := range rates {
		values[i] = replace(r)
	}
	return values
}

// moved gives variables plus h times some rates.
func (s *system) moved(rates []ref, h float64) []ref {
	next := make([]ref, s.n)
	for i, v := range s.variables() {
		next[i] = s.add(v, s.mul(rates[i], s.constant(h)))
	}
	return next
}
