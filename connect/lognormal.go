package connect

import (
	"fmt"
	"math"

	"soma/internal/elementary"
)

// Lognormal is the distribution of exp(x) with x Gaussian. Its upper tail ends
// at 6.2 standard deviations of x.
type Lognormal struct {
	Mu    float64 `param:"mu" doc:"mean of the logarithm"`
	Sigma float64 `param:"sigma" check:">=0" doc:"standard deviation of the logarithm"`
}

// Check implements Value.
func (l Lognormal) Check(Plan) error {
	if !(l.Sigma >= 0) {
		return fmt.Errorf("sigma is %g; give 0 or more", l.Sigma)
	}
	return finite("greatest value", l.At(math.MaxUint32))
}

// Bounds implements Value.
func (l Lognormal) Bounds() (low, high float64) { return l.At(0), l.At(math.MaxUint32) }

// At implements Quantile.
func (l Lognormal) At(word uint32) float64 {
	return elementary.Exp(l.Mu + float64(l.Sigma*elementary.NormalQuantile(midpoint(word))))
}

// Fill implements Value.
func (l Lognormal) Fill(s Synapses, values []float64) { fillQuantile(l.At, s, values) }
