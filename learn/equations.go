package learn

import (
	"fmt"
	"sync"

	"soma/internal/equation"
	"soma/internal/param"
)

// Equations is a rule of single synapses written as text:
//
//	&learn.Equations{
//		Text: `dx/dt = -x/tau_plus : 1 (event-driven)
//		       dy/dt = -y/tau_minus : 1 (event-driven)`,
//		OnPre:  "x += 1; w = clip(w - a_minus*y, 0*pA, w_max)",
//		OnPost: "y += 1; w = clip(w + a_plus*x, 0*pA, w_max)",
//		Parameters: []learn.Parameter{{"tau_plus", 0.02}, …},
//	}
//
// w is the weight of the synapse, in the unit of the receptor. A variable with a
// derivative decays exponentially, and the spikes of one of the two neurons raise
// it by a constant or set it to one; all synapses of the neuron share it, and
// between spikes it is exact. A variable without one, x : 1, belongs to each
// synapse and starts at 0. The spike itself is sent to the receptor with the
// weight that is there after OnPre.
type Equations struct {
	Text          string
	OnPre, OnPost string
	Parameters    []Parameter
	// Delay is where the delay is: "dendritic" (default) or "axonal".
	Delay string

	once     sync.Once
	synapse  *equation.Synapse
	problems equation.Problems
}

// Parameter is the value of a name in Equations.
type Parameter struct {
	Name  string
	Value float64
}

// TextProblem is a mistake in one of the texts of Equations.
type TextProblem = equation.Problem

// Spec implements Rule.
func (*Equations) Spec() Spec { return Spec{Name: "equations", Synapses: true} }

// read parses and checks the texts, once.
func (r *Equations) read() (*equation.Synapse, equation.Problems) {
	r.once.Do(func() {
		source := equation.SynapseSource{Text: r.Text, Pre: r.OnPre, Post: r.OnPost}
		for _, p := range r.Parameters {
			source.Given = append(source.Given, equation.Given{Name: p.Name, Value: p.Value})
		}
		r.synapse, r.problems = equation.NewSynapse(source)
	})
	return r.synapse, r.problems
}

// Problems lists the mistakes in the texts, with their places.
func (r *Equations) Problems() []TextProblem {
	_, problems := r.read()
	return problems
}

// Check implements Checker.
func (r *Equations) Check() []param.Problem {
	list := checkDelay(r.Delay)
	for _, p := range r.Problems() {
		field := p.Field
		if p.Place.Line > 0 {
			field = fmt.Sprintf("%s, line %d, column %d", p.Field, p.Place.Line, p.Place.Col)
		}
		list = append(list, param.Problem{Field: field, Problem: p.Problem, Remedy: p.Remedy})
	}
	return list
}

// Start implements SynapseRule.
func (r *Equations) Start(Env) (Plasticity, error) {
	s, problems := r.read()
	if problems != nil {
		return nil, fmt.Errorf("%s: %s", problems[0].Field, problems[0].Problem)
	}
	traces := Traces{Own: s.Own, Axonal: r.Delay == axonal}
	for _, t := range s.Pre {
		traces.Pre = append(traces.Pre, Trace(t))
	}
	for _, t := range s.Post {
		traces.Post = append(traces.Post, Trace(t))
	}
	return &equations{s, traces}, nil
}

type equations struct {
	synapse *equation.Synapse
	traces  Traces
}

// Traces implements Plasticity.
func (r *equations) Traces() Traces { return r.traces }

// OnPost implements Plasticity.
func (r *equations) OnPost(e *Event) { r.synapse.OnPost(&e.Weight, e.Own, e.Pre[:], e.Post[:]) }

// OnPre implements Plasticity.
func (r *equations) OnPre(e *Event) { r.synapse.OnPre(&e.Weight, e.Own, e.Pre[:], e.Post[:]) }
