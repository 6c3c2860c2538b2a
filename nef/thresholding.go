package nef

import (
	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/elementary"
	"soma/neuron"
	"soma/synapse"
)

// A Thresholding passes values above a threshold on and gives 0 for those below.
// With InhibitScale the largest suppresses the others: a winner-take-all.
type Thresholding struct {
	NNeurons       int             `param:"n_neurons" default:"50" check:">0" doc:"neurons for each value"`
	NEnsembles     int             `param:"n_ensembles" check:">0" doc:"number of values"`
	Threshold      float64         `param:"threshold" doc:"what a value must exceed"`
	InterceptWidth float64         `param:"intercept_width" default:"0.15" check:">0" doc:"smaller: neurons begin to fire closer to the threshold"`
	Step           bool            `param:"step" doc:"gives about 1 for every value above the threshold, in place of the value"`
	InhibitScale   float64         `param:"inhibit_scale" check:">=0" doc:"above 0 the values inhibit each other, with this factor"`
	InhibitSynapse synapse.Synapse `param:"inhibit_synapse" default:"5*ms" doc:"of that inhibition"`
	Radius         float64         `param:"radius" default:"1" check:">0" doc:"largest excess over the threshold"`
	Neuron         neuron.Model    `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input       *soma.Node     `end:"input" doc:"the values"`
	Thresholded *soma.Node     `end:"thresholded" doc:"by how much they exceed the threshold"`
	Output      *soma.Node     `end:"output" doc:"the values above the threshold, or 1 for each of them"`
	Array       *EnsembleArray `end:"array" doc:"an ensemble for each value"`
}

// Add makes the network.
func (t Thresholding) Add(net *soma.Network, name string) *Thresholding {
	sub, t := Begin(net, name, t)
	t.Network = sub
	t.Array = EnsembleArray{
		NNeurons: t.NNeurons, NEnsembles: t.NEnsembles, Neuron: t.Neuron, Radius: t.Radius,
		Encoders: positive, Intercepts: dist.Exponential{Scale: t.InterceptWidth, High: 0.95},
		EvalPoints: dist.Uniform{High: 1},
	}.Add(sub, "array")
	direct(sub, constant(sub, "bias", 1), t.Array.Input).Transform = uniform(t.NEnsembles, 1, -t.Threshold)
	t.Input, t.Thresholded = t.Array.Input, t.Array.Output
	threshold := t.Threshold
	function := func(x []float64) []float64 { return []float64{x[0] + threshold} }
	if t.Step {
		function = step
	}
	t.Output = t.Array.AddOutput("selected", function)
	if t.InhibitScale > 0 {
		conn := sub.Connect(t.Thresholded, t.Input)
		conn.Transform, conn.Synapse = diagonal(t.NEnsembles, 0, -t.InhibitScale), orLowpass(t.InhibitSynapse, 0.005)
	}
	Finish(sub)
	return &t
}

// step rises from 0 at 0 to 1, smoothly, so that neurons can compute it.
func step(x []float64) []float64 {
	return []float64{max(0, -elementary.Expm1(float64(-15*x[0])))}
}

// IndependentAccumulators choose one of several inputs by integrating each until
// the first reaches a threshold, which then suppresses the others (J. Gosmann,
// A. R. Voelker and C. Eliasmith, "A spiking independent accumulator model for
// winner-take-all computation", CogSci 2017).
type IndependentAccumulators struct {
	NNeurons          int          `param:"n_neurons" default:"50" check:">0" doc:"neurons for each input"`
	NEnsembles        int          `param:"n_ensembles" check:">0" doc:"number of inputs"`
	AccumThreshold    float64      `param:"accum_threshold" default:"0.8" check:">0" doc:"accumulated value at which an input wins"`
	AccumNeuronRatio  float64      `param:"accum_neuron_ratio" default:"0.7" check:"0..1" doc:"part of the neurons that accumulate; the others apply the threshold"`
	AccumTimescale    float64      `param:"accum_timescale" unit:"s" default:"0.2" check:">0" doc:"time in which an input of 1 accumulates to 1"`
	FeedbackTimescale float64      `param:"feedback_timescale" unit:"s" default:"0.005" check:">0" doc:"time constant of the suppression by the winner"`
	AccumSynapse      float64      `param:"accum_synapse" unit:"s" default:"0.1" check:">0" doc:"time constant of the accumulators' synapses"`
	FFSynapse         float64      `param:"ff_synapse" unit:"s" default:"0.005" check:">=0" doc:"time constant from the accumulators to the threshold"`
	InterceptWidth    float64      `param:"intercept_width" default:"0.15" check:">0" doc:"smaller: neurons begin to fire closer to 0"`
	Radius            float64      `param:"radius" default:"1" check:">0" doc:"largest accumulated value"`
	Neuron            neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	Input        *soma.Node    `end:"input" doc:"how strong each alternative is"`
	InputReset   *soma.Node    `end:"input_reset" doc:"1: forget what is accumulated"`
	Output       *soma.Node    `end:"output" doc:"1 for the winner"`
	Accumulators *Thresholding `end:"accumulators" doc:"what is accumulated"`
	Thresholding *Thresholding `end:"thresholding" doc:"which have reached the threshold"`
}

// Add makes the network.
func (a IndependentAccumulators) Add(net *soma.Network, name string) *IndependentAccumulators {
	sub, a := Begin(net, name, a)
	a.Network = sub
	accumulating := min(max(int(float64(a.AccumNeuronRatio*float64(a.NNeurons))), 1), max(a.NNeurons-1, 1))
	part := Thresholding{NEnsembles: a.NEnsembles, InterceptWidth: a.InterceptWidth, Radius: a.Radius, Neuron: a.Neuron}
	part.NNeurons = accumulating
	a.Accumulators = part.Add(sub, "accumulators")
	part.NNeurons, part.Threshold, part.Step = max(a.NNeurons-accumulating, 1), a.AccumThreshold, true
	a.Thresholding = part.Add(sub, "thresholding")
	a.Input, a.InputReset, a.Output = sub.Passthrough("input", a.NEnsembles), sub.Passthrough("input_reset", 1), a.Thresholding.Output

	slow := synapse.Lowpass{Tau: a.AccumSynapse}
	sub.Connect(a.Accumulators.Output, a.Accumulators.Input).Synapse = slow
	sub.Connect(a.Accumulators.Output, a.Thresholding.Input).Synapse = synapse.Lowpass{Tau: a.FFSynapse}
	suppression := (1 + float64(a.Radius*a.FeedbackTimescale)/a.AccumTimescale) / a.FeedbackTimescale
	back := sub.Connect(a.Output, a.Accumulators.Input)
	back.Transform, back.Synapse = diagonal(a.NEnsembles, a.AccumSynapse, float64(-a.AccumSynapse*suppression)), slow
	direct(sub, a.InputReset, a.Accumulators.Input).Transform = uniform(a.NEnsembles, 1, -a.Radius/a.AccumSynapse)
	// An input of 1 must add 1/accum_timescale per second through the synapse.
	in := sub.Connect(a.Input, a.Accumulators.Input)
	in.Transform, in.Synapse = connect.Scale(a.AccumSynapse/a.AccumTimescale), slow
	Finish(sub)
	return &a
}
