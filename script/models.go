package script

import (
	"soma/connect"
	"soma/dist"
	"soma/learn"
	"soma/neuron"
	"soma/signal"
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
	{"AdaptiveLIF", neuron.AdaptiveLIF{}, 0, "LIF with an adaptation that grows with every spike"},
	{"AdaptiveLIFRate", neuron.AdaptiveLIFRate{}, 0, "the rate of LIF with adaptation, without spikes"},
	{"Izhikevich", neuron.Izhikevich{}, 0, "Izhikevich's simple model without units, for ensembles"},
	{"RectifiedLinear", neuron.RectifiedLinear{}, 0, "the rate is the current, or 0 below"},
	{"SpikingRectifiedLinear", neuron.SpikingRectifiedLinear{}, 0, "spikes at the rate of RectifiedLinear"},
	{"Sigmoid", neuron.Sigmoid{}, 0, "the rate is a logistic function of the current"},
	{"Tanh", neuron.Tanh{}, 0, "the rate is the hyperbolic tangent of the current, negative below 0"},
	{"RegularSpiking", neuron.RegularSpiking{}, 1, "regular spikes at the rate of another model"},
	{"StochasticSpiking", neuron.StochasticSpiking{}, 1, "spikes at the rate of another model, rounded at random"},
	{"PoissonSpiking", neuron.PoissonSpiking{}, 1, "Poisson spikes at the rate of another model"},
	{"Direct", neuron.Direct{}, 0, "no neurons: the ensemble represents and computes exactly"},
	{"IF", neuron.IF{}, 0, "integrate-and-fire in physical units: input in ampere, exact spike times"},
	{"LeakyIF", neuron.LeakyIF{}, 0, "leaky integrate-and-fire in physical units: input in ampere, exact spike times"},
	{"iaf_psc_delta", neuron.IafPscDelta{}, 0, "point neuron: leaky integrate-and-fire; a spike makes the voltage jump by the weight, V"},
	{"iaf_psc_exp", neuron.IafPscExp{}, 0, "point neuron: leaky integrate-and-fire with exponential synaptic currents; weights in A. Where `tau_syn_ex` and `tau_syn_in` are equal, as by default, only the sum `I_syn` of the currents is kept, else `I_syn_ex` and `I_syn_in`"},
	{"iaf_psc_alpha", neuron.IafPscAlpha{}, 0, "point neuron: leaky integrate-and-fire with alpha-shaped synaptic currents; weights in A"},
	{"iaf_cond_exp", neuron.IafCondExp{}, 0, "point neuron: leaky integrate-and-fire with exponential synaptic conductances; weights in S"},
	{"iaf_cond_alpha", neuron.IafCondAlpha{}, 0, "point neuron: leaky integrate-and-fire with alpha-shaped synaptic conductances; weights in S"},
	{"aeif_cond_exp", neuron.AeifCondExp{}, 0, "point neuron: adaptive exponential integrate-and-fire with exponential conductances; weights in S"},
	{"aeif_cond_alpha", neuron.AeifCondAlpha{}, 0, "point neuron: adaptive exponential integrate-and-fire with alpha-shaped conductances; weights in S"},
	{"aeif_psc_delta_clopath", neuron.AeifPscDeltaClopath{}, 0, "point neuron: adaptive exponential integrate-and-fire with the shape of a spike and an adapting threshold, for learn.clopath; a spike makes the voltage jump by the weight, V"},
	{"hh_psc_alpha", neuron.HHPscAlpha{}, 0, "point neuron: Hodgkin and Huxley, with alpha-shaped synaptic currents; weights in A"},
	{"izhikevich", neuron.IzhikevichPoint{}, 0, "point neuron: Izhikevich's simple model; a spike makes the voltage jump by the weight, V"},
	{"parrot_neuron", neuron.ParrotNeuron{}, 0, "repeats every spike that arrives with weight 1: lets what a generator sends go over synapses with delays and learning"},
	{"poisson_generator", neuron.PoissonGenerator{}, 0, "spikes at random; every target gets a train of its own"},
	{"inhomogeneous_poisson_generator", neuron.InhomogeneousPoissonGenerator{}, 0, "spikes at random, with a rate that changes; every target gets a train of its own"},
	{"spike_generator", neuron.SpikeGenerator{}, 0, "spikes at given times"},
	{"dc_generator", neuron.DcGenerator{}, 0, "a constant current; a weight multiplies it"},
	{"step_current_generator", neuron.StepCurrentGenerator{}, 0, "a current that changes at given times; a weight multiplies it"},
	{"noise_generator", neuron.NoiseGenerator{}, 0, "a Gaussian current; every target gets one of its own; a weight multiplies it"},
}

var rules = []model{
	{"one_to_one", connect.OneToOne{}, 0, "source i to target i; values in their order"},
	{"all_to_all", connect.AllToAll{}, 0, "every source to every target; values as a matrix with a row for each target"},
	{"fixed_indegree", connect.FixedIndegree{}, 1, "k synapses onto every target, from sources drawn at random; values as a matrix with a row for each target"},
	{"fixed_outdegree", connect.FixedOutdegree{}, 1, "k synapses of every source, onto targets drawn at random"},
	{"fixed_total", connect.FixedTotal{}, 1, "n synapses, each between a source and a target drawn at random"},
	{"bernoulli", connect.Bernoulli{}, 1, "a synapse for every pair of neurons with probability p"},
}

