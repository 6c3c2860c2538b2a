package script

import (
	"slices"

	"go.starlark.net/starlark"

	"soma"
	"soma/connect"
	"soma/dist"
)

func (c *call) transform(name string, into *connect.Transform) {
	if !c.given(name) {
		return
	}
	switch v := c.value(name).(type) {
	case transformValue:
		*into = v.Transform
	case starlark.Int, starlark.Float:
		x, problem := toFloat(v)
		if problem != "" {
			c.report(name, problem, "give a finite number")
			return
		}
		*into = connect.Scale(x)
	default:
		rows, problem := toMatrix(v)
		if problem != "" {
			c.report(name, problem, "give a number, or a matrix [[…], …] with one row for each value of the target")
			return
		}
		*into = connect.Dense(rows)
	}
}

// toMatrix accepts values with two dimensions.
func toMatrix(v starlark.Value) ([][]float64, string) {
	a, err := toArray(v)
	if err == nil && len(a.shape) != 2 {
		return nil, describe(v) + " is no matrix"
	}
	return toRows(v)
}

// transformValue is a transform in a model file.
type transformValue struct {
	starlark.Value
	connect.Transform
}

func (v transformValue) Type() string { return "transform" }

var denseSignature = &signature{
	name: "connect.dense", byPosition: 1, doc: "A matrix, one row for each value of the target; a bare matrix stands for it. Or one of a given shape whose entries are drawn.",
	params: []parameter{
		{name: "matrix", kind: "matrix", doc: "the weights"},
		{name: "shape", kind: "list of two whole numbers", doc: "in place of the matrix: values of the target, values of the source"},
		{name: "init", kind: "distribution", doc: "what its entries are drawn from"},
	},
}

func (s *session) dense(c *call) starlark.Value {
	if c.bad {
		return s.poison
	}
	if !c.given("matrix") {
		return s.randomMatrix(c)
	}
	for _, name := range []string{"shape", "init"} {
		if c.given(name) {
			c.report(name, "a matrix and its "+name, "give the matrix, or shape and init")
			return s.poison
		}
	}
	rows, problem := toMatrix(c.value("matrix"))
	if problem != "" {
		c.report("matrix", problem, "write [[…], …] with one row for each value of the target")
		return s.poison
	}
	return transformValue{matrix(rows), connect.Dense(rows)}
}

// randomMatrix is a matrix that is drawn.
func (s *session) randomMatrix(c *call) starlark.Value {
	if !c.given("shape") || !c.given("init") {
		c.reportAt(c.pos, "", "neither a matrix nor shape and init", "write connect.dense([[…], …]), or connect.dense(shape = [rows, columns], init = dist.…)")
		return s.poison
	}
	var t connect.RandomMatrix
	var shape []int
	c.wholes("shape", &shape)
	c.distribution("init", &t.From)
	if c.bad {
		return s.poison
	}
	if len(shape) != 2 {
		c.report("shape", describe(c.value("shape"))+" is no shape", "give [rows, columns]")
		return s.poison
	}
	t.Rows, t.Cols = shape[0], shape[1]
	return transformValue{starlark.String(c.sig.name), t}
}

var sparseSignature = &signature{
	name: "connect.sparse", byPosition: 4, doc: "A matrix most of which is 0, by its entries: `values[k]` at row `rows[k]` and column `cols[k]`. Entries in one place add up.",
	params: []parameter{
		{name: "rows", kind: "list of whole numbers", required: true, doc: "of the entries: values of the target, from 0"},
		{name: "cols", kind: "list of whole numbers", required: true, doc: "of the entries: values of the source, from 0"},
		{name: "values", kind: "number or list of numbers", required: true, doc: "the entries; one number for all of them"},
		{name: "shape", kind: "list of two whole numbers", required: true, doc: "values of the target, values of the source"},
	},
}

func (s *session) sparse(c *call) starlark.Value {
	t := connect.Sparse{}
	c.wholes("rows", &t.Row)
	c.wholes("cols", &t.Col)
	if c.given("values") {
		var problem string
		if t.Value, problem = toFloatOrFloats(c.value("values")); problem != "" {
			c.report("values", problem, "give a number, or one for each entry")
		}
	}
	var shape []int
	c.wholes("shape", &shape)
	if c.bad {
		return s.poison
	}
	if len(shape) != 2 {
		c.report("shape", describe(c.value("shape"))+" is no shape", "give [rows, columns]")
		return s.poison
	}
	t.Out, t.In = shape[0], shape[1]
	return transformValue{starlark.String(c.sig.name), t}
}

