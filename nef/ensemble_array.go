package nef

import (
	"fmt"

	"soma"
	"soma/dist"
	"soma/neuron"
	"soma/signal"
	"soma/solve"
	"soma/synapse"
)

// An EnsembleArray represents a long vector by many small ensembles, each of a
// part of it: that takes fewer neurons than one large ensemble, for functions
// that do not mix the parts.
type EnsembleArray struct {
	NNeurons      int `param:"n_neurons" check:">0" doc:"neurons of each ensemble"`
	NEnsembles    int `param:"n_ensembles" check:">0" doc:"number of ensembles"`
	EnsDimensions int `param:"ens_dimensions" default:"1" check:">0" doc:"dimensions of each ensemble"`

	Neuron      neuron.Model      `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`
	Radius      float64           `param:"radius" default:"1" check:">0" doc:"expected length of what each ensemble represents"`
	Encoders    dist.Distribution `param:"encoders" doc:"as of model.ensemble, like those that follow, for each of the ensembles"`
	Intercepts  dist.Distribution `param:"intercepts" doc:"where neurons begin to fire"`
	MaxRates    dist.Distribution `param:"max_rates" doc:"rates at one radius"`
	EvalPoints  dist.Distribution `param:"eval_points" doc:"points over which decoders are solved"`
	NEvalPoints int               `param:"n_eval_points" check:">=0" doc:"their number"`
	Noise       signal.Signal     `param:"noise" doc:"added to the input current of each neuron"`
	Solver      solve.Solver      `param:"solver" default:"solve.lstsq_l2()" doc:"finds the decoders of the outputs"`

	*soma.Network
	Input  *soma.Node `end:"input" doc:"the whole vector"`
	Output *soma.Node `end:"output" doc:"what the ensembles represent"`
}

// Add makes the array.
func (a EnsembleArray) Add(net *soma.Network, name string) *EnsembleArray {
	sub, a := Begin(net, name, a)
	a.Network = sub
	if a.Solver == nil {
		a.Solver = solve.LstsqL2{}
	}
	size := a.NEnsembles * a.EnsDimensions
	a.Input, a.Output = sub.Passthrough("input", size), sub.Passthrough("output", size)
	for i := range a.NEnsembles {
		e := a.ensemble(i)
		direct(sub, a.part(a.Input, i), e)
		direct(sub, e, a.part(a.Output, i)).Solver = a.Solver
	}
	Finish(sub)
	return &a
}

func (a *EnsembleArray) ensemble(i int) *soma.Ensemble {
	e := a.Network.Ensemble(fmt.Sprintf("ensemble%d", i), a.NNeurons, a.EnsDimensions)
	e.Neuron, e.Radius, e.NEvalPoints = orNeuron(a.Neuron), a.Radius, a.NEvalPoints
	e.Noise = a.Noise
	for _, f := range []struct {
		given dist.Distribution
		into  *dist.Distribution
	}{
		{a.Encoders, &e.Encoders},
		{a.Intercepts, &e.Intercepts},
		{a.MaxRates, &e.MaxRates},
		{a.EvalPoints, &e.EvalPoints},
	} {
		if f.given != nil {
			*f.into = f.given
		}
	}
	return e
}

// part is what ensemble i has of a vector.
func (a *EnsembleArray) part(n *soma.Node, i int) soma.Slice {
	width := n.SizeOut / a.NEnsembles
	return n.Part(i*width, (i+1)*width)
}

// AddOutput adds a node of that name that gives a function of what each ensemble
// represents, one after the other.
func (a *EnsembleArray) AddOutput(name string, function func(x []float64) []float64) *soma.Node {
	size := 0
	err := soma.Call(func() { size = len(function(make([]float64, a.EnsDimensions))) })
	switch {
	case err != nil:
		a.Report(name, err.Error(), "mend the function")
	case size == 0:
		a.Report(name, "the function gives no values", "return at least one number")
	default:
		return a.AddOutputOf(name, size, function)
	}
	return a.AddOutputOf(name, a.EnsDimensions, nil)
}

// AddOutputOf is AddOutput for a function of a known number of values.
func (a *EnsembleArray) AddOutputOf(name string, size int, function func(x []float64) []float64) *soma.Node {
	node := a.Passthrough(name, a.NEnsembles*size)
	node.Pos = a.Pos
	for i, e := range a.Ensembles {
		conn := direct(a.Network, e, a.part(node, i))
		conn.Function, conn.Solver, conn.Pos = function, a.Solver, a.Pos
	}
	return node
}

// AddNeuronInput adds a node, "neuron_input", of one value for each neuron, which
// goes to their input currents.
func (a *EnsembleArray) AddNeuronInput() *soma.Node {
	node := a.Passthrough("neuron_input", a.NEnsembles*a.NNeurons)
	for i, e := range a.Ensembles {
		direct(a.Network, a.part(node, i), e.Neurons)
	}
	return node
}

// AddNeuronOutput adds a node, "neuron_output", that gives the activity of every
// neuron.
func (a *EnsembleArray) AddNeuronOutput() *soma.Node {
	node := a.Passthrough("neuron_output", a.NEnsembles*a.NNeurons)
	for i, e := range a.Ensembles {
		direct(a.Network, e.Neurons, a.part(node, i))
	}
	return node
}

// Inhibit lets one value inhibit all neurons: each receives strength times it as
// a current.
func (a *EnsembleArray) Inhibit(from soma.Endpoint, strength float64, s synapse.Synapse) {
	for _, e := range a.Ensembles {
		conn := a.Connect(from, e.Neurons)
		conn.Transform, conn.Synapse = uniform(e.N, 1, strength), s
	}
}
