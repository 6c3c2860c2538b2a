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
// derivative goes exponentially to a constant, where it starts, and between spikes it
// is exact. If it goes to 0 and the spikes of one of the two neurons raise it by a
// constant, or set it to one, all synapses of the neuron share it; otherwise it belongs
// to each synapse, and statements may change it in any way. A variable without a
// derivative, x : 1, belongs to each synapse and starts at 0. The spike is sent to the
// receptor with the weight that is there after OnPre, or with what OnPre assigns to
// sent.
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

// WeightUnit says in what unit the texts take the weight to be, in words: "in A", "a
// pure number"; "" when they leave it open.
func (r *Equations) WeightUnit() string {
	if s, problems := r.read(); problems == nil {
		return s.Weight
	}
	return ""
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
func (r *Equations) Start(env Env) (Plasticity, error) {
	s, problems := r.read()
	if problems != nil {
		return nil, fmt.Errorf("%s: %s", problems[0].Field, problems[0].Problem)
	}
	traces := Traces{Own: s.Own, Axonal: r.Delay == axonal, Sends: s.Sends}
	for _, t := range s.Pre {
		traces.Pre = append(traces.Pre, Trace(t))
	}
	for _, t := range s.Post {
		traces.Post = append(traces.Post, Trace(t))
	}
	rule := equations{s, traces}
	if len(s.Flows) == 0 {
		return &rule, nil
	}
	flowing := &equationsFlowing{equations: rule}
	for _, f := range s.Flows {
		flowing.decays = append(flowing.decays, NewDecay(f.Tau, env.Dt))
	}
	return flowing, nil
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
func (r *equations) OnPre(e *Event) {
	r.synapse.OnPre(&e.Weight, &e.Sent, e.Own, e.Pre[:], e.Post[:])
}

// equationsFlowing has variables that change between spikes.
type equationsFlowing struct {
	equations
	decays []Decay // of synapse.Flows
}

// Pass implements Flowing.
func (r *equationsFlowing) Pass(e *Event, steps int64) {
	for i, f := range r.synapse.Flows {
		e.Own[f.Own] = float64(e.Own[f.Own] * r.decays[i].At(steps))
	}
}