var synapses = []model{
	{"none", synapse.None{}, 0, "no filter and no delay: what arrives acts within the step"},
	{"lowpass", synapse.Lowpass{}, 1, "first-order lowpass, the exponential synapse; a bare number stands for it"},
	{"alpha", synapse.Alpha{}, 1, "second-order lowpass, the alpha synapse"},
	{"linear", synapse.Linear{}, 2, "any linear filter, by its transfer function: `synapse.linear([1], [tau, 1])` is a lowpass"},
	{"triangle", synapse.Triangle{}, 1, "an impulse response that falls in a straight line to 0"},
}

var signals = []model{
	{"white_noise", signal.WhiteNoise{}, 0, "every value drawn anew in every step"},
	{"filtered_noise", signal.FilteredNoise{}, 0, "white noise through a synapse"},
	{"brown_noise", signal.BrownNoise{}, 0, "the integral of white noise, a random walk"},
	{"white_signal", signal.WhiteSignal{}, 2, "a smooth random signal: all frequencies up to one, alike, and no others"},
	{"present", signal.Present{}, 2, "inputs in turn, each for a time, again and again"},
	{"step", signal.Step{}, 1, "a jump"},
	{"ramp", signal.Ramp{}, 2, "a straight line between two times"},
	{"sine", signal.Sine{}, 1, "offset + amplitude·sin(2π·frequency·t + phase)"},
	{"chirp", signal.Chirp{}, 3, "a sine whose frequency changes in a straight line"},
}

var distributions = []model{
	{"uniform", dist.Uniform{}, 2, "uniform between two bounds"},
	{"normal", dist.Normal{}, 0, "Gaussian"},
	{"lognormal", dist.Lognormal{}, 0, "exp(x) of a Gaussian x"},
	{"exponential", dist.Exponential{}, 0, "exponential, with a shift and a cut"},
	{"constant", dist.Constant{}, 1, "the same value everywhere; a bare number stands for it"},
	{"choice", dist.Choice{}, 1, "one of the given rows"},
	{"sqrt_beta", dist.SqrtBeta{}, 1, "length of some values of a random unit vector"},
	{"cosine_similarity", dist.CosineSimilarity{}, 1, "cosine of the angle between two random vectors"},
	{"hypersphere", dist.UniformHypersphere{}, 0, "uniform in the unit ball, or on its surface"},
	{"scattered_hypersphere", dist.ScatteredHypersphere{}, 0, "spread evenly over the unit ball, or its surface; the default of encoders and evaluation points"},
}

var learningRules = []model{
	{"pes", learn.PES{}, 0, "lowers an error, what is minus what should be, that is connected to `conn.learning`; changes the decoders or weights of a connection from an ensemble or from neurons"},
	{"rls", learn.RLS{}, 0, "recursive least squares: lowers an error as pes does, in fewer steps and at a higher cost"},
	{"bcm", learn.BCM{}, 0, "between neurons: strengthens what drives a neuron above its mean activity, and weakens what drives it below"},
	{"oja", learn.Oja{}, 0, "between neurons: Hebb's rule with forgetting, which keeps the weights bounded"},
	{"voja", learn.Voja{}, 0, "moves the encoders of the ensemble at the end of the connection towards its input; a signal connected to `conn.learning` adds to 1 and scales the learning"},
	{"stdp", learn.STDP{}, 0, "single synapses: spike-timing-dependent plasticity by pairs of spikes, additive, multiplicative or between"},
	{"stdp_pl", learn.STDPPowerLaw{}, 0, "single synapses: spike-timing-dependent plasticity with potentiation by a power of the weight"},
	{"stdp_triplet", learn.STDPTriplet{}, 0, "single synapses: spike-timing-dependent plasticity by triplets of spikes"},
	{"stdp_dopamine", learn.STDPDopamine{}, 0, "single synapses: spike-timing-dependent plasticity gated by the spikes of a population, which is connected to `conn.learning`"},
	{"clopath", learn.Clopath{}, 0, "single synapses: plasticity by the voltage of the target, which needs spikes with a shape: neuron.aeif_psc_delta_clopath, neuron.hh_psc_alpha, or equations"},
	{"vogels_sprekeler", learn.VogelsSprekeler{}, 0, "single synapses: inhibitory plasticity that balances excitation"},
	{"scaling", learn.Scaling{}, 0, "single synapses: homeostatic scaling of all weights of a neuron towards a rate; may stand beside the rules above, in a list"},
	{"tsodyks", learn.Tsodyks{}, 0, "single synapses: short-term depression and facilitation; may stand beside the rules above"},
}

var solvers = []model{
	{"lstsq_l2", solve.LstsqL2{}, 0, "least squares with L2 regularisation"},
	{"lstsq_l2nz", solve.LstsqL2nz{}, 0, "the same, with less regularisation of neurons that are rarely active"},
	{"lstsq", solve.Lstsq{}, 0, "least squares without regularisation; small singular values are left out"},
	{"lstsq_noise", solve.LstsqNoise{}, 0, "least squares with noise on the activities"},
	{"lstsq_mult_noise", solve.LstsqMultNoise{}, 0, "least squares with noise that grows with the activities"},
	{"lstsq_l1", solve.LstsqL1{}, 0, "least squares that prefers few weights (elastic net)"},
	{"lstsq_drop", solve.LstsqDrop{}, 0, "sparse weights: the smallest are dropped, the others solved again"},
	{"nnls", solve.NNLS{}, 0, "least squares with weights that are not negative"},
	{"nnls_l2", solve.NNLSL2{}, 0, "the same with L2 regularisation"},
	{"nnls_l2nz", solve.NNLSL2nz{}, 0, "the same, with less regularisation of neurons that are rarely active"},
	{"none", solve.None{}, 0, "given weights, or 0"},
}
