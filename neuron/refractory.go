package neuron

import (
	"math"

	"soma/internal/param"
)

// refractory counts the absolute refractory period of point neurons on the grid
// of steps: the period is rounded to the nearest whole number of steps (halves
// up), and after a spike as many steps are held. The time left is state, in
// seconds: 0, or about a whole number of steps.
type refractory struct {
	dt     float64
	period float64 // whole steps, s
}

func newRefractory(tRef, dt float64) refractory {
	return refractory{dt: dt, period: float64(refractorySteps(tRef, dt) * dt)}
}

func refractorySteps(tRef, dt float64) float64 { return math.Floor(tRef/dt + 0.5) }

// tick returns what is left of a refractory period after one more step.
func (r refractory) tick(left float64) float64 {
	left -= r.dt
	if left < 0.5*r.dt {
		return 0
	}
	return left
}

// checkRefractory refuses steps so long that the refractory period rounds to
// none.
func checkRefractory(tRef, dt float64) []param.Problem {
	if tRef == 0 {
		return nil
	}
	return checkPeriod("t_ref", tRef, dt, ", or a t_ref of 0")
}

// checkPeriod refuses steps so long that a period rounds to none.
func checkPeriod(name string, period, dt float64, or string) []param.Problem {
	if refractorySteps(period, dt) > 0 {
		return nil
	}
	return []param.Problem{{
		Field:   name,
		Problem: param.Quantity(period, "s") + " is less than half a step of " + param.Quantity(dt, "s"),
		Remedy:  "use a dt of at most " + param.Quantity(period, "s") + or,
	}}
}

// checkBelow wants one voltage below another.
func checkBelow(name string, low float64, limit string, high float64) []param.Problem {
	if low < high {
		return nil
	}
	return []param.Problem{{
		Field:   name,
		Problem: param.Quantity(low, "V") + " is not below " + limit + " = " + param.Quantity(high, "V"),
		Remedy:  "give a voltage below " + limit,
	}}
}
