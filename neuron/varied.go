package neuron

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"soma/dist"
	"soma/internal/param"
	"soma/internal/suggest"
)

// Varied is a point neuron with parameters that differ from neuron to neuron:
//
//	neuron.Varied{Model: neuron.IafPscExp{}, Parameters: []neuron.Parameter{
//		{"V_th", dist.Normal{Mean: -0.05, Std: 0.002}},
//	}}
//
// A distribution is drawn once for every neuron of a population; dist.Samples hold
// a value for each. Each neuron computes what a population of its own would, with a
// model that has its values. Variables that start at a parameter, such as V_m at
// E_L, start at the neuron's own.
type Varied struct {
	Model Model
	// Parameters are values by their names in model files, in SI units.
	Parameters []Parameter
}

// Spec implements Model; where variables start is that of a population's neurons.
func (v Varied) Spec() Spec { return v.base().Spec() }

// Missing implements Explainer.
func (v Varied) Missing(variable string) string {
	if m, ok := v.base().(Explainer); ok {
		return m.Missing(variable)
	}
	return ""
}

// NewStepper implements Model, for a population that was not drawn.
func (v Varied) NewStepper(Env) (Stepper, error) {
	return nil, fmt.Errorf("the parameters of %s were not drawn", v.Spec().Name)
}

// base is the model that neurons differ from.
func (v Varied) base() Model {
	for _, p := range v.Parameters {
		if m, ok := v.Model.(currentKeeper); ok && strings.HasPrefix(p.Name, "tau_syn") {
			return m.keepApart()
		}
	}
	return v.Model
}

// A currentKeeper has fewer variables when its synapses are alike; kept apart,
// they are the same variables for all neurons.
type currentKeeper interface{ keepApart() Model }

// Check implements Checker. Values are checked when they are drawn.
func (v Varied) Check() (problems []param.Problem) {
	if v.Model == nil {
		return []param.Problem{{Field: "Model", Problem: "no neuron model", Remedy: "give one, such as neuron.IafPscExp"}}
	}
	names := v.names()
	for _, p := range v.Parameters {
		if !slices.Contains(names, p.Name) {
			problems = append(problems, param.Problem{
				Field: p.Name, Problem: fmt.Sprintf("%s has no such number%s", v.Model.Spec().Name, suggest.Hint(p.Name, names)),
				Remedy: "it has: " + strings.Join(names, ", "),
			})
		}
	}
	return problems
}

// names are the parameters that can vary: those that are numbers.
func (v Varied) names() (names []string) {
	for _, f := range param.Fields(v.Model) {
		if f.Type.Kind() == reflect.Float64 {
			names = append(names, f.Name)
		}
	}
	return names
}

// Of gives the neurons their models: draw gives the values of a parameter, one
// for each of n neurons.
func (v Varied) Of(n int, draw func(p Parameter) ([]float64, error)) (*Each, error) {
	each := &Each{models: make([]Model, n)}
	copies := make([]reflect.Value, n)
	base := reflect.ValueOf(v.base())
	for i := range copies {
		copies[i] = reflect.New(base.Type())
		copies[i].Elem().Set(base)
	}
	for _, f := range param.Fields(v.Model) {
		for _, p := range v.Parameters {
			if p.Name != f.Name {
				continue
			}
			values, err := draw(p)
			if err != nil {
				return nil, err
			}
			for i, x := range values {
				param.SetFloat(copies[i], f, x)
			}
		}
	}
	for i, c := range copies {
		each.models[i] = c.Elem().Interface().(Model)
	}
	each.spec = v.Spec()
	each.starts()
	return each, nil
}

// Each is a model of one kind for each neuron of a population.
type Each struct {
	models []Model
	spec   Spec
}

// Models are those of the neurons.
func (e *Each) Models() []Model { return e.models }

// Spec implements Model.
func (e *Each) Spec() Spec { return e.spec }

// starts lets every variable start where the neuron's own model says.
func (e *Each) starts() {
	values := make([]dist.Samples, len(e.spec.States))
	for _, m := range e.models {
		for k, s := range m.Spec().States {
			if c, ok := s.Init.(dist.Constant); ok {
				values[k] = append(values[k], []float64{c.Value})
			}
		}
	}
	e.spec.States = slices.Clone(e.spec.States)
	for k, v := range values {
		if len(v) == len(e.models) {
			e.spec.States[k].Init = v
		}
	}
}

// A jointModel has a stepper for neurons whose parameters differ.
type jointModel interface {
	Model
	// joins says whether a neuron of another model has the same equations.
	joins(m Model) bool
	// newStepperOf is NewStepper with a model for each neuron of the population.
	newStepperOf(models []Model, env Env) (Stepper, error)
}

// theirs gives models their type.
func theirs[M Model](models []Model) (list []M) {
	for _, m := range models {
		list = append(list, m.(M))
	}
	return list
}

// NewStepper implements Model. Neurons are stepped together where the model can,
// or else neighbours with the same parameters.
func (e *Each) NewStepper(env Env) (Stepper, error) {
	if m, ok := e.models[0].(jointModel); ok && !slices.ContainsFunc(e.models, func(of Model) bool { return !m.joins(of) }) {
		return m.newStepperOf(e.models, env)
	}
	s := &eachStepper{}
	for i, m := range e.models {
		if i > 0 && sameModel(m, e.models[i-1]) {
			continue
		}
		one, err := m.NewStepper(env)
		if err != nil {
			return nil, err
		}
		s.first, s.steppers = append(s.first, i), append(s.steppers, one)
	}
	s.first = append(s.first, math.MaxInt)
	return s, nil
}

func sameModel(a, b Model) bool { return reflect.TypeOf(a).Comparable() && a == b }

// eachStepper steps runs of neurons that have the same parameters; a run goes up to
// where the next one begins.
type eachStepper struct {
	first    []int
	steppers []Stepper
	part     Block
}

func (s *eachStepper) Step(b *Block) {
	run, found := slices.BinarySearch(s.first, b.First)
	if !found {
		run--
	}
	for lo := 0; lo < len(b.Input); run++ {
		hi := min(s.first[run+1]-b.First, len(b.Input))
		if one, ok := s.steppers[run].(partStepper); ok {
			one.stepPart(b, lo, hi)
		} else {
			s.stepAlone(s.steppers[run], b, lo, hi)
		}
		lo = hi
	}
}

// A partStepper can step a part of a block.
type partStepper interface {
	stepPart(b *Block, lo, hi int)
}

// stepAlone steps a part of a block as a block of its own.
func (s *eachStepper) stepAlone(one Stepper, b *Block, lo, hi int) {
	s.part.take(b, lo, hi)
	one.Step(&s.part)
	for k, i := range s.part.Spikes {
		b.Fire(lo+int(i), s.part.At[k])
	}
}

// take makes the block a part of another one.
func (b *Block) take(of *Block, lo, hi int) {
	b.Step, b.First, b.Input = of.Step, of.First+lo, of.Input[lo:hi]
	b.State = takeRows(b.State, of.State, lo, hi)
	b.Arrived = takeRows(b.Arrived, of.Arrived, lo, hi)
	if of.Output != nil {
		b.Output = of.Output[lo:hi]
	}
	b.Spikes, b.At = b.Spikes[:0], b.At[:0]
}

func takeRows(into, rows [][]float64, lo, hi int) [][]float64 {
	into = into[:0]
	for _, row := range rows {
		if row != nil {
			row = row[lo:hi]
		}
		into = append(into, row)
	}
	return into
}
