package equation

import (
	"math"
	"sort"
	"strings"
)

// unit is what a name of a unit stands for, as a multiple of SI.
type unit struct {
	dim   Dim
	scale float64
}

// prefixes of Brian's long names and of short ones.
var prefixes = []struct {
	name  string
	scale float64
}{
	{"", 1}, {"f", 1e-15}, {"p", 1e-12}, {"n", 1e-9}, {"u", 1e-6}, {"m", 1e-3}, {"c", 1e-2}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9},
}

var unitFamilies = []struct {
	names string
	dim   Dim
	scale float64
}{
	{"volt V", volt, 1},
	{"amp ampere A", ampere, 1},
	{"siemens siemen S", siemens, 1},
	{"ohm Ohm", ohm, 1},
	{"farad F", farad, 1},
	{"second", second, 1},
	{"hertz Hz", hertz, 1},
	{"metre meter", metre, 1},
	{"coulomb", coulomb, 1},
	{"joule J", joule, 1},
	{"watt W", watt, 1},
	{"kelvin", kelvin, 1},
	{"mole mol", mole, 1},
	{"molar", molar, 1e3},
	{"gram gramme", kilogram, 1e-3},
}

// units are all names of units. The short names of second, metre and molar take
// no part in the families: a bare s, m or M means too many things.
var units = func() map[string]unit {
	all := map[string]unit{
		"ms": {second, 1e-3}, "us": {second, 1e-6}, "ns": {second, 1e-9}, "s": {second, 1},
		"cm": {metre, 1e-2}, "mm": {metre, 1e-3}, "um": {metre, 1e-6}, "nm": {metre, 1e-9},
		"mM": {molar, 1}, "uM": {molar, 1e-3}, "nM": {molar, 1e-6},
		"kg": {kilogram, 1}, "mol": {mole, 1},
	}
	for _, f := range unitFamilies {
		for _, name := range strings.Fields(f.names) {
			for _, p := range prefixes {
				all[p.name+name] = unit{f.dim, decimal(p.scale, f.scale)}
			}
		}
	}
	for _, name := range []string{"cm", "mm", "um", "nm", "cmetre", "mmetre", "umetre", "nmetre", "cmeter", "mmeter", "umeter", "metre", "meter"} {
		u := all[name]
		all[name+"2"] = unit{u.dim.times(2), decimal(u.scale, u.scale)}
		all[name+"3"] = unit{u.dim.times(3), decimal(u.scale, decimal(u.scale, u.scale))}
	}
	return all
}()

// decimal multiplies powers of ten exactly enough to give the nearest power.
func decimal(a, b float64) float64 {
	return math.Pow10(int(math.Round(math.Log10(a) + math.Log10(b))))
}

// unitWords are names for units that are no multiples of SI.
var unitWords = map[string]Dim{"boolean": none, "integer": none, "radian": none, "one": none}

// unitNames lists the names, for suggestions.
func unitNames() []string {
	var names []string
	for name := range units {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