// toFloatOrFloats accepts a number, which may stand for many, or numbers.
func toFloatOrFloats(v starlark.Value) ([]float64, string) {
	switch v.(type) {
	case starlark.Int, starlark.Float:
		x, problem := toFloat(v)
		return []float64{x}, problem
	}
	return toFloats(v)
}

// wholes reads a list of whole numbers; one number is a list of one.
func (c *call) wholes(name string, into *[]int) {
	if !c.given(name) {
		return
	}
	v := c.value(name)
	switch v.(type) {
	case starlark.Int, starlark.Float:
		v = starlark.NewList([]starlark.Value{v})
	}
	list, problem := toWholes(v)
	if problem != "" {
		c.report(name, problem, "give whole numbers")
		return
	}
	*into = list
}

// convolutionParameters are those of the convolution and of its transpose.
var convolutionParameters = []parameter{
	{name: "n_filters", kind: "whole number", required: true, doc: "number of filters: the channels of the output"},
	{name: "input_shape", kind: "list of whole numbers", required: true, doc: "sizes of the dimensions and the number of channels, such as `[28, 28, 1]`"},
	{name: "kernel_size", kind: "list of whole numbers", def: "[3, …]", doc: "of the kernel in each dimension"},
	{name: "strides", kind: "list of whole numbers", def: "[1, …]", doc: "how far the kernel moves in each dimension"},
	{name: "padding", kind: "string", def: "\"valid\"", doc: "`\"valid\"`: the kernel stays inside of the input; `\"same\"`: zeros around it keep its size"},
	{name: "channels_last", kind: "True or False", def: "True", doc: "False: the channels are the first dimension of input and output"},
	{name: "groups", kind: "whole number", def: "1", doc: "groups of channels and filters that see nothing of each other"},
	{name: "init", kind: "array or distribution", def: "dist.uniform(-1, 1)", doc: "the kernel, of shape kernel_size + (channels/groups, n_filters), or what it is drawn from"},
}

var convolutionSignature = &signature{
	name: "connect.convolution", byPosition: 2, params: convolutionParameters,
	doc: "Slides a kernel over values that lie in one or more dimensions, as in convolutional networks. The values of input and output are in the order of their indices, the last one running fastest.",
}

var convolutionTransposeSignature = &signature{
	name: "connect.convolution_transpose", byPosition: 2, params: convolutionParameters,
	doc: "The transposed convolution: every value is spread by the kernel, so that strides enlarge. The output has strides·(n − 1) + kernel_size places in each dimension, with padding `\"same\"` strides·(n − 1) + 1.",
}

func (s *session) convolution(c *call) starlark.Value          { return s.convolve(c, false) }
func (s *session) convolutionTranspose(c *call) starlark.Value { return s.convolve(c, true) }

func (s *session) convolve(c *call, transpose bool) starlark.Value {
	t := connect.Convolution{Transpose: transpose}
	c.whole("n_filters", &t.Filters)
	c.wholes("input_shape", &t.InputShape)
	c.wholes("kernel_size", &t.KernelSize)
	c.wholes("strides", &t.Strides)
	padding := string(connect.Valid)
	c.text("padding", &padding)
	t.Padding = connect.Padding(padding)
	last := true
	c.truth("channels_last", &last)
	t.ChannelsFirst = !last
	c.whole("groups", &t.Groups)
	c.kernelNumbers("init", &t.Kernel)
	if c.bad {
		return s.poison
	}
	return transformValue{starlark.String(c.sig.name), t}
}

// truth reads True or False.
func (c *call) truth(name string, into *bool) {
	if !c.given(name) {
		return
	}
	b, ok := c.value(name).(starlark.Bool)
	if !ok {
		c.report(name, describe(c.value(name))+" is neither True nor False", "give True or False")
		return
	}
	*into = bool(b)
}

// kernelNumbers reads an array of any shape, number by number, or a distribution.
func (c *call) kernelNumbers(name string, into *dist.Distribution) {
	if !c.given(name) || c.skipSpoilt(name) {
		return
	}
	if a, err := toArray(c.value(name)); err == nil && len(a.shape) > 0 {
		if problem := a.infinite(); problem != "" {
			c.report(name, problem, "give finite numbers")
		}
		rows := make(dist.Samples, len(a.data))
		for i := range rows {
			rows[i] = slices.Clone(a.data[i : i+1])
		}
		*into = rows
		return
	}
	c.distribution(name, into)
}

// valueDelay reads the delay of a connection that carries values.
func (c *call) valueDelay(conn *soma.Connection) {
	if !c.given("delay") {
		return
	}
	delay := 0.0
	c.number("delay", &delay)
	conn.Delay = connect.Constant(delay)
}
