// Package unit names the SI quantities that models are written in. Everything
// in soma is a float64 in SI units (seconds, volts, amperes, farads, ohms,
// siemens, hertz), so a quantity is a number times one of these constants:
//
//	const ms = unit.Millisecond
//	lif := neuron.LIF{TauRC: 20 * ms, TauRef: 2 * ms}
package unit

// Time, in seconds.
const (
	Second      = 1.0
	Millisecond = 1e-3
	Microsecond = 1e-6
)

// Electric potential, in volts.
const (
	Volt      = 1.0
	Millivolt = 1e-3
)

// Electric current, in amperes.
const (
	Ampere     = 1.0
	Nanoampere = 1e-9
	Picoampere = 1e-12
)

// Capacitance, in farads.
const (
	Farad      = 1.0
	Nanofarad  = 1e-9
	Picofarad  = 1e-12
	Microfarad = 1e-6
)

// Resistance, in ohms.
const (
	Ohm     = 1.0
	Megaohm = 1e6
	Gigaohm = 1e9
)

// Conductance, in siemens.
const (
	Siemens      = 1.0
	Nanosiemens  = 1e-9
	Microsiemens = 1e-6
)

// Frequency, in hertz.
const (
	Hertz     = 1.0
	Kilohertz = 1e3
)
