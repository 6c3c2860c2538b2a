package synapse

import (
	"fmt"
	"math"

	"soma/internal/param"
)

// Linear is the linear filter with the transfer function Num(s)/Den(s), both
// polynomials with the highest power first: Num {1}, Den {τ, 1} is a lowpass. It
// is brought to steps of dt by Method:
//
//	"zoh"            exact for an input held over the step (zero-order hold)
//	"tustin"         the bilinear transformation; "bilinear" means the same
//	"euler"          forward differences
//	"backward_diff"  backward differences
//
// With Digital the polynomials are in z instead, for the given steps as they
// are.
type Linear struct {
	Num     []float64 `param:"num" doc:"numerator of the transfer function, highest power first"`
	Den     []float64 `param:"den" doc:"denominator, highest power first"`
	Digital bool      `param:"no_analog" doc:"the polynomials are in z, not in s: the filter does not know of the step"`
	Method  string    `param:"method" default:"\"zoh\"" doc:"how it is brought to steps: \"zoh\" (exact for a held input), \"tustin\", \"euler\" or \"backward_diff\""`
}

// maxOrder keeps the step of a filter in bounds.
const maxOrder = 64

// methods are the weights of the end of a step where a method has one.
var methods = map[string]float64{"tustin": 0.5, "bilinear": 0.5, "euler": 0, "backward_diff": 1}

// Check implements Checker.
func (l Linear) Check() []param.Problem {
	problem := func(field, problem, remedy string) []param.Problem {
		return []param.Problem{{Field: field, Problem: problem, Remedy: remedy}}
	}
	for i, x := range append(l.Num[:len(l.Num):len(l.Num)], l.Den...) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			field, i := "num", i
			if i >= len(l.Num) {
				field, i = "den", i-len(l.Num)
			}
			return problem(field, fmt.Sprintf("coefficient %d is %g", i, x), "give finite numbers")
		}
	}
	num, den := trimmed(l.Num), trimmed(l.Den)
	switch {
	case len(num) == 0:
		return problem("num", "no coefficient other than 0", "give the numerator, highest power first")
	case len(den) == 0:
		return problem("den", "no coefficient other than 0", "give the denominator, highest power first")
	case len(num) > len(den):
		return problem("num", fmt.Sprintf("its degree of %d is above that of den, %d: the output would need the future", len(num)-1, len(den)-1), "give a lower degree")
	case len(den) > maxOrder+1:
		return problem("den", fmt.Sprintf("degree %d", len(den)-1), fmt.Sprintf("give at most %d", maxOrder))
	}
	if _, known := methods[l.Method]; !known && l.Method != "" && l.Method != "zoh" {
		return problem("method", fmt.Sprintf("%q", l.Method), `give "zoh", "tustin", "euler" or "backward_diff"`)
	}
	return nil
}

// Discrete implements Synapse: the controllable canonical form, with time in
// steps, so that the coefficients are of like size.
func (l Linear) Discrete(dt float64) (System, error) {
	if problems := l.Check(); problems != nil {
		p := problems[0]
		return System{}, fmt.Errorf("%s: %s; %s", p.Field, p.Problem, p.Remedy)
	}
	den := trimmed(l.Den)
	order := len(den) - 1
	num := append(make([]float64, order+1-len(trimmed(l.Num))), trimmed(l.Num)...)
	d, n := make([]float64, order+1), make([]float64, order+1)
	unit := 1.0 // dt to the power k
	for k := range den {
		d[k], n[k] = float64(den[k]*unit)/den[0], float64(num[k]*unit)/den[0]
		if !l.Digital {
			unit = float64(unit * dt)
		}
	}
	s := canonical(n, d)
	switch weight, ok := methods[l.Method]; {
	case l.Digital:
		return s, nil
	case ok:
		return transformed(s, weight)
	}
	return held(s), nil
}

// trimmed leaves out zeros at the front.
func trimmed(c []float64) []float64 {
	for i, x := range c {
		if x != 0 {
			return c[i:]
		}
	}
	return nil
}

// canonical is the controllable canonical form of n/d, both of one length and d
// beginning with 1.
func canonical(n, d []float64) System {
	order := len(d) - 1
	s := System{A: matrix(order), B: make([]float64, order), C: make([]float64, order), D: n[0]}
	for k := range order {
		s.A[0][k] = -d[k+1]
		s.C[k] = n[k+1] - float64(n[0]*d[k+1])
		if k > 0 {
			s.A[k][k-1] = 1
		}
	}
	if order > 0 {
		s.B[0] = 1
	}
	return s
}

// held makes a system in continuous time, in steps, one for inputs that are held:
// the exponential of [A B; 0 0] is [A' B'; 0 1].
func held(s System) System {
	n := s.Order()
	m := matrix(n + 1)
	for i := range n {
		copy(m[i], s.A[i])
		m[i][n] = s.B[i]
	}
	e := exponential(m)
	for i := range n {
		s.A[i] = e[i][:n]
		s.B[i] = e[i][n]
	}
	return s
}

// transformed makes a system in continuous time, in steps, discrete by the
// generalised bilinear transformation: the derivative is taken as a mean of those
// at the beginning and, with the given weight, at the end of the step (see e.g.
// G. F. Franklin et al., Digital Control of Dynamic Systems, 1998, section 6.1).
func transformed(s System, weight float64) (System, error) {
	n := s.Order()
	ends, begins := matrix(n), matrix(n)
	for i := range n {
		ends[i][i], begins[i][i] = 1, 1
		for j := range n {
			ends[i][j] -= float64(weight * s.A[i][j])
			begins[i][j] += float64((1 - weight) * s.A[i][j])
		}
	}
	inverse, ok := inverted(ends)
	if !ok {
		return System{}, fmt.Errorf("the method cannot bring this filter to steps of this length; use zoh")
	}
	t := System{A: product(inverse, begins), B: make([]float64, n), C: make([]float64, n), D: s.D}
	for i := range n {
		for j := range n {
			t.B[i] += float64(inverse[i][j] * s.B[j])
			t.C[i] += float64(s.C[j] * inverse[j][i])
		}
	}
	for i := range n {
		t.D += float64(weight * float64(s.C[i]*t.B[i]))
	}
	return t, nil
}
