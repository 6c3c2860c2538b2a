package soma

import (
	"fmt"

	"soma/dist"
	"soma/neuron"
	"soma/signal"
)

// An Ensemble is a population that represents a vector x of Dimensions values
// (C. Eliasmith and C. H. Anderson, Neural Engineering, 2003). Neuron i receives
// the current gain_i · (encoder_i · x)/radius + bias_i.
type Ensemble struct {
	object
	N          int // neurons
	Dimensions int

	Neuron neuron.Model // default: neuron.LIF{}
	Radius float64      // expected length of the represented vector; default 1

	// Encoders are the neurons' preferred directions, N × Dimensions; they are
	// scaled to unit length. Default: spread over the surface of the ball.
	Encoders dist.Distribution
	// Intercepts are the represented values, along the encoder and in units of
	// the radius, at which neurons begin to fire. Default: uniform on [−1, 0.9).
	Intercepts dist.Distribution
	// MaxRates are the rates at the represented value of one radius, Hz. Default:
	// uniform on [200, 400).
	MaxRates dist.Distribution
	// Gain and Bias, when both are given, take the place of intercepts and maximum
	// rates; both of N values, in the input unit of the neuron model.
	Gain, Bias dist.Distribution

	// EvalPoints are the points, in units of the radius, over which decoders are
	// solved. Default: spread over the ball.
	EvalPoints dist.Distribution
	// NEvalPoints is their number; 0: 500 per dimension, within 750 … 2500, and at
	// least two per neuron; given points count themselves.
	NEvalPoints int

	// Noise is added to the input current of each neuron, in the neuron model's unit;
	// nil: none. A signal that can have any number of values has one for each neuron;
	// of any other, one value drives all neurons alike.
	Noise signal.Signal

	// Init gives initial values of the neurons' state variables by name.
	Init map[string]dist.Distribution

	// Neurons are the ensemble's neurons, to be connected and probed.
	Neurons *Population
}

// Ensemble adds an ensemble of n neurons that represents a vector of the given
// number of dimensions.
func (n *Network) Ensemble(name string, neurons, dimensions int) *Ensemble {
	e := &Ensemble{
		object: n.newObject(name), N: neurons, Dimensions: dimensions,
		Neuron:     neuron.LIF{},
		Radius:     1,
		Encoders:   dist.ScatteredHypersphere{Surface: true},
		Intercepts: dist.Uniform{Low: -1, High: 0.9},
		MaxRates:   dist.Uniform{Low: 200, High: 400},
		EvalPoints: dist.ScatteredHypersphere{},
	}
	e.Neurons = &Population{ensemble: e}
	e.describeNeurons()
	n.Ensembles = append(n.Ensembles, e)
	return e
}

// Part gives the dimensions from start up to (not including) stop.
func (e *Ensemble) Part(start, stop int) Slice { return whole(e).Part(start, stop) }

// At gives one dimension.
func (e *Ensemble) At(index int) Slice { return whole(e).At(index) }

func (e *Ensemble) slice() Slice { return whole(e) }

// Points is the number of evaluation points.
func (e *Ensemble) Points() int {
	if s, ok := e.EvalPoints.(dist.Samples); ok {
		return len(s)
	}
	if e.NEvalPoints > 0 {
		return e.NEvalPoints
	}
	return max(min(max(500*e.Dimensions, 750), 2500), 2*e.N)
}

// describeNeurons gives the ensemble's population the ensemble's own values, so
// that whoever looks at the neurons sees them.
func (e *Ensemble) describeNeurons() {
	e.Neurons.object = object{Name: e.Name + ".neurons", Pos: e.Pos, FieldPos: e.FieldPos, parent: e.parent}
	e.Neurons.N, e.Neurons.Neuron, e.Neurons.Init = e.N, e.Neuron, e.Init
}

func (e *Ensemble) check(c *checker) {
	o := &e.object
	before := len(c.errors)
	e.Neurons.check(c)
	for _, err := range c.errors[before:] {
		err.Object = e.Path()
	}
	if e.Dimensions < 1 {
		c.report(o, "dimensions", fmt.Sprintf("%d dimensions", e.Dimensions), "give at least 1")
	}
	if !(e.Radius > 0) {
		c.report(o, "radius", fmt.Sprintf("a radius of %g", e.Radius), "give a value above 0")
	}
	if e.NEvalPoints < 0 {
		c.report(o, "n_eval_points", fmt.Sprintf("%d points", e.NEvalPoints), "give a positive number, or leave it out")
	}
	if e.N < 1 || e.Dimensions < 1 {
		return
	}
	c.points(o, "encoders", e.Encoders, e.N, e.Dimensions)
	c.evalPoints(o, e.EvalPoints, e)
	e.checkTuning(c)
	e.checkNoise(c)
}

// evalPoints checks points at which what the ensemble represents is decoded: of
// all its dimensions, also where a connection begins at some of them.
func (c *checker) evalPoints(o *object, points dist.Distribution, e *Ensemble) {
	c.points(o, "eval_points", points, -1, 0)
	if s, ok := points.(dist.Samples); ok && len(s) > 0 && len(s[0]) != e.Dimensions {
		c.report(o, "eval_points", fmt.Sprintf("points of %s given, the ensemble has %s", plural(len(s[0]), "value"), plural(e.Dimensions, "dimension")),
			fmt.Sprintf("give points of %s", plural(e.Dimensions, "value")))
	}
}

func (e *Ensemble) checkNoise(c *checker) {
	if e.Noise == nil {
		return
	}
	o := &e.object
	if direct(e) {
		c.report(o, "noise", "Direct has no neurons to add noise to", "leave it out, or give another neuron model")
		return
	}
	noise := e.NoiseSignal()
	c.problems(o, "noise", signal.Check(noise, c.dt))
	if n := noise.Size(); n != 1 && n != e.N {
		c.report(o, "noise", fmt.Sprintf("%d values for %d neurons", n, e.N), "give one for all, or one for each")
	}
}

// NoiseSignal is the noise with as many values as it has in the ensemble.
func (e *Ensemble) NoiseSignal() signal.Signal {
	if sizable, ok := e.Noise.(signal.Sizable); ok && e.Noise.Size() == 1 {
		return sizable.Sized(e.N)
	}
	return e.Noise
}

func (e *Ensemble) checkTuning(c *checker) {
	o := &e.object
	if (e.Gain == nil) != (e.Bias == nil) {
		c.report(o, "gain", "only one of gain and bias is given", "give both, or neither to have them solved")
		return
	}
	if e.Gain != nil {
		c.points(o, "gain", e.Gain, e.N, 1)
		c.points(o, "bias", e.Bias, e.N, 1)
		return
	}
	c.points(o, "intercepts", e.Intercepts, e.N, 1)
	c.points(o, "max_rates", e.MaxRates, e.N, 1)
	_, direct := e.Neuron.(neuron.Direct)
	_, tuned := e.Neuron.(neuron.Tuner)
	if _, rated := e.Neuron.(neuron.Rater); !tuned && !rated && !direct && e.Neuron != nil {
		c.report(o, "neuron", e.Neuron.Spec().Name+" cannot solve gain and bias from max_rates and intercepts", "give gain and bias")
	}
}
