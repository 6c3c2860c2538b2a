package neuron

import (
	"fmt"
	"sync"

	"soma/dist"
	"soma/internal/equation"
	"soma/internal/param"
)

// Equations is a neuron model written as text, in the language of Brian 2's
// equations (M. Stimberg, R. Brette and D. F. M. Goodman, eLife 8:e47314, 2019):
//
//	&neuron.Equations{
//		Text: `dv/dt = (E_L - v + R*I)/tau : volt (unless refractory)`,
//		Threshold: "v > V_th", Reset: "v = E_L", Refractory: "2*ms",
//		Parameters: []neuron.Parameter{{"E_L", dist.Constant{Value: -0.07}}, …},
//	}
//
// Quantities are in SI units. A step advances the variables by the method, then
// adds what arrives at the receptors, then tests the threshold, as the built-in
// point neurons do. docs/equations.md describes the language.
//
// A model is read once, when it is used first; it must not be changed after.
type Equations struct {
	Text       string // the equations
	Threshold  string // condition for a spike; "": never
	Reset      string // statements at a spike
	Refractory string // a time, or a condition for staying refractory; "": none
	// Method is exact, exponential_euler, euler, rk2, rk4, rk45, rk8, heun or milstein;
	// "" for the best that suits.
	Method    string
	Receptors []EquationReceptor
	// Parameters are the values of names that the equations leave open. A constant
	// is the same for all neurons; other distributions give each its own.
	Parameters []Parameter

	once     sync.Once
	model    *equation.Model
	problems equation.Problems
}

// EquationReceptor is what arriving spikes do: statements such as "g += w", where w
// is the sum of their weights.
type EquationReceptor struct{ Name, Statements string }

// Parameter is the value of a name in equations.
type Parameter struct {
	Name  string
	Value dist.Distribution
}

// TextProblem is a mistake in one of the texts of Equations.
type TextProblem = equation.Problem

// read parses and checks the texts.
func (m *Equations) read() (*equation.Model, equation.Problems) {
	m.once.Do(func() {
		source := equation.Source{
			Text: m.Text, Threshold: m.Threshold, Reset: m.Reset, Refractory: m.Refractory, Method: m.Method,
		}
		for _, r := range m.Receptors {
			source.Receptors = append(source.Receptors, equation.Receptor(r))
		}
		for _, p := range m.Parameters {
			c, constant := p.Value.(dist.Constant)
			source.Given = append(source.Given, equation.Given{Name: p.Name, Value: c.Value, Varies: !constant})
		}
		m.model, m.problems = equation.New(source)
	})
	return m.model, m.problems
}

// Problems lists the mistakes in the texts, with their places.
func (m *Equations) Problems() []TextProblem {
	_, problems := m.read()
	return problems
}

// Spec implements Model.
func (m *Equations) Spec() Spec {
	spec := Spec{Name: "equations", Spiking: true, Amplitude: 1}
	model, problems := m.read()
	if problems != nil {
		return spec
	}
	spec.Random = model.Random
	spec.InputUnit = model.Input.String()
	for _, v := range model.Variables {
		var init dist.Distribution = dist.Constant{Value: v.Value}
		if v.Varies {
			init = m.parameter(v.Name)
		}
		spec.States = append(spec.States, State{Name: v.Name, Unit: v.Dim.String(), Init: init})
	}
	for i, r := range m.Receptors {
		spec.Receptors = append(spec.Receptors, Receptor{Name: r.Name, Unit: model.Weights[i].String()})
	}
	return spec
}

func (m *Equations) parameter(name string) dist.Distribution {
	for _, p := range m.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}

// Check implements Checker.
func (m *Equations) Check() (list []param.Problem) {
	for _, p := range m.Problems() {
		field := p.Field
		if p.Place.Line > 0 {
			field = fmt.Sprintf("%s, line %d, column %d", p.Field, p.Place.Line, p.Place.Col)
		}
		list = append(list, param.Problem{Field: field, Problem: p.Problem, Remedy: p.Remedy})
	}
	return list
}

// CheckDt implements DtChecker.
func (m *Equations) CheckDt(dt float64) []param.Problem {
	model, problems := m.read()
	if problems != nil {
		return nil
	}
	problem := checkRefractory(model.RefractoryTime(), dt)
	for i := range problem {
		problem[i].Field = "refractory"
	}
	return problem
}

// Measurement implements Measured.
func (*Equations) Measurement() Measurement { return usualMeasurement() }

// Rates implements Rater. A parameter with given values for each neuron has
// their mean.
func (m *Equations) Rates(rates, currents []float64) {
	typical := &Equations{
		Text: m.Text, Threshold: m.Threshold, Reset: m.Reset, Refractory: m.Refractory, Method: m.Method, Receptors: m.Receptors,
	}
	for _, p := range m.Parameters {
		if values, ok := p.Value.(dist.Samples); ok {
			p.Value = dist.Constant{Value: mean(values)}
		}
		typical.Parameters = append(typical.Parameters, p)
	}
	measure(typical, rates, currents)
}

func mean(values dist.Samples) float64 {
	sum := 0.0
	for _, row := range values {
		sum += row[0] / float64(len(values))
	}
	return sum
}

// NewStepper implements Model.
func (m *Equations) NewStepper(env Env) (Stepper, error) {
	model, problems := m.read()
	if problems != nil {
		return nil, fmt.Errorf("%s: %s", problems[0].Field, problems[0].Problem)
	}
	return &equationStepper{machine: equation.NewMachine(model.Compile(env.Dt), env.Level, env.Stream), dt: env.Dt}, nil
}

// MethodUsed says which method is used, and why it was chosen if none was given.
func (m *Equations) MethodUsed() (name, reason string) {
	model, problems := m.read()
	if problems != nil {
		return "", ""
	}
	return model.Method, model.Reason
}

// Listing shows what the model becomes for steps of a length: the operations on
// rows of neurons.
func (m *Equations) Listing(dt float64) []string {
	model, problems := m.read()
	if problems != nil {
		return nil
	}
	return model.Compile(dt).Listing()
}

type equationStepper struct {
	machine *equation.Machine
	dt      float64
	block   equation.Block
	fired   []int32
}

// Fault implements Faulty.
func (s *equationStepper) Fault() (neuron int, err error) { return s.machine.Fault() }

// Step implements Stepper.
func (s *equationStepper) Step(b *Block) {
	s.block = equation.Block{Step: b.Step, First: b.First, Input: b.Input, State: b.State, Arrived: b.Arrived}
	s.fired = s.machine.Step(&s.block, s.fired[:0])
	for _, i := range s.fired {
		b.Fire(int(i), s.dt)
	}
}
