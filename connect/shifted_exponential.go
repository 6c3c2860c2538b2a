package connect

import (
	"fmt"
	"math"

	"soma/internal/elementary"
)

// ShiftedExponential is the exponential distribution, shifted, with its tail cut. The
// tail of the uncut one ends at 22 times the scale.
type ShiftedExponential struct {
	Scale float64 `param:"scale" check:">0" doc:"mean of the unshifted, uncut distribution"`
	Shift float64 `param:"shift" doc:"added to every value"`
	High  float64 `param:"high" doc:"values above are cut to it; 0: no cut"`
}

// Check implements Value.
func (e ShiftedExponential) Check(Plan) error {
	if !(e.Scale > 0) {
		return fmt.Errorf("the scale is %g; give a number above 0", e.Scale)
	}
	return finite("greatest value", e.At(math.MaxUint32))
}

// Bounds implements Value.
func (e ShiftedExponential) Bounds() (low, high float64) { return e.At(0), e.At(math.MaxUint32) }

// At implements Quantile.
func (e ShiftedExponential) At(word uint32) float64 {
	x := e.Shift - float64(e.Scale*elementary.Log1p(-midpoint(word)))
	if e.High != 0 {
		return min(x, e.High)
	}
	return x
}

// Fill implements Value.
func (e ShiftedExponential) Fill(s Synapses, values []float64) { fillQuantile(e.At, s, values) }
