package equation

import (
	"fmt"
	"sort"
	"strings"

	"soma/internal/kernel"
)

// A method advances a system by one step.
type method struct {
	doc string
	// suits says why the method cannot solve a system; "" when it can.
	suits func(s *system) string
	// step gives the variables at the end of the step; nil for adaptive methods.
	step func(s *system) []ref
}

var methods = map[string]method{
	"exact":             {"exact solution of linear equations", exactSuits, exactStep},
	"exponential_euler": {"exponential Euler: each variable exactly, the others constant over the step", exponentialSuits, exponentialStep},
	"euler":             {"forward Euler; with noise Euler–Maruyama (Itô)", always, eulerStep},
	"rk2":               {"midpoint, order 2", noNoise, midpointStep},
	"rk4":               {"Runge–Kutta of order 4", noNoise, rungeKuttaStep},
	"rk45":              {"Dormand–Prince 5(4), with steps of its own for every neuron", noNoise, nil},
	"rk8":               {"Dormand–Prince 8(5,3), with steps of its own for every neuron", noNoise, nil},
	"heun":              {"Heun; with noise in the sense of Stratonovich", always, heunStep},
	"milstein":          {"Milstein, for noise that depends on its own variable (Stratonovich)", milsteinSuits, milsteinStep},
}

// aliases are other names of methods.
var aliases = map[string]string{"linear": "exact", "midpoint": "rk2", "exponential-euler": "exponential_euler", "euler_maruyama": "euler"}

// MethodNames lists the methods.
func MethodNames() []string {
	var names []string
	for name := range methods {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// nominalDt is the step that a model is tried with before its own is known.
const nominalDt = 1e-4

// choose finds the method, and compiles once to see that all can be compiled.
func (m *Model) choose(problems *Problems) {
	s := m.newSystem(nominalDt, problems)
	s.checkNoise()
	if len(*problems) > 0 {
		return
	}
	name := m.Source.Method
	if other, ok := aliases[name]; ok {
		name = other
	}
	chosen, ok := methods[name]
	switch {
	case name == "":
		m.Method, m.Reason = best(s)
	case !ok:
		problems.add("method", Place{}, "the methods are: "+strings.Join(MethodNames(), ", "), "there is no method %q%s", shorten(name), didYouMean(name, MethodNames()))
		return
	default:
		m.Method = name
		if why := chosen.suits(s); why != "" {
			better, reason := best(s)
			problems.add("method", Place{}, fmt.Sprintf("use %s (%s)", better, reason), "%s cannot solve this: %s", name, why)
			return
		}
	}
	if methods[m.Method].step == nil {
		m.addVariable(Variable{Name: substepName, Dim: second})
	}
	m.Random = m.compile(nominalDt, problems).random
}

// best is the method for a system, and why.
func best(s *system) (name, reason string) {
	if len(s.noises) > 0 {
		if s.multiplicative() {
			return "heun", "the noise depends on the variables; it is taken in the sense of Stratonovich"
		}
		return "euler", "there is noise"
	}
	if exactSuits(s) == "" {
		return "exact", "the equations are linear"
	}
	if exponentialSuits(s) == "" {
		return "exponential_euler", "each equation is linear in its own variable"
	}
	return "rk4", "the equations are not linear"
}

func always(*system) string { return "" }

func noNoise(s *system) string {
	if len(s.noises) > 0 {
		return "there is noise"
	}
	return ""
}

func eulerStep(s *system) []ref {
	drift, noise := s.stochastic(s.rates)
	return s.freeze(s.kicked(s.moved(drift, s.dt), noise))
}

func midpointStep(s *system) []ref {
	half := s.freeze(s.moved(s.rates, s.dt/2))
	return s.freeze(s.moved(s.evaluate(s.rates, half, s.dt/2), s.dt))
}

func rungeKuttaStep(s *system) []ref {
	k1 := s.rates
	k2 := s.evaluate(k1, s.freeze(s.moved(k1, s.dt/2)), s.dt/2)
	k3 := s.evaluate(k1, s.freeze(s.moved(k2, s.dt/2)), s.dt/2)
	k4 := s.evaluate(k1, s.freeze(s.moved(k3, s.dt)), s.dt)
	mean := make([]ref, s.n)
	for i := range mean {
		middle := s.mul(s.add(k2[i], k3[i]), s.constant(2))
		mean[i] = s.add(s.add(k1[i], middle), k4[i])
	}
	return s.freeze(s.moved(mean, s.dt/6))
}

// exponentialSuits wants each equation to be linear in its own variable.
func exponentialSuits(s *system) string {
	if why := noNoise(s); why != "" {
		return why
	}
	for i, r := range s.rates {
		if s.newDecomposer(s.variables()[i:i+1]).of(r) == nil {
			return fmt.Sprintf("d%s/dt is not linear in %s", s.name(i), s.name(i))
		}
	}
	return ""
}

// exponentialStep solves x' = a x + b for constant a and b:
// x ← x + (ah·x + bh)·(e^(ah) − 1)/(ah); where a is the same for all neurons,
// x ← e^(ah) x + bh·(e^(ah) − 1)/(ah).
func exponentialStep(s *system) []ref {
	next := make([]ref, s.n)
	h := s.constant(s.dt)
	for i, r := range s.rates {
		x := s.variables()[i]
		l := s.newDecomposer([]ref{x}).of(r)
		a := l.factors[0]
		if a == absent {
			a = s.constant(0)
		}
		a = s.mul(a, h)
		reach, rest := s.apply(kernel.Exprel, a), s.mul(l.rest, h)
		if _, same := s.value(a); same {
			next[i] = s.add(s.mul(x, s.apply(kernel.OpExp, a)), s.mul(rest, reach))
		} else {
			next[i] = s.add(x, s.mul(s.add(s.mul(x, a), rest), reach))
		}
	}
	return s.freeze(next)
}
