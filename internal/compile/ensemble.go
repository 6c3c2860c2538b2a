package compile

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"soma"
	"soma/connect"
	"soma/internal/param"
	"soma/internal/program"
	"soma/neuron"
	"soma/signal"
)

// Tuning is how the neurons of an ensemble respond to what it represents: neuron
// i receives the current Gain[i] · (encoder_i · x)/radius + Bias[i].
type Tuning struct {
	Encoders   []float64 // N × Dimensions, rows of unit length
	Gain, Bias []float64

	curve *neuron.Curve // of a measured model, good for vectors within the radius
}

// ensemble adds the vector that connections sum into, the neurons, and the
// encoding that leads from one to the other. Direct ensembles have no neurons:
// their vector is their output.
func (b *builder) ensemble(e *soma.Ensemble) {
	path := e.Path()
	x := b.program.Add(path+" vector", make([]float64, e.Dimensions))
	b.inputs[e] = x
	if isDirect(e) {
		b.outputs[e] = x
		return
	}
	t := b.tuning(e)
	if t == nil {
		return
	}
	b.built.Tunings[e] = t
	b.population(e.Neurons, t.Bias)
	b.noise(e)
	if by := b.encodersLearn(e); by != nil {
		b.learnedEncoding(e, by, t)
		return
	}
	b.program.Operate(&program.Product{
		Label: program.Label(path), From: x, To: b.inputs[e.Neurons], Weights: t.scaledEncoders(e),
	})
}

// noise adds a signal to the currents of the neurons.
func (b *builder) noise(e *soma.Ensemble) {
	if e.Noise == nil {
		return
	}
	path, source := e.Path(), e.NoiseSignal()
	from := b.program.Add(path+" noise", make([]float64, source.Size()))
	b.program.Operate(&program.Source{
		Label: program.Label(path), To: from, Signal: source,
		Env: signal.Env{Dt: b.opts.Dt, Stream: b.stream(path, "noise")},
	})
	b.multiply(path, spread(1, source.Size(), e.N), from, b.inputs[e.Neurons])
}

// scaledEncoders are the weights from the represented vector to the currents.
func (t *Tuning) scaledEncoders(e *soma.Ensemble) *connect.Matrix {
	w := connect.NewMatrix(e.N, e.Dimensions)
	for i := range e.N {
		for j, x := range t.Encoders[i*e.Dimensions : (i+1)*e.Dimensions] {
			w.Row(i)[j] = float64(t.Gain[i]*x) / e.Radius
		}
	}
	return w
}

// tuning draws encoders, and gain and bias or what they are solved from.
func (b *builder) tuning(e *soma.Ensemble) *Tuning {
	o := where{e.Path(), e.FieldPosition}
	before := len(b.errors)
	t := &Tuning{Encoders: b.draw(o, "encoders", e.Encoders, e.N, e.Dimensions)}
	if t.Encoders != nil {
		b.normalise(o, t.Encoders, e.Dimensions)
	}
	if e.Gain != nil {
		t.Gain, t.Bias = b.draw(o, "gain", e.Gain, e.N, 1), b.draw(o, "bias", e.Bias, e.N, 1)
	} else {
		b.solveTuning(o, e, t)
	}
	if len(b.errors) > before {
		return nil
	}
	return t
}

// highestIntercept is the last at which a neuron's response can be told from a
// jump at 1: its gain is 10 000 times that of an intercept of 0. A few such
// neurons do no harm, and drawing up to 1 gives some; an ensemble of which more
// than a share of steepShare is beyond it represents nothing.
const (
	highestIntercept = 0.9999
	steepShare       = 0.1
)

// solveTuning solves gain and bias from intercepts and maximum rates.
func (b *builder) solveTuning(o where, e *soma.Ensemble, t *Tuning) {
	intercepts := b.draw(o, "intercepts", e.Intercepts, e.N, 1)
	rates := b.draw(o, "max_rates", e.MaxRates, e.N, 1)
	if intercepts == nil || rates == nil {
		return
	}
	fail := func(problem *param.Problem, what string) {
		field := cmp.Or(problem.Field, "neuron")
		b.fail(o.at(field), o.path, field, errors.New(what+problem.Problem), problem.Remedy)
	}
	tuner, problem := neuron.NewTuner(e.Neuron, slices.Max(rates))
	if problem != nil {
		fail(problem, "")
		return
	}
	t.curve, _ = tuner.(*neuron.Curve)
	t.Gain, t.Bias = make([]float64, e.N), make([]float64, e.N)
	reported := map[string]bool{}
	hopeless := steep(intercepts) > steepShare
	for i := range e.N {
		t.Gain[i], t.Bias[i], problem = tuner.GainBias(rates[i], intercepts[i])
		if c := intercepts[i]; problem == nil && hopeless && c > highestIntercept && c < 1 {
			problem = &param.Problem{
				Field: "intercepts", Problem: fmt.Sprintf("%g is so near to 1 that the gain becomes %.3g", c, t.Gain[i]),
				Remedy: fmt.Sprintf("keep intercepts below %g (usually below 0.9)", highestIntercept),
			}
		}
		if problem != nil && !reported[problem.Field] {
			reported[problem.Field] = true
			fail(problem, fmt.Sprintf("neuron %d: ", i))
		}
	}
}

// steep is the share of intercepts that make a jump of a response.
func steep(intercepts []float64) float64 {
	n := 0
	for _, c := range intercepts {
		if c > highestIntercept && c < 1 {
			n++
		}
	}
	return float64(n) / float64(len(intercepts))
}

// normalise scales every encoder to unit length.
func (b *builder) normalise(o where, encoders []float64, d int) {
	for i := 0; i < len(encoders); i += d {
		row := encoders[i : i+d]
		sum := 0.0
		for _, x := range row {
			sum += float64(x * x)
		}
		length := math.Sqrt(sum)
		if !(length > 0) || math.IsInf(length, 0) {
			b.fail(o.at("encoders"), o.path, "encoders", fmt.Errorf("the encoder of neuron %d is %v", i/d, row), "give vectors that are finite and not zero")
			return
		}
		for j := range row {
			row[j] /= length
		}
	}
}
