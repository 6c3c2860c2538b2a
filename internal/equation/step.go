package equation

import (
	"fmt"

	"soma/internal/kernel"
)

// Code is a compiled model for one length of step.
type Code struct {
	// advance carries the neurons over the step, adds what arrives, and leaves
	// where the threshold is crossed.
	advance *Program
	// attempt is one substep of an adaptive method, which comes before advance.
	attempt *Program
	// reset happens to neurons that fire.
	reset *Program
	// Period is the refractory period, if it is the same number for all.
	Period float64

	model  *Model
	dt     float64
	draws  int // random numbers of a neuron in a step
	random bool
}

// Compile prepares the model for steps of a length. It cannot fail: New has
// compiled it once.
func (m *Model) Compile(dt float64) *Code {
	var problems Problems
	return m.compile(dt, &problems)
}

// target is where a value goes at the end of a program.
type target struct {
	kind kernel.Op // leafRow, or leafMask
	k    int
}

// leafMask is where the threshold is crossed; it is written only.
const leafMask = leafLocal - 1

type output struct {
	to    target
	value ref
}

func (m *Model) compile(dt float64, problems *Problems) *Code {
	s := m.newSystem(dt, problems)
	c := &Code{model: m, dt: dt}
	var next []ref
	if methods[m.Method].step == nil {
		c.attempt = s.program(s.adaptive())
		c.attempt.again = true
		next = append([]ref(nil), s.variables()...)
	} else {
		next = methods[m.Method].step(s)
	}
	end := s.end(next)
	s.arrivals(end, next)
	outputs := s.outputs(end.vars)
	outputs = append(outputs, s.spikes(end)...)
	c.advance = s.program(outputs)
	c.reset, c.Period = s.resetting()
	c.draws = s.draws
	c.random = s.numbered || s.draws > 0
	return c
}

// end is the moment after the variables have advanced.
func (s *system) end(next []ref) *moment {
	vars := append([]ref(nil), s.start.vars...)
	copy(vars, next)
	return s.at(vars, 1, s.start.fires)
}

// outputs are the variables that have changed.
func (s *system) outputs(vars []ref) (list []output) {
	for k, v := range vars {
		if v != s.start.vars[k] {
			list = append(list, output{target{leafRow, k}, v})
		}
	}
	return list
}

// arrivals adds what arrives at each receptor. Statements are executed once,
// with the sum of the weights, so they must do what executing them once for
// every spike does: add a factor times the weight, which depends on nothing that
// they change.
func (s *system) arrivals(end *moment, next []ref) {
	raw := append([]ref(nil), end.vars...) // without standing still
	for r, list := range s.m.receptors {
		s.field = receptorField(s.m.Source.Receptors[r].Name)
		for k, factor := range s.factors(end, list) {
			if factor == absent {
				continue
			}
			add := s.mul(s.leaf(leafArrived, r), factor)
			if k < s.n && s.frozen[k] {
				raw[k] = s.add(s.thawed(raw[k]), add)
				end.set(k, s.choose(s.held, s.start.vars[k], raw[k]))
			} else {
				end.set(k, s.add(end.vars[k], add))
			}
		}
	}
}

// thawed is the value that a frozen variable would have.
func (s *system) thawed(r ref) ref {
	if n := s.nodes[r]; n.op == kernel.Select && n.args[0] == s.held {
		return n.args[2]
	}
	return r
}

