package equation

import (
	"fmt"
	"math"
)

// noiseLeaves are the noise terms of the system.
func (s *system) noiseLeaves() []ref {
	var leaves []ref
	for k := range s.noises {
		leaves = append(leaves, s.leaf(leafNoise, k))
	}
	return leaves
}

// stochastic splits rates into a drift and the factors of the noise terms:
// rate = drift + Σ factor·xi. Noise in other than linear form is refused before.
func (s *system) stochastic(rates []ref) (drift []ref, noise [][]ref) {
	d := s.newDecomposer(s.noiseLeaves())
	for _, r := range rates {
		l := d.of(r)
		drift = append(drift, l.rest)
		noise = append(noise, l.factors)
	}
	return drift, noise
}

// checkNoise wants noise terms to be added, with factors.
func (s *system) checkNoise() {
	d := s.newDecomposer(s.noiseLeaves())
	for i, r := range s.rates {
		if d.of(r) == nil {
			s.problems.add("text", s.m.Variables[i].rate.At, "write … + sigma*xi", "d%s/dt is not linear in the noise", s.name(i))
		}
	}
}

// multiplicative says whether a factor of the noise depends on a variable.
func (s *system) multiplicative() bool {
	depends := s.dependent(func(n node) bool { return n.op == leafRow && n.k < s.n })
	_, noise := s.stochastic(s.rates)
	for _, factors := range noise {
		for _, f := range factors {
			if f != absent && depends(f) {
				return true
			}
		}
	}
	return false
}

// kicked adds factor·√h·N for each noise term; N is a normal random number.
func (s *system) kicked(x []ref, noise [][]ref) []ref {
	sum := make([]ref, len(x))
	for i := range x {
		sum[i] = s.add(x[i], s.kick(noise[i]))
	}
	return sum
}

func (s *system) kick(factors []ref) ref {
	sum := s.constant(0)
	for k, f := range factors {
		if f != absent {
			increment := s.mul(s.leaf(leafRandn, k), s.constant(math.Sqrt(s.dt)))
			sum = s.add(sum, s.mul(f, increment))
		}
	}
	return sum
}

// heunStep predicts with an Euler step and takes the mean of drift and noise at
// both ends (W. Rümelin, SIAM J. Numer. Anal. 19:604, 1982).
func heunStep(s *system) []ref {
	drift, noise := s.stochastic(s.rates)
	guess := s.freeze(s.kicked(s.moved(drift, s.dt), noise))
	drift2, noise2 := s.stochastic(s.evaluate(s.rates, guess, s.dt))
	half := s.constant(0.5)
	for i := range drift {
		drift[i] = s.mul(s.add(drift[i], drift2[i]), half)
		for k := range noise[i] {
			noise[i][k] = s.mean(noise[i][k], noise2[i][k])
		}
	}
	return s.freeze(s.kicked(s.moved(drift, s.dt), noise))
}

// mean of two factors; absent is 0.
func (s *system) mean(a, b ref) ref {
	if a == absent && b == absent {
		return absent
	}
	for _, x := range []*ref{&a, &b} {
		if *x == absent {
			*x = s.constant(0)
		}
	}
	return s.mul(s.add(a, b), s.constant(0.5))
}

// milsteinSuits wants one noise term in an equation at most, with a factor that
// depends on no other variable with noise than its own.
func milsteinSuits(s *system) string {
	_, noise := s.stochastic(s.rates)
	for i, factors := range noise {
		terms := 0
		for _, f := range factors {
			if f == absent {
				continue
			}
			terms++
			depends := s.dependent(func(n node) bool { return n.op == leafRow && n.k < s.n && n.k != i })
			if depends(f) {
				return fmt.Sprintf("the noise of d%s/dt depends on other variables than %s", s.name(i), s.name(i))
			}
		}
		if terms > 1 {
			return fmt.Sprintf("d%s/dt has %d noise terms", s.name(i), terms)
		}
	}
	return ""
}

// milsteinStep adds ½ g g′ ΔW² to an Euler–Maruyama step; the derivative of the
// factor g is taken as a difference over √h·g (P. E. Kloeden and E. Platen,
// Numerical Solution of Stochastic Differential Equations, 1992, section 11.1).
// The drift takes no part in it: with ΔW² in place of ΔW² − h that would cost
// half an order.
func milsteinStep(s *system) []ref {
	drift, noise := s.stochastic(s.rates)
	root := math.Sqrt(s.dt)
	next := s.moved(drift, s.dt)
	support := append([]ref(nil), s.variables()...)
	for i, factors := range noise {
		for _, f := range factors {
			if f != absent {
				support[i] = s.add(support[i], s.mul(f, s.constant(root)))
			}
		}
	}
	_, shifted := s.stochastic(s.evaluate(s.rates, s.freeze(support), 0))
	for i, factors := range noise {
		for k, f := range factors {
			if f == absent || shifted[i][k] == absent {
				continue
			}
			dw := s.mul(s.leaf(leafRandn, k), s.constant(root))
			slope := s.mul(s.sub(shifted[i][k], f), s.constant(0.5/root))
			next[i] = s.add(next[i], s.mul(slope, s.mul(dw, dw)))
		}
	}
	return s.freeze(s.kicked(next, noise))
}
