package compile

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"soma"
	"soma/connect"
	"soma/internal/kernel"
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

// Rates are the steady outputs of the ensemble's neurons, rate times amplitude,
// at points (count × D, in units of the radius), point by point.
func (t *Tuning) Rates(e *soma.Ensemble, points []float64) ([]float64, error) {
	activity := make([]float64, len(points)/e.Dimensions*e.N)
	return activity, t.rates(e, points, activity, 1)
}

// Rates are computed for some points in turn: about as many as make rateBatch
// rates, but at least pointBatch. In up to fewDimensions, packing matrices for a
// product takes longer than the product.
const (
	rateBatch     = 1 << 13
	pointBatch    = 128
	fewDimensions = 4
)

// rates writes what Rates gives.
func (t *Tuning) rates(e *soma.Ensemble, points, activity []float64, threads int) error {
	rater, err := t.rater(e, points, e.Dimensions)
	if err != nil {
		return err
	}
	if len(points) == 0 {
		return nil
	}
	d, n := e.Dimensions, e.N
	encoders := (&connect.Matrix{Rows: n, Cols: d, Data: t.Encoders}).Transposed().Data
	count := len(points) / d
	batch := min(max(pointBatch, rateBatch/n), count)
	currents := make([][]float64, max(threads, 1))
	inParallel(threads, (count+batch-1)/batch, func(worker, i int) {
		if currents[worker] == nil {
			currents[worker] = make([]float64, batch*n)
		}
		first := i * batch
		rows := min(batch, count-first)
		some := points[first*d : (first+rows)*d]
		j := currents[worker][:rows*n]
		clear(j)
		if d > fewDimensions {
			some := (&connect.Matrix{Rows: rows, Cols: d, Data: some}).Transposed().Data
			kernel.TransposedProduct(kernel.Best(), j, some, encoders, d, rows, n)
		}
		for row := range rows {
			j := j[row*n : (row+1)*n]
			for k := 0; k < d && d <= fewDimensions; k++ {
				kernel.Axpy(kernel.Best(), j, some[row*d+k], encoders[k*n:(k+1)*n])
			}
			kernel.Affine(kernel.Best(), j, t.Gain, t.Bias)
		}
		rater.Rates(activity[first*n:(first+rows)*n], j)
	})
	return nil
}

// rater is the rate curve of the ensemble's neurons. That of a measured model
// goes up to what the points can reach, and depends on nothing else.
func (t *Tuning) rater(e *soma.Ensemble, points []float64, d int) (neuron.Rater, error) {
	rater, ok := e.Neuron.(neuron.Rater)
	if !ok {
		return nil, noRates(e)
	}
	if _, measured := e.Neuron.(neuron.Measured); !measured {
		return rater, nil
	}
	highest := t.highestCurrent(points, d)
	if t.curve != nil && t.curve.Reaches(highest) {
		return t.curve, nil
	}
	curve, problem := neuron.NewCurveTo(e.Neuron, highest)
	if problem != nil {
		return nil, fmt.Errorf("%s; %s", problem.Problem, problem.Remedy)
	}
	return curve, nil
}

// highestCurrent bounds the currents at points of d values: no encoder reaches
// further than the length of the longest.
func (t *Tuning) highestCurrent(points []float64, d int) float64 {
	longest := 1.0
	for p := 0; p < len(points); p += d {
		sum := 0.0
		for _, x := range points[p : p+d] {
			sum += float64(x * x)
		}
		longest = max(longest, math.Sqrt(sum))
	}
	highest := math.Inf(-1)
	for i, gain := range t.Gain {
		highest = max(highest, float64(math.Abs(gain)*longest)+t.Bias[i])
	}
	return highest
}
