package sim

import (
	"fmt"

	"soma"
	"soma/internal/compile"
	"soma/neuron"
)

// Tuning is how the neurons of an ensemble are tuned: neuron i receives the
// current Gain[i] · (Encoders[i] · x)/radius + Bias[i].
type Tuning struct {
	Encoders   [][]float64 // one row of unit length per neuron
	Gain, Bias []float64   // in the input unit of the neuron model
	// MaxRates are the rates at the represented value of one radius along the
	// encoder, Hz; Intercepts where along it, in units of the radius, the neurons
	// begin to fire. Both are computed from gain and bias; nil where the neuron model
	// has no closed form for them.
	MaxRates, Intercepts []float64
}

// Tuning gives the encoders, gains and biases that were drawn and solved for an
// ensemble.
func (s *Simulator) Tuning(e *soma.Ensemble) (Tuning, error) {
	built, err := s.tuning(e)
	if err != nil {
		return Tuning{}, err
	}
	t := Tuning{Encoders: rows(built.Encoders, e.Dimensions), Gain: clone(built.Gain), Bias: clone(built.Bias)}
	if rater, ok := e.Neuron.(neuron.Rater); ok {
		current := make([]float64, e.N)
		for i := range current {
			current[i] = t.Gain[i] + t.Bias[i]
		}
		t.MaxRates = make([]float64, e.N)
		rater.Rates(t.MaxRates, current)
		for i := range t.MaxRates {
			t.MaxRates[i] /= e.Neuron.Spec().Amplitude
		}
	}
	if threshold, ok := thresholdOf(e.Neuron); ok {
		t.Intercepts = make([]float64, e.N)
		for i := range t.Intercepts {
			t.Intercepts[i] = (threshold - t.Bias[i]) / t.Gain[i]
		}
	}
	return t, nil
}

// thresholdOf is the current at which a model begins to fire: the bias of a
// neuron whose intercept is 0.
func thresholdOf(m neuron.Model) (current float64, ok bool) {
	tuner, ok := m.(neuron.Tuner)
	if !ok {
		return 0, false
	}
	for rate := 100.0; rate > 1e-3; rate /= 2 {
		if _, bias, problem := tuner.GainBias(rate, 0); problem == nil {
			return bias, true
		}
	}
	return 0, false
}

// TuningCurves gives the steady output of an ensemble's neurons, their rates in Hz
// times the amplitude of the model, when the ensemble represents each of the
// points: one row per point, of all neurons, or of those that are named.
func (s *Simulator) TuningCurves(e *soma.Ensemble, points [][]float64, neurons ...int) ([][]float64, error) {
	t, few, err := s.some(e, neurons)
	if err != nil {
		return nil, err
	}
	scaled, err := inRadii(e, points)
	if err != nil {
		return nil, err
	}
	output, err := t.Rates(few, scaled)
	if err != nil {
		return nil, analysisError(e, "neuron", err)
	}
	return rows(output, few.N), nil
}

// ResponseCurves gives the steady output of an ensemble's neurons, as
// TuningCurves, along their own encoders: where the represented value, in units of
// the radius, is each of the values times the encoder; one row per value.
func (s *Simulator) ResponseCurves(e *soma.Ensemble, along []float64, neurons ...int) ([][]float64, error) {
	t, few, err := s.some(e, neurons)
	if err != nil {
		return nil, err
	}
	output, err := t.Response(few, along)
	if err != nil {
		return nil, analysisError(e, "neuron", err)
	}
	return rows(output, few.N), nil
}

// some gives the tuning of the named neurons, or of all, and an ensemble of these.
func (s *Simulator) some(e *soma.Ensemble, neurons []int) (*compile.Tuning, *soma.Ensemble, error) {
	t, err := s.tuning(e)
	if err != nil || len(neurons) == 0 {
		return t, e, err
	}
	for _, i := range neurons {
		if i < 0 || i >= e.N {
			return nil, nil, analysisError(e, "neurons", fmt.Errorf("neuron %d of %d", i, e.N))
		}
	}
	t, few := t.Some(e, neurons)
	return t, few, nil
}

func (s *Simulator) tuning(e *soma.Ensemble) (*compile.Tuning, error) {
	if t, ok := s.built.Tunings[e]; ok {
		return t, nil
	}
	if _, direct := e.Neuron.(neuron.Direct); direct {
		return nil, analysisError(e, "neuron", fmt.Errorf("an ensemble of Direct has no neurons"))
	}
	return nil, analysisError(e, "ensemble", fmt.Errorf("it is not in the network of this simulator"))
}

// inRadii gives points of an ensemble one after the other, in units of its radius.
func inRadii(e *soma.Ensemble, points [][]float64) ([]float64, error) {
	scaled := make([]float64, 0, len(points)*e.Dimensions)
	for i, point := range points {
		if len(point) != e.Dimensions {
			return nil, analysisError(e, "points", fmt.Errorf("point %d has %d values, the ensemble %d dimensions", i, len(point), e.Dimensions))
		}
		for _, x := range point {
			scaled = append(scaled, x/e.Radius)
		}
	}
	return scaled, nil
}

var analysisRemedies = map[string]string{
	"neuron":     "give a neuron model that has one, such as neuron.LIF",
	"ensemble":   "give an ensemble of the network that was built",
	"connection": "give a connection from an ensemble of the network that was built",
	"neurons":    "count neurons from 0",
	"points":     "give points of as many values as the ensemble has dimensions",
}

// placed is what an error can be about.
type placed interface {
	Path() string
	FieldPosition(field string) soma.Position
}

func analysisError(of placed, field string, err error) error {
	return soma.Errors{{
		Pos: of.FieldPosition(field), Object: of.Path(), Field: field,
		Problem: err.Error(), Remedy: analysisRemedies[field],
	}}
}

// rows cuts a matrix, whose rows lie one after the other, into its rows.
func rows(values []float64, width int) [][]float64 {
	matrix := make([][]float64, 0, len(values)/width)
	for ; len(values) > 0; values = values[width:] {
		matrix = append(matrix, clone(values[:width]))
	}
	return matrix
}

func clone(values []float64) []float64 { return append([]float64(nil), values...) }
