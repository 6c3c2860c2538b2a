package synapse

import (
	"errors"
	"fmt"

	"soma/internal/param"
)

// Each is one synapse per value: every value that a connection or probe carries
// passes through a filter of its own, after the transform.
type Each []Synapse

// Lowpasses is a lowpass for each time constant (s).
func Lowpasses(tau ...float64) Each {
	each := make(Each, len(tau))
	for i, t := range tau {
		each[i] = Lowpass{t}
	}
	return each
}

// Discrete implements Synapse. There is no one system; the values are filtered
// one by one.
func (Each) Discrete(float64) (System, error) {
	return System{}, errors.New("one synapse per value has no one system")
}

// Check implements Checker.
func (e Each) Check() []param.Problem {
	if len(e) == 0 {
		return []param.Problem{{Problem: "no synapses", Remedy: "give one for each value"}}
	}
	for i, s := range e {
		if _, nested := s.(Each); nested || IsNone(s) {
			return []param.Problem{{
				Problem: fmt.Sprintf("synapse %d of the list is no filter", i),
				Remedy:  "give each a time constant or a filter; for a value without delay make a connection of its own",
			}}
		}
		if problems := Check(s); problems != nil {
			problems[0].Problem = fmt.Sprintf("synapse %d: %s", i, problems[0].Problem)
			return problems[:1]
		}
	}
	return nil
}

// TimeConstant implements TimeConstant: the shortest.
func (e Each) TimeConstant() float64 {
	shortest := 0.0
	for _, s := range e {
		if t, ok := s.(TimeConstant); ok && t.TimeConstant() > 0 && (shortest == 0 || t.TimeConstant() < shortest) {
			shortest = t.TimeConstant()
		}
	}
	return shortest
}
