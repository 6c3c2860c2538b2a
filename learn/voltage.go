package learn

import "soma/internal/elementary"

// Sensing is a rule that looks at the voltage of the target after every step, as
// it is and as it has been filtered. With dendritic delays, what it finds reaches
// the synapse a delay later, as the target's spikes do; with axonal delays, at
// once.
type Sensing interface {
	Plasticity
	// Filters are those of the voltage.
	Filters() VoltageFilters
	// Sense says what the voltage after a step means to all synapses of the
	// neuron. Where lasting is not 0, each of them meets it by OnVoltage;
	// momentary is for the spikes of sources that come at the same time, in
	// Event.Voltage. With axonal delays these find that of the step before, as
	// they come before what the target does.
	Sense(v Voltages) (lasting, momentary float64)
	OnVoltage(e *Event, lasting float64)
}

// VoltageFilters are the time constants (s) of Voltages, and how late Plus and
// Minus are.
type VoltageFilters struct{ Plus, Minus, Bar, Delay float64 }

// Voltages are what a neuron's voltage is, and what lowpass filters make of it:
// Plus and Minus, some time ago, and Bar, which filters Minus, now.
type Voltages struct{ Now, Plus, Minus, Bar float64 }

// A VoltageFilter is a lowpass filter of a voltage that runs in a straight line
// from one step to the next; for such a voltage it is exact.
type VoltageFilter struct{ decay, before, after float64 }

// NewVoltageFilter prepares a filter for steps of dt.
func NewVoltageFilter(tau, dt float64) VoltageFilter {
	x := dt / tau
	decay, mean := elementary.Exp(-x), -elementary.Expm1(-x)/x
	return VoltageFilter{decay, mean - decay, 1 - mean}
}

// Step carries the filtered voltage over a step.
func (f *VoltageFilter) Step(filtered, before, after float64) float64 {
	return float64(f.decay*filtered) + (float64(f.before*before) + float64(f.after*after))
}

// LateSteps is how many steps ago Plus and Minus are looked at.
func (f VoltageFilters) LateSteps(dt float64) int { return int(f.Delay/dt + 0.5) }
