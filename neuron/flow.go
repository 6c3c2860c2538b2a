package neuron

import (
	"fmt"

	"soma/internal/equation"
)

// flow carries the variables of many neurons over a step by their equations alone,
// by Dormand and Prince's method of order 8, each neuron with substeps of its own.
// Spikes and what arrives are the stepper's.
type flow struct {
	machine *equation.Machine
	block   equation.Block
	fired   []int32
}

// newFlow reads equations, which are part of this package: an error is one of its
// own, or of values that are not numbers.
func newFlow(env Env, source equation.Source) (*flow, error) {
	source.Method = "rk8"
	model, problems := equation.New(source)
	if len(problems) > 0 {
		return nil, fmt.Errorf("%s: %s", problems[0].Field, problems[0].Problem)
	}
	return &flow{machine: equation.NewMachine(model.Compile(env.Dt), env.Level, env.Stream)}, nil
}

// step advances the first so many state variables; the length of the substeps is
// one behind the refractory time, which follows them.
func (f *flow) step(b *Block, vars int) {
	f.block.Step, f.block.First, f.block.Input = b.Step, b.First, b.Input
	f.block.State = append(append(f.block.State[:0], b.State[:vars]...), b.State[vars+1])
	f.fired = f.machine.Step(&f.block, f.fired[:0])
}

// given lists parameters: names and values in turn.
func given(list ...any) (all []equation.Given) {
	for i := 0; i < len(list); i += 2 {
		all = append(all, equation.Given{Name: list[i].(string), Value: list[i+1].(float64)})
	}
	return all
}