// factors finds what a receptor's statements multiply the weight by, for each
// variable; absent for those that they do not change.
func (s *system) factors(end *moment, list []statement) []ref {
	factors := make([]ref, len(end.vars))
	local := *end
	changed := []ref{s.leaf(leafLocal, -1)} // the weight first
	local.weight = changed[0]
	for k := range factors {
		factors[k] = absent
	}
	for _, st := range list {
		if k := s.m.rows[st.name]; factors[k] == absent {
			changed = append(changed, s.leaf(leafLocal, k))
			local.set(k, changed[len(changed)-1])
			factors[k] = s.constant(0)
		}
	}
	for _, st := range list {
		local.set(s.m.rows[st.name], s.lower(st.value(), &local))
	}
	d := s.newDecomposer(changed)
	for _, st := range list {
		k := s.m.rows[st.name]
		if f, ok := s.factorOf(d.of(local.vars[k]), changed, k); ok {
			factors[k] = f
		} else {
			remedy := "write " + st.name + " += f*w with an f that the spike does not change"
			if st.op == "+=" && !st.expr.mentions(weightName) {
				remedy = "write " + st.name + " += w, and give " + st.expr.String() + " as the weight of the connection"
			}
			s.problems.add(s.field, st.at, remedy, "%s %s %s: spikes that arrive in one step are added up first, and this does not come to the same", st.name, st.op, st.expr)
			return nil
		}
	}
	return factors
}

// factorOf gives f where the value is the old one plus f·w.
func (s *system) factorOf(l *linear, changed []ref, k int) (ref, bool) {
	if l == nil || !s.is(l.rest, 0) {
		return absent, false
	}
	for i, f := range l.factors[1:] {
		own := s.nodes[changed[i+1]].k == k
		if own && (f == absent || !s.is(f, 1)) || !own && f != absent && !s.is(f, 0) {
			return absent, false
		}
	}
	if l.factors[0] == absent {
		return absent, false
	}
	return l.factors[0], true
}

// spikes tests the threshold and counts the refractory period.
func (s *system) spikes(end *moment) (list []output) {
	if s.m.threshold == nil {
		return nil
	}
	s.field = "threshold"
	fires := s.truth(s.lower(s.m.threshold, end))
	if s.held == absent {
		return []output{{target{leafMask, 0}, fires}}
	}
	zero := s.constant(0)
	fires = s.choose(s.held, zero, fires)
	k := s.m.rows[refractoryName]
	left := s.start.vars[k]
	if s.m.holdTime {
		// About a whole number of steps is left: what is less than half a step
		// is none.
		left = s.apply(kernel.Tick, left, s.constant(s.dt), s.constant(s.dt/2))
	} else {
		s.field = "refractory"
		stays := s.truth(s.lower(s.m.hold, end))
		left = s.choose(s.held, s.mul(stays, s.constant(s.dt)), zero)
	}
	return []output{{target{leafMask, 0}, fires}, {target{leafRow, k}, left}}
}

// resetting is what happens to a neuron that fires.
func (s *system) resetting() (*Program, float64) {
	s.field = "reset"
	t := s.at(s.start.vars, 1, s.constant(1))
	for _, st := range s.m.reset {
		t.set(s.m.rows[st.name], s.lower(st.value(), t))
	}
	period := 0.0
	if s.held != absent {
		s.field = "refractory"
		hold := s.constant(s.dt)
		if s.m.holdTime {
			steps := s.apply(kernel.Floor, s.add(s.div(s.lower(s.m.hold, t), hold), s.constant(0.5)))
			hold = s.mul(steps, hold)
		}
		period, _ = s.value(hold)
		t.set(s.m.rows[refractoryName], hold)
	}
	return s.program(s.outputs(t.vars)), period
}

// RefractoryTime gives the refractory period as written, where it is one number,
// or else 0.
func (m *Model) RefractoryTime() float64 {
	if !m.holdTime {
		return 0
	}
	var problems Problems
	s := m.newSystem(nominalDt, &problems)
	time, _ := s.value(s.lower(m.hold, s.start))
	return time
}

// Listing describes what the model has become, for a length of step.
func (c *Code) Listing() []string {
	var lines []string
	if c.attempt != nil {
		lines = append(lines, fmt.Sprintf("each substep, %s:", c.attempt.size()))
		lines = append(lines, c.attempt.listing(c.model)...)
	}
	lines = append(lines, fmt.Sprintf("each step, %s:", c.advance.size()))
	lines = append(lines, c.advance.listing(c.model)...)
	if len(c.reset.code) > 0 {
		lines = append(lines, fmt.Sprintf("each spike, %s:", c.reset.size()))
		lines = append(lines, c.reset.listing(c.model)...)
	}
	return lines
}
