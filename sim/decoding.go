package sim

import (
	"fmt"
	"math"

	"soma"
)

// Decoding is what a connection's decoders make of its ensemble's activity, at
// a number of points. Rates are the steady ones, so nothing here depends on the
// spikes of a run; learning rules have not yet changed anything.
type Decoding struct {
	Points   [][]float64 // represented values, one row per point
	Targets  [][]float64 // the connection's function of them, one row per point
	Decoded  [][]float64 // what is decoded there
	Decoders [][]float64 // one row per neuron, one column per value of the function
}

// Decoding decodes a connection's function at given points, in the units of what
// its ensemble represents; without points, at the evaluation points over which
// its decoders were solved. The transform comes after the function and is not
// part of this.
func (s *Simulator) Decoding(conn *soma.Connection, points [][]float64) (*Decoding, error) {
	solved, ok := s.built.Decodings[conn]
	if !ok {
		return nil, analysisError(conn, "connection", fmt.Errorf("it has no decoders"))
	}
	e := solved.Ensemble
	scaled, err := inRadii(e, points)
	if err == nil && points == nil {
		scaled, err = solved.Points()
	}
	if err != nil {
		return nil, err
	}
	targets, err := solved.Targets(scaled)
	if err != nil {
		return nil, err
	}
	d := &Decoding{Points: points, Targets: rows(targets, solved.Decoders.Rows), Decoders: rows(solved.Decoders.Transposed().Data, solved.Decoders.Rows)}
	if points == nil {
		d.Points = rows(scaled, e.Dimensions)
		for _, point := range d.Points {
			for j := range point {
				point[j] *= e.Radius
			}
		}
	}
	const batch = 512 // points, whose rates are held at a time
	for ; len(scaled) > 0; scaled = scaled[min(batch*e.Dimensions, len(scaled)):] {
		activity, err := solved.Tuning.Rates(e, scaled[:min(batch*e.Dimensions, len(scaled))])
		if err != nil {
			return nil, analysisError(e, "neuron", err)
		}
		d.decode(activity)
	}
	return d, nil
}

// decode multiplies the activity at the next points with the decoders.
func (d *Decoding) decode(activity []float64) {
	n := len(d.Decoders)
	for ; len(activity) > 0; activity = activity[n:] {
		decoded := make([]float64, len(d.Decoders[0]))
		for i, a := range activity[:n] {
			for k, w := range d.Decoders[i] {
				decoded[k] += float64(a * w)
			}
		}
		d.Decoded = append(d.Decoded, decoded)
	}
}

// RMSE is the root-mean-square error over the points, for each value of the
// function: the static distortion, which more neurons or other evaluation points
// make smaller (C. Eliasmith and C. H. Anderson, Neural Engineering, 2003, 2.2).
func (d *Decoding) RMSE() []float64 {
	sum := make([]float64, len(d.Decoders[0]))
	for p, decoded := range d.Decoded {
		for k, y := range decoded {
			off := y - d.Targets[p][k]
			sum[k] += float64(off * off)
		}
	}
	for k := range sum {
		sum[k] = math.Sqrt(sum[k] / float64(len(d.Decoded)))
	}
	return sum
}

// Noise is the standard deviation of each decoded value when every neuron's
// rate has independent noise of the given standard deviation, Hz: σ √Σ dᵢ² over
// the decoders d, the second part of the error in the book above. Solvers with
// L2 regularisation make RMSE² + Noise² small together, for the noise reg times
// the highest rate.
func (d *Decoding) Noise(sigma float64) []float64 {
	sum := make([]float64, len(d.Decoders[0]))
	for _, row := range d.Decoders {
		for k, w := range row {
			sum[k] += float64(w * w)
		}
	}
	for k := range sum {
		sum[k] = float64(sigma * math.Sqrt(sum[k]))
	}
	return sum
}
