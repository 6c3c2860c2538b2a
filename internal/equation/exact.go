package equation

import "fmt"

// linearSystem is x' = A x + u with constant A.
type linearSystem struct {
	a matrix
	u []ref
}

// linear writes the rates so, or says why they cannot be.
func (s *system) linear() (ls linearSystem, why string) {
	if why := noNoise(s); why != "" {
		return ls, why
	}
	ls.a = newMatrix(s.n)
	d := s.newDecomposer(s.variables())
	timed := s.dependent(func(n node) bool { return n.op == leafTime })
	for i, r := range s.rates {
		l := d.of(r)
		if l == nil {
			return ls, fmt.Sprintf("d%s/dt is not linear", s.name(i))
		}
		if timed(l.rest) {
			return ls, fmt.Sprintf("d%s/dt depends on the time t", s.name(i))
		}
		for j, f := range l.factors {
			if f == absent {
				continue
			}
			x, ok := s.value(f)
			if !ok {
				return ls, fmt.Sprintf("the factor of %s in d%s/dt is not the same number for all neurons at all times", s.name(j), s.name(i))
			}
			*ls.a.at(i, j) = x
		}
		ls.u = append(ls.u, l.rest)
	}
	return ls, ""
}

func exactSuits(s *system) string {
	_, why := s.linear()
	return why
}

// exactStep applies the propagators. While frozen variables stand still, the
// others follow a system of their own in which those are constants.
func exactStep(s *system) []ref {
	ls, _ := s.linear()
	next := s.propagate(ls)
	still := linearSystem{newMatrix(s.n), make([]ref, s.n)}
	copy(still.a.a, ls.a.a)
	differs := false
	for i := range s.n {
		still.u[i] = ls.u[i]
		if s.frozen[i] {
			still.u[i] = s.constant(0)
			for j := range s.n {
				*still.a.at(i, j) = 0
				differs = differs || j != i && !s.frozen[j] && *ls.a.at(j, i) != 0
			}
		}
	}
	if differs {
		for i, r := range s.propagate(still) {
			next[i] = s.choose(s.held, r, next[i])
		}
	}
	return s.freeze(next)
}

// propagate gives P x + Q u.
func (s *system) propagate(ls linearSystem) []ref {
	p, q := propagators(ls.a, s.dt)
	next := make([]ref, s.n)
	for i := range next {
		sum := s.constant(0)
		for j, x := range s.variables() {
			sum = s.add(sum, s.mul(x, s.constant(*p.at(i, j))))
		}
		for j, u := range ls.u {
			sum = s.add(sum, s.mul(u, s.constant(*q.at(i, j))))
		}
		next[i] = sum
	}
	return next
}
