package connect

import (
	"fmt"
	"math"

	"soma/internal/elementary"
)

// Normal is the Gaussian distribution, drawn anew until the number is within
// [Low, High]: the sign of weights is kept with Low 0, or with High 0 and Low
// -Inf. Both bounds 0 are no bounds. The tails end at 6.2 standard deviations.
//
// The distribution within bounds is reached without redrawing: its quantile is
// that of the whole one between the probabilities of the bounds. Where the
// quantile is smooth it is interpolated, with an error below 1e-8 of the
// standard deviation.
type Normal struct {
	Mean float64 `param:"mean" doc:"mean before bounding"`
	Std  float64 `param:"std" check:">=0" doc:"standard deviation before bounding"`
	Low  float64 `param:"low" doc:"lower bound"`
	High float64 `param:"high" doc:"upper bound; 0 with a lower bound of 0 too: none"`
}

// Check implements Value.
func (n Normal) Check(Plan) error {
	if !(n.Std >= 0) {
		return fmt.Errorf("the standard deviation is %g; give 0 or more", n.Std)
	}
	if err := finite("mean", n.Mean+n.Std); err != nil {
		return err
	}
	low, high := n.limits()
	switch {
	case !(low <= high):
		return fmt.Errorf("low %g is above high %g; swap the two", low, high)
	case n.Std == 0 && (n.Mean < low || n.Mean > high), n.Std > 0 && n.below(high) <= n.below(low):
		return fmt.Errorf("no number of mean %g and deviation %g lies between %g and %g; widen the bounds", n.Mean, n.Std, low, high)
	}
	return nil
}

func (n Normal) limits() (low, high float64) {
	if n.Low == 0 && n.High == 0 {
		return math.Inf(-1), math.Inf(1)
	}
	return n.Low, n.High
}

// Bounds implements Value.
func (n Normal) Bounds() (low, high float64) {
	b := n.Bounded()
	return b.At(0), b.At(math.MaxUint32)
}

// At implements Quantile.
func (n Normal) At(word uint32) float64 { return n.Bounded().At(word) }

// Fill implements Value.
func (n Normal) Fill(s Synapses, values []float64) { fillQuantile(n.Bounded().At, s, values) }

// Bounded returns the same distribution with the probabilities of its bounds
// worked out; use it where many numbers are drawn.
func (n Normal) Bounded() Quantile {
	low, high := n.limits()
	b := &bounded{Normal: n, low: low, high: high}
	b.first = n.below(low)
	b.width = n.below(high) - b.first
	b.interpolate()
	return b
}

func (n Normal) below(x float64) float64 { return elementary.NormalBelow(x, n.Mean, n.Std) }
