package neuron

import "soma/internal/param"

// NewTuner solves for gain and bias: by the model's formula, or else from its
// rates, as a [Curve] up to the highest rate wanted (Hz).
func NewTuner(m Model, highest float64) (Tuner, *param.Problem) {
	if t, ok := m.(Tuner); ok {
		return t, nil
	}
	return NewCurve(m, highest)
}

// A Curve is the rate of a model for a range of currents, from that at which it
// begins to fire, to be read in both directions: it is a Rater and a Tuner. Rates
// are taken to rise with the current. Those of a [Measured] model come from a
// table, with straight lines between its points.
type Curve struct {
	rater     Rater
	threshold float64 // the current at which the neuron begins to fire
	top       float64
	amplitude float64
}

// NewCurve makes the curve up to a rate, in Hz.
func NewCurve(m Model, highest float64) (*Curve, *param.Problem) {
	c, distance, problem := newCurve(m)
	if problem != nil {
		return nil, problem
	}
	if best, ok := c.reach(highest, distance); !ok {
		return nil, &param.Problem{
			Field:   "max_rates",
			Problem: param.Quantity(highest, "Hz") + " is not reached by " + m.Spec().Name + " at any current",
			Remedy:  "keep them below " + param.Quantity(best, "Hz"),
		}
	}
	c.tabulate()
	return c, nil
}

// NewCurveTo makes the curve up to a current.
func NewCurveTo(m Model, highest float64) (*Curve, *param.Problem) {
	c, _, problem := newCurve(m)
	if problem != nil {
		return nil, problem
	}
	c.top = max(highest, c.threshold)
	c.tabulate()
	return c, nil
}

// newCurve finds where a curve begins; distance is a step from there in which the
// rate rises.
func newCurve(m Model) (c *Curve, distance float64, problem *param.Problem) {
	rater, ok := m.(Rater)
	if !ok {
		return nil, 0, &param.Problem{
			Problem: m.Spec().Name + " has no rate curve to solve gain and bias from", Remedy: "give gain and bias, or another model",
		}
	}
	c = &Curve{rater: rater, amplitude: m.Spec().Amplitude}
	low, high, ok := bracket(c.rate)
	if !ok {
		return nil, 0, &param.Problem{
			Problem: m.Spec().Name + " has no current at which it begins to fire", Remedy: "give gain and bias, or other parameters",
		}
	}
	c.threshold = c.between(low, high, 0)
	return c, high - c.threshold, nil
}

// Reaches says whether the curve goes up to a current, to within rounding.
func (c *Curve) Reaches(current float64) bool {
	return current <= c.top+1e-9*(c.top-c.threshold)
}

// Rates implements Rater.
func (c *Curve) Rates(rates, currents []float64) { c.rater.Rates(rates, currents) }

// reach doubles the distance from the threshold until the rate is reached, or no
// longer rises; best is the highest rate seen.
func (c *Curve) reach(rate, distance float64) (best float64, ok bool) {
	for stuck := 0; stuck < 8 && distance < hugeCurrent; distance *= 2 {
		c.top = c.threshold + distance
		r := c.rate(c.top)
		if r >= rate {
			return r, true
		}
		if stuck++; r > best {
			best, stuck = r, 0
		}
	}
	return best, false
}

// rate is that for one current, in Hz.
func (c *Curve) rate(current float64) float64 {
	var rate [1]float64
	c.rater.Rates(rate[:], []float64{current})
	return rate[0] / c.amplitude
}

// between halves the interval from low to high until it finds where the rate
// rises above the one given; where rates are measured, to a millionth of it.
func (c *Curve) between(low, high, rate float64) float64 {
	halvings := 200
	if _, ok := c.rater.(Measured); ok {
		halvings = 20
	}
	for range halvings {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if c.rate(middle) > rate {
			high = middle
		} else {
			low = middle
		}
	}
	return low
}

// GainBias implements Tuner.
func (c *Curve) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
	if problem := checkTuning(maxRate, intercept); problem != nil {
		return 0, 0, problem
	}
	top := c.between(c.threshold, c.top, maxRate)
	gain = (top - c.threshold) / (1 - intercept)
	return gain, c.threshold - float64(gain*intercept), nil
}

const (
	tinyCurrent = 1e-15
	hugeCurrent = 1e6
)

// bracket finds a current at which nothing fires, and one above it at which
// something does.
func bracket(rate func(float64) float64) (silent, firing float64, ok bool) {
	if rate(0) > 0 {
		for firing, silent = 0, -tinyCurrent; rate(silent) > 0; silent *= 8 {
			if firing = silent; silent < -hugeCurrent {
				return 0, 0, false
			}
		}
		return silent, firing, true
	}
	for silent, firing = 0, tinyCurrent; !(rate(firing) > 0); firing *= 8 {
		if silent = firing; firing > hugeCurrent {
			return 0, 0, false
		}
	}
	return silent, firing, true
}

// Threshold is the current at which a model begins to fire; false for a model
// that has none.
func Threshold(m Model) (current float64, ok bool) {
	c, _, problem := newCurve(m)
	if problem != nil {
		return 0, false
	}
	return c.threshold, true
}
