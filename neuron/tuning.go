package neuron

import (
	"math"

	"soma/internal/param"
)

// Tune finds gain and bias of neurons with the given maximum rates, in Hz, and
// intercepts: by the model's formula, or else from its rates, which are taken to
// rise from the current at which the neuron begins to fire. The problem is that
// of the first neuron that has one; problem.Problem names it where there are
// several.
func Tune(m Model, maxRates, intercepts []float64) (gain, bias []float64, bad int, problem *param.Problem) {
	gain, bias = make([]float64, len(maxRates)), make([]float64, len(maxRates))
	tuner, ok := m.(Tuner)
	if !ok {
		highest := 0.0
		for _, r := range maxRates {
			highest = max(highest, r)
		}
		if tuner, problem = newInverse(m, highest); problem != nil {
			return nil, nil, -1, problem
		}
	}
	for i := range maxRates {
		if gain[i], bias[i], problem = tuner.GainBias(maxRates[i], intercepts[i]); problem != nil {
			return nil, nil, i, problem
		}
	}
	return gain, bias, 0, nil
}

// inverse is a rate curve that is read backwards. It implements Tuner.
type inverse struct {
	rater     Rater
	threshold float64 // the current at which the neuron begins to fire
	top       float64 // a current at which it fires at least at the highest rate wanted
	amplitude float64
}

// newInverse finds the range of currents that goes from silence to the highest
// rate, in Hz.
func newInverse(m Model, highest float64) (Tuner, *param.Problem) {
	spec := m.Spec()
	rater, ok := m.(Rater)
	if !ok {
		return nil, &param.Problem{
			Problem: spec.Name + " has no rate curve to solve gain and bias from", Remedy: "give gain and bias, or another model",
		}
	}
	c := inverse{rater: rater, amplitude: spec.Amplitude}
	low, high, ok := bracket(c.rate)
	if !ok {
		return nil, &param.Problem{
			Problem: spec.Name + " has no current at which it begins to fire", Remedy: "give gain and bias, or other parameters",
		}
	}
	c.threshold = c.between(low, high, 0)
	best := 0.0
	for step := high - c.threshold; ; step *= 2 {
		c.top = c.threshold + step
		rate := c.rate(c.top)
		if best = max(best, rate); rate >= highest {
			break
		}
		if step > 1e3*max(math.Abs(c.threshold), high-c.threshold, tinyCurrent) || math.IsNaN(rate) {
			return nil, &param.Problem{
				Field:   "max_rates",
				Problem: param.Quantity(highest, "Hz") + " is not reached by " + spec.Name + " at any current",
				Remedy:  "keep them below " + param.Quantity(best, "Hz"),
			}
		}
	}
	c.rater, _ = RatesWithin(m, c.threshold, c.top)
	return c, nil
}

// rate is that for one current, in Hz.
func (c inverse) rate(current float64) float64 {
	var rate [1]float64
	c.rater.Rates(rate[:], []float64{current})
	return rate[0] / c.amplitude
}

// between halves the interval from low to high until it finds where the rate
// rises above the one given; where rates are measured, to a millionth of it.
func (c inverse) between(low, high, rate float64) float64 {
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
func (c inverse) GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem) {
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
		for firing, silent = 0, -tinyCurrent; rate(silent) > 0; silent *= 2 {
			if firing = silent; silent < -hugeCurrent {
				return 0, 0, false
			}
		}
		return silent, firing, true
	}
	for silent, firing = 0, tinyCurrent; !(rate(firing) > 0); firing *= 2 {
		if silent = firing; firing > hugeCurrent {
			return 0, 0, false
		}
	}
	return silent, firing, true
}

// Threshold is the current at which a model begins to fire; false for a model
// that has none.
func Threshold(m Rater) (current float64, ok bool) {
	c := inverse{rater: m, amplitude: 1}
	low, high, ok := bracket(c.rate)
	if !ok {
		return 0, false
	}
	return c.between(low, high, 0), true
}
