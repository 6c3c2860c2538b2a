package neuron

import (
	"fmt"
	"slices"

	"soma/internal/equation"
)

// flow carries the variables of many neurons over a step by their equations alone,
// by Dormand and Prince's method of order 8, each neuron with substeps of its own.
// Spikes and what arrives are the stepper's.
type flow struct {
	machine *equation.Machine
	block   equation.Block
	fired   []int32
	columns [][]float64 // the parameters that differ from neuron to neuron
}

// newFlow reads equations, which are part of this package: an error is one of its
// own, or of values that are not numbers. The parameters are those of all neurons,
// or of each.
func newFlow(env Env, source equation.Source, parameters ...[]equation.Given) (*flow, error) {
	f := &flow{}
	source.Method = "rk8"
	source.Given = slices.Clone(parameters[0])
	for k := range source.Given {
		if column, ok := differing(parameters, k); ok {
			source.Given[k].Varies = true
			f.columns = append(f.columns, column)
		}
	}
	model, problems := equation.New(source)
	if len(problems) > 0 {
		return nil, fmt.Errorf("%s: %s", problems[0].Field, problems[0].Problem)
	}
	f.machine = equation.NewMachine(model.Compile(env.Dt), env.Level, env.Stream)
	return f, nil
}

// differing are the values of the k-th parameter, if they differ.
func differing(parameters [][]equation.Given, k int) (column []float64, differ bool) {
	for _, p := range parameters {
		column = append(column, p[k].Value)
		differ = differ || p[k].Value != column[0]
	}
	return column, differ
}

// step advances the first so many state variables; the length of the substeps is
// one behind the refractory time, which follows them.
func (f *flow) step(b *Block, vars int) {
	f.block.Step, f.block.First, f.block.Input = b.Step, b.First, b.Input
	f.block.State = append(f.block.State[:0], b.State[:vars]...)
	for _, column := range f.columns {
		f.block.State = append(f.block.State, column[b.First:b.First+len(b.Input)])
	}
	f.block.State = append(f.block.State, b.State[vars+1])
	f.fired = f.machine.Step(&f.block, f.fired[:0])
}

// given lists parameters: names and values in turn.
func given(list ...any) (all []equation.Given) {
	for i := 0; i < len(list); i += 2 {
		all = append(all, equation.Given{Name: list[i].(string), Value: list[i+1].(float64)})
	}
	return all
}
