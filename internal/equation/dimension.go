package equation

import (
	"fmt"
	"math"
	"strings"
)

// Dim is a dimension: the exponents of metre, kilogram, second, ampere, kelvin
// and mole. The exponents are multiples of small fractions, which float64 holds
// closely enough.
type Dim [6]float64

var (
	none     = Dim{}
	metre    = Dim{1, 0, 0, 0, 0, 0}
	kilogram = Dim{0, 1, 0, 0, 0, 0}
	second   = Dim{0, 0, 1, 0, 0, 0}
	ampere   = Dim{0, 0, 0, 1, 0, 0}
	kelvin   = Dim{0, 0, 0, 0, 1, 0}
	mole     = Dim{0, 0, 0, 0, 0, 1}
	volt     = Dim{2, 1, -3, -1, 0, 0}
	siemens  = Dim{-2, -1, 3, 2, 0, 0}
	ohm      = Dim{2, 1, -3, -2, 0, 0}
	farad    = Dim{-2, -1, 4, 2, 0, 0}
	coulomb  = Dim{0, 0, 1, 1, 0, 0}
	hertz    = Dim{0, 0, -1, 0, 0, 0}
	joule    = Dim{2, 1, -2, 0, 0, 0}
	watt     = Dim{2, 1, -3, 0, 0, 0}
	molar    = Dim{-3, 0, 0, 0, 0, 1}
)

// plus gives d + factor·e.
func (d Dim) plus(e Dim, factor float64) Dim {
	for i := range d {
		d[i] = tidy(d[i] + float64(factor*e[i]))
	}
	return d
}

func (d Dim) times(factor float64) Dim { return none.plus(d, factor) }

// tidy takes what rounding has left away: exponents are multiples of 1/60.
func tidy(x float64) float64 { return math.Round(x*60) / 60 }

// spelled are the units that messages use, the likely ones first.
var spelled = []struct {
	name string
	dim  Dim
}{
	{"V", volt},
	{"A", ampere},
	{"S", siemens},
	{"F", farad},
	{"ohm", ohm},
	{"s", second},
	{"Hz", hertz},
	{"m", metre},
	{"C", coulomb},
	{"J", joule},
	{"W", watt},
	{"K", kelvin},
	{"mol", mole},
	{"kg", kilogram},
	{"mol/m^3", molar},
	{"V/s", volt.plus(second, -1)},
	{"A/s", ampere.plus(second, -1)},
	{"S/s", siemens.plus(second, -1)},
	{"V/s^0.5", volt.plus(second, -0.5)},
	{"S/m^2", siemens.plus(metre, -2)},
	{"F/m^2", farad.plus(metre, -2)},
	{"A/m^2", ampere.plus(metre, -2)},
	{"A/V^2", ampere.plus(volt, -2)},
	{"V^2", volt.times(2)},
	{"1/V", volt.times(-1)},
	{"V/A/s", ohm.plus(second, -1)},
	{"V s", volt.plus(second, 1)},
	{"V^2/s", volt.times(2).plus(second, -1)},
	{"1/(V s)", volt.times(-1).plus(second, -1)},
	{"S^2", siemens.times(2)},
	{"A/S/s", volt.plus(second, -1)},
	{"A s", coulomb},
}

// String writes the dimension as an SI unit; "" for a pure number.
func (d Dim) String() string {
	if d == none {
		return ""
	}
	for _, u := range spelled {
		if u.dim == d {
			return u.name
		}
	}
	var parts []string
	for i, name := range []string{"m", "kg", "s", "A", "K", "mol"} {
		switch d[i] {
		case 0:
		case 1:
			parts = append(parts, name)
		default:
			parts = append(parts, fmt.Sprintf("%s^%.3g", name, d[i]))
		}
	}
	return strings.Join(parts, " ")
}

// words names the dimension in a sentence.
func (d Dim) words() string {
	if d == none {
		return "a pure number"
	}
	return "in " + d.String()
}
