package script

import (
	"maps"
	"slices"

	"go.starlark.net/starlark"

	"soma/unit"
)

// quantity is a unit: a number that others are multiplied by.
type quantity struct {
	name  string
	value float64
	doc   string
}

var units = []quantity{
	{"second", unit.Second, "time, s"},
	{"ms", unit.Millisecond, "time"},
	{"us", unit.Microsecond, "time"},
	{"V", unit.Volt, "voltage"},
	{"mV", unit.Millivolt, "voltage"},
	{"A", unit.Ampere, "current"},
	{"nA", unit.Nanoampere, "current"},
	{"pA", unit.Picoampere, "current"},
	{"F", unit.Farad, "capacitance"},
	{"uF", unit.Microfarad, "capacitance"},
	{"nF", unit.Nanofarad, "capacitance"},
	{"pF", unit.Picofarad, "capacitance"},
	{"ohm", unit.Ohm, "resistance"},
	{"MOhm", unit.Megaohm, "resistance"},
	{"GOhm", unit.Gigaohm, "resistance"},
	{"S", unit.Siemens, "conductance"},
	{"uS", unit.Microsiemens, "conductance"},
	{"nS", unit.Nanosiemens, "conductance"},
	{"Hz", unit.Hertz, "frequency"},
	{"kHz", unit.Kilohertz, "frequency"},
}

var unitNames = func() map[string]bool {
	names := map[string]bool{}
	for _, u := range units {
		names[u.name] = true
	}
	return names
}()

// space is a namespace with its models and functions.
type space struct {
	name      string
	doc       string
	models    []model
	functions []builder
}

// builder is a function of a namespace, or of the language itself.
type builder struct {
	sig *signature
	run func(*session, *call) starlark.Value
}

func spaces() []space {
	return []space{
		{"neuron", "Neuron models, and generators. Those called point neurons, and the generators, are of the kind that single synapses connect.", neurons, []builder{{equationsSignature, (*session).equations}}},
		{"synapse", "Synapses: linear filters. Each but `none` delays by one step. A list of synapses or time constants filters every value by one of its own.", synapses, nil},
		{"dist", "Distributions, from which parameters of neurons and weights and delays of synapses are drawn.", distributions, []builder{{samplesSignature, (*session).givenSamples}}},
		{"signal", "What a node can play. Noise and `white_signal` have as many values as the node's `size_out`, or their `size`.", signals, []builder{
			{constantSignature, (*session).constantSignal},
			{functionSignature, (*session).functionSignal},
			{piecewiseSignature, (*session).piecewiseSignal},
			{spikeTrainSignature, (*session).spikeTrain},
			{tableSignature, (*session).tableSignal},
		}},
		{"connect", "Transforms, and rules for single synapses. Neurons with positions can be connected by distance: `grid`, `scatter` and `points` say where they are; `spatial` and `spatial_indegree` draw synapses; `box`, `gaussian`, `exponential`, `linear` and `lambda d: …` are functions of the distance, for these rules and for weights and delays. Lengths are in the unit of the positions.", slices.Concat(rules, spatialRules, placements, profiles), []builder{
			{explicitSignature, (*session).explicit},
			{denseSignature, (*session).dense},
			{sparseSignature, (*session).sparse},
			{convolutionSignature, (*session).convolution},
			{convolutionTransposeSignature, (*session).convolutionTranspose},
		}},
		{"learn", learning, learningRules, []builder{{learnEquationsSignature, (*session).learnEquations}}},
		{"solve", "Solvers, which find the decoders of ensembles.", solvers, nil},
		{"nef", "Networks to put models together from. Each is made inside of a network, the first argument, and has ends to connect and to probe: `product = nef.product(model, 200, 2)`, `model.connect(a, product.input_a)`.", nil, nil},
		{"spa", spaDoc, nil, slices.Concat([]builder{
			{vocabularySignature, (*session).vocabulary},
			{transcodeSignature, (*session).transcode},
		}, memories(), []builder{
			{spaConnectSignature, (*session).spaConnect},
			{ifmaxSignature, (*session).ifmax},
			{selectionSignature(), (*session).actionSelection},
		})},
	}
}

// declarations are the functions without a prefix that declare something.
func declarations() []builder {
	return append([]builder{
		{networkSignature, (*session).makeNetwork},
		{simulateSignature, (*session).simulate},
		{paramSignature, (*session).param},
		{figureSignature, (*session).figure},
		{ratesSignature, (*session).rates},
		{lastSignature, (*session).last},
	}, panels()...)
}

// names are all predeclared names of a model file.
func (s *session) names() starlark.StringDict {
	names := starlark.StringDict{}
	for _, group := range []starlark.StringDict{s.guards(), s.mathNames(), s.arrayNames()} {
		maps.Copy(names, group)
	}
	for _, u := range units {
		names[u.name] = starlark.Float(u.value)
	}
	for _, b := range declarations() {
		names[b.sig.name] = s.bound(b)
	}
	for _, sp := range spaces() {
		members := starlark.StringDict{}
		prefix := sp.name + "."
		for _, m := range sp.models {
			members[m.name] = s.maker(sp.name, m)
		}
		for _, m := range netModels[sp.name] {
			members[m.name] = s.adder(sp.name, m)
		}
		for _, b := range sp.functions {
			members[b.sig.name[len(prefix):]] = s.bound(b)
		}
		names[sp.name] = &namespace{sp.name, members, s.poison}
	}
	return names
}

func (s *session) bound(b builder) *function {
	return &function{sig: b.sig, s: s, run: func(c *call) starlark.Value { return b.run(s, c) }}
}

// learning introduces the learning rules.
const learning = "Learning rules, for `model.connect(…, learning = …)`: one, or a list.\n\n" +
	"```python\n" +
	"conn = model.connect(pre, post, function = lambda x: 0, learning = learn.pes())\n" +
	"model.connect(error, conn.learning)    # what is, minus what should be\n" +
	"model.probe(conn, \"weights\", sample_every = 100*ms)\n" +
	"```\n\n" +
	"Rules said to be of single synapses go with a `weight`: weights then change when spikes arrive, and delays are dendritic, as in NEST, unless `delay = \"axonal\"`; several of them, in a list, come one after the other at every spike. All others change weights at the end of a step; filters inside of rules add no delay. Errors and signals are connected to `conn.learning`, or `conn.learning[k]` where a connection has several rules; `conn.learning[k][0:2]` are two of the values that a rule takes. Weights are recorded row by row, a row for each value that the connection gives.\n\n" +
	"A result holds what was learned in `learned.npz`, by the path of the connection. Training, and testing what was learned, are two commands:\n\n" +
	"```sh\n" +
	"soma run model.star --out trained\n" +
	"soma run model.star --load trained --freeze --out tested\n" +
	"```\n\n" +
	"`soma run --forget` leaves the file out, which has 8 bytes for each synapse that learns."
