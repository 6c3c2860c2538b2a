package compile

import (
	"fmt"

	"soma"
	"soma/internal/program"
	"soma/neuron"
)

// population adds the neurons; bias is the current they receive when nothing is
// connected.
func (b *builder) population(p *soma.Population, bias []float64) {
	path := p.Path()
	model := b.model(p)
	spec := model.Spec()
	input := b.program.Add(path+" input", bias)
	output := b.program.Add(path, make([]float64, p.N))
	b.program.Signals[output.Signal].Spikes = spec.Spiking
	b.inputs[p], b.outputs[p] = input, output
	b.states[p] = map[string]program.View{}
	op := &program.Neurons{
		Label: program.Label(path), Model: model, N: p.N, Input: input, Output: output,
		Env: neuron.Env{Dt: b.opts.Dt, Level: b.opts.Level, Stream: b.stream(path, "neuron")},
	}
	for _, s := range spec.States {
		view := b.program.Add(path+" "+s.Name, b.initial(p, s))
		b.states[p][s.Name] = view
		op.States = append(op.States, view)
	}
	b.program.Operate(op)
	b.neurons[p] = op
	b.built.Neurons += p.N
}

// model is the model of a population, with what varies from neuron to neuron drawn
// and checked.
func (b *builder) model(p *soma.Population) neuron.Model {
	varied, ok := p.Neuron.(neuron.Varied)
	if !ok {
		return p.Neuron
	}
	fail := func(field string, err error, remedy string) neuron.Model {
		field = "neuron." + field
		b.fail(p.FieldPosition(field), p.Path(), field, err, remedy)
		return varied.Model
	}
	drawn := ""
	each, err := varied.Of(p.N, func(of neuron.Parameter) ([]float64, error) {
		drawn = of.Name
		return b.values(p.Path(), "parameter "+of.Name, of.Value, p.N, 1)
	})
	if err != nil {
		return fail(drawn, err, "give one value for each neuron, or a distribution")
	}
	for i, m := range each.Models() {
		problems := neuron.Check(m)
		if d, ok := m.(neuron.DtChecker); ok && problems == nil {
			problems = d.CheckDt(b.opts.Dt)
		}
		for _, problem := range problems {
			return fail(problem.Field, fmt.Errorf("neuron %d: %s", i, problem.Problem), problem.Remedy)
		}
	}
	return each
}

// initial draws the initial values of a state variable.
func (b *builder) initial(p *soma.Population, s neuron.State) []float64 {
	d, field := s.Init, "init"
	if given, ok := p.Init[s.Name]; ok {
		d = given
	}
	values, err := d.Draw(b.stream(p.Path(), "init "+s.Name), p.N, 1)
	if err != nil {
		b.fail(p.FieldPosition(field), p.Path(), field, err, "")
		return make([]float64, p.N)
	}
	return values
}
