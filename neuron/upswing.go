package neuron

import "soma/internal/elementary"

// upswing is what a solver's first variable stands for: V or, on the way up, −z,
//
//	z = e^(−(V − from)/width).
//
// The upswing that V makes in ever shorter time is close to a straight line in z.
type upswing struct {
	solver *rungeKutta
	width  float64 // Δ_T, V
	peak   float64 // V
	rising bool
	from   float64 // V
	top    float64 // −z at the peak
}

// zScale is the scale of z, and riseCare the tolerance of the upswing relative to
// the usual one: what goes wrong there shifts the spike, and with it all that
// follows.
const (
	zScale   = 1e-5
	riseCare = 1e-2
)

// rise replaces V by −z, which is −1 at from.
func (u *upswing) rise(y []float64, from float64) {
	u.from, u.top = from, -elementary.Exp((from-u.peak)/u.width)
	y[0] = -elementary.Exp((from - y[0]) / u.width)
	u.rising, u.solver.scale[0], u.solver.care, u.solver.size = true, zScale, riseCare, 0
	u.solver.restart(y)
}

// settle puts a voltage into the variables.
func (u *upswing) settle(y []float64, v float64) {
	y[0] = v
	if u.rising {
		u.rising, u.solver.scale[0], u.solver.care, u.solver.size = false, voltageScale, 1, 0
	}
}

// voltage is V of the variables.
func (u *upswing) voltage(y []float64) float64 {
	switch {
	case !u.rising:
		return y[0]
	case y[0] >= u.top:
		return u.peak
	}
	return u.from - float64(u.width*elementary.Log(-y[0]))
}

// limit is the first variable at the peak.
func (u *upswing) limit() float64 {
	if u.rising {
		return u.top
	}
	return u.peak
}
