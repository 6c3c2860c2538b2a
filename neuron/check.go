package neuron

import (
	"math"

	"soma/internal/param"
)

// checkTuning refuses tuning curves that no neuron has.
func checkTuning(maxRate, intercept float64) *param.Problem {
	if !(maxRate > 0) || math.IsInf(maxRate, 0) {
		return &param.Problem{Field: "max_rates", Problem: param.Quantity(maxRate, "Hz") + " is no rate to aim at", Remedy: "give rates above 0 Hz"}
	}
	if !(intercept < 1) || math.IsInf(intercept, 0) {
		return &param.Problem{
			Field:   "intercepts",
			Problem: param.Quantity(intercept, "") + " is not below 1, where the neuron must reach its maximum rate",
			Remedy:  "give intercepts below 1 (usually from -1 to 0.9)",
		}
	}
	return nil
}

// checkReset wants the reset below the threshold.
func checkReset(threshold, reset float64) []param.Problem {
	if reset < threshold {
		return nil
	}
	return []param.Problem{{
		Field:   "reset",
		Problem: param.Quantity(reset, "V") + " is not below the threshold of " + param.Quantity(threshold, "V"),
		Remedy:  "give a reset voltage below the threshold",
	}}
}

// checkRate refuses tuning curves that a neuron with this refractory period
// cannot have.
func checkRate(maxRate, intercept, tauRef float64) *param.Problem {
	if problem := checkTuning(maxRate, intercept); problem != nil {
		return problem
	}
	if 1/maxRate <= tauRef {
		return &param.Problem{
			Field:   "max_rates",
			Problem: param.Quantity(maxRate, "Hz") + " cannot be reached with a refractory period of " + param.Quantity(tauRef, "s"),
			Remedy:  "keep it below 1/tau_ref = " + param.Quantity(1/tauRef, "Hz"),
		}
	}
	return nil
}

// checkMembrane refuses steps that are longer than a membrane time constant.
func checkMembrane(field string, tau, dt float64) []param.Problem {
	if dt <= tau {
		return nil
	}
	return []param.Problem{{
		Field:   field,
		Problem: param.Quantity(tau, "s") + " is shorter than the step of " + param.Quantity(dt, "s"),
		Remedy:  "use a dt of at most " + param.Quantity(tau, "s"),
	}}
}
