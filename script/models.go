package script

import (
	"soma/dist"
	"soma/neuron"
	"soma/solve"
	"soma/synapse"
)

// model is a struct of a Go package that model files can make. Its parameters
// come from the struct tags.
type model struct {
	name     string // behind the dot
	zero     any
	required int // how many of the first parameters must be given
	doc      string
}

// A new model is one more line here.

var neurons = []model{
	{"LIF", neuron.LIF{}, 0, "leaky integrate-and-fire, normalised: threshold 1, current without a unit"},
	{"LIFRate", neuron.LIFRate{}, 0, "the steady rate of LIF, without spikes"},
	{"RectifiedLinear", neuron.RectifiedLinear{}, 0, "the rate is the current, or 0 below"},
	{"SpikingRectifiedLinear", neuron.SpikingRectifiedLinear{}, 0, "spikes at the rate of RectifiedLinear"},
	{"Direct", neuron.Direct{}, 0, "no neurons: the ensemble represents and computes exactly"},
	{"IF", neuron.IF{}, 0, "integrate-and-fire in physical units: input in ampere, exact spike times"},
	{"LeakyIF", neuron.LeakyIF{}, 0, "leaky integrate-and-fire in physical units: input in ampere, exact spike times"},
}

var synapses = []model{
	{"none", synapse.None{}, 0, "no filter and no delay: what arrives acts within the step"},
	{"lowpass", synapse.Lowpass{}, 1, "first-order lowpass, the exponential synapse; a bare number stands for it"},
	{"alpha", synapse.Alpha{}, 1, "second-order lowpass, the alpha synapse"},
}

var distributions = []model{
	{"uniform", dist.Uniform{}, 2, "uniform between two bounds"},
	{"normal", dist.Normal{}, 0, "Gaussian"},
	{"lognormal", dist.Lognormal{}, 0, "exp(x) of a Gaussian x"},
	{"exponential", dist.Exponential{}, 0, "exponential, with a shift and a cut"},
	{"constant", dist.Constant{}, 1, "the same value everywhere; a bare number stands for it"},
	{"choice", dist.Choice{}, 1, "one of the given rows"},
	{"hypersphere", dist.UniformHypersphere{}, 0, "uniform in the unit ball, or on its surface"},
	{"scattered_hypersphere", dist.ScatteredHypersphere{}, 0, "spread evenly over the unit ball, or its surface; the default of encoders and evaluation points"},
}

var solvers = []model{
	{"lstsq_l2", solve.LstsqL2{}, 0, "least squares with L2 regularisation"},
}
