package compile

import (
	"fmt"

	"soma"
	"soma/connect"
)

// Decoding is how the value of a connection is decoded from an ensemble's
// neurons.
type Decoding struct {
	// Name is that of the connection, as in Learned.
	Name     string
	ask      decode
	seed     uint64
	Ensemble *soma.Ensemble
	Tuning   *Tuning
	Decoders *connect.Matrix // one row per value of the function, before the transform
}

// decoding keeps what was solved for a connection.
func (b *builder) decoding(conn *soma.Connection, q decode, decoders *connect.Matrix) {
	b.built.Decodings[conn] = &Decoding{Name: b.learning.names[conn], ask: q, seed: b.seed, Ensemble: q.ensemble, Tuning: b.built.Tunings[q.ensemble], Decoders: decoders}
}

// Points are those over which the decoders were solved, in units of the radius,
// one after the other. They are drawn again.
func (d *Decoding) Points() ([]float64, error) {
	b := &builder{seed: d.seed}
	points, err := b.evalPoints(d.ask)
	return points, b.decodingError(d.ask, "eval_points", err)
}

// Targets are the values of the function at points.
func (d *Decoding) Targets(points []float64) ([]float64, error) {
	b := &builder{seed: d.seed}
	values, err := targets(d.ask, points)
	return values, b.decodingError(d.ask, "function", err)
}

func (b *builder) decodingError(q decode, field string, err error) error {
	if err != nil {
		b.failDecoding(q, field, err)
	}
	return b.errors.Err()
}

// Response is the steady outputs of the neurons, each where the represented
// value along its own encoder, in units of the radius, has each of the values;
// value by value.
func (t *Tuning) Response(e *soma.Ensemble, along []float64) ([]float64, error) {
	rater, err := t.rater(e, along, 1)
	if err != nil {
		return nil, err
	}
	output := make([]float64, len(along)*e.N)
	current := make([]float64, e.N)
	for k, x := range along {
		for i := range current {
			current[i] = float64(t.Gain[i]*x) + t.Bias[i]
		}
		rater.Rates(output[k*e.N:(k+1)*e.N], current)
	}
	return output, nil
}

// Some is the tuning of some of an ensemble's neurons, and an ensemble of these
// alone.
func (t *Tuning) Some(e *soma.Ensemble, neurons []int) (*Tuning, *soma.Ensemble) {
	part, few := &Tuning{curve: t.curve}, *e
	few.N = len(neurons)
	for _, i := range neurons {
		part.Encoders = append(part.Encoders, t.Encoders[i*e.Dimensions:(i+1)*e.Dimensions]...)
		part.Gain, part.Bias = append(part.Gain, t.Gain[i]), append(part.Bias, t.Bias[i])
	}
	return part, &few
}

func noRates(e *soma.Ensemble) error {
	return fmt.Errorf("%s has no rate curve", e.Neuron.Spec().Name)
}
