package neuron

import (
	"fmt"
	"slices"

	"soma/internal/equation"
)

// flow carries the variables of many neurons over a step by their equations alone.
// Spikes and what arrives are the stepper's.
type flow struct {
	machine *equation.Machine
	block   equation.Block
	some    equation.Block // neurons of a list, put together
	fired   []int32
	columns [][]float64 // the parameters that differ from neuron to neuron
}

// newFlow reads equations, which are part of this package: an error is one of its
// own, or of values that are not numbers. The parameters are those of all neurons,
// or of each; what the source gives besides are rows of the stepper's.
func newFlow(env Env, source equation.Source, parameters ...[]equation.Given) (*flow, error) {
	f := &flow{}
	source.Given = append(slices.Clone(parameters[0]), source.Given...)
	for k := range parameters[0] {
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

// eighth is Dormand and Prince's method of order 8, each neuron with substeps of its
// own. Their length is a row behind the variables.
const eighth = "rk8"

// step advances variables; the method's and the stepper's own rows follow them.
func (f *flow) step(b *Block, variables [][]float64, others ...[]float64) {
	f.take(b, variables, others)
	f.fired = f.machine.Step(&f.block, f.fired[:0])
}

// take prepares the block.
func (f *flow) take(b *Block, variables, others [][]float64) {
	f.block.Step, f.block.First, f.block.Input = b.Step, b.First, b.Input
	f.block.State = append(f.block.State[:0], variables...)
	for _, column := range f.columns {
		f.block.State = append(f.block.State, column[b.First:b.First+len(b.Input)])
	}
	f.block.State = append(f.block.State, others...)
}

// stepSome is step for copies of the neurons of a list, so many times. It returns the
// rows of their variables.
func (f *flow) stepSome(times int, list []int32, b *Block, variables [][]float64, others ...[]float64) [][]float64 {
	f.take(b, variables, others)
	if f.some.State == nil {
		f.some.State = make([][]float64, len(f.block.State))
	}
	f.some.Step, f.some.Input = b.Step, pick(f.some.Input, b.Input, list)
	for k, row := range f.block.State {
		f.some.State[k] = pick(f.some.State[k], row, list)
	}
	for range times {
		f.fired = f.machine.Step(&f.some, f.fired[:0])
	}
	return f.some.State[:len(variables)]
}

// pick copies the numbers of a list.
func pick(into, from []float64, list []int32) []float64 {
	into = into[:0]
	for _, i := range list {
		into = append(into, from[i])
	}
	return into
}

// given lists parameters: names and values in turn.
func given(list ...any) (all []equation.Given) {
	for i := 0; i < len(list); i += 2 {
		all = append(all, equation.Given{Name: list[i].(string), Value: list[i+1].(float64)})
	}
	return all
}
