package plot

import (
	"math"
	"strconv"
	"strings"
)

// axis is one axis of a panel: what it shows, in the data's own unit.
type axis struct {
	extent
	label, unit string
	whole       bool // it counts things: no fractions between ticks
	fixed       bool // the label names the unit; numbers are in 10^power of the data's
	power       int
	log         bool   // the extent is in powers of ten of the data
	names       []tick // instead of numbers
}

// tick is a mark of an axis.
type tick struct {
	at   float64
	text string
}

// units that take engineering prefixes.
var prefixed = []string{"s", "V", "A", "F", "S", "Ω", "Hz", "C", "J", "W", "m"}

// prefixes from 10⁻¹⁸ to 10¹², every third power.
var prefixes = []string{"a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T"}

// scale chooses what to divide the numbers of an axis by, such that the largest
// lies between 0.8 and 800, and the unit that is left: 5e-10 with "A" gives
// 1e-12 with "pA". A quantity without a unit gets a power of ten only beyond
// what reads well.
func scale(largest float64, unit string) (exponent int, name string) {
	if unit == "ohm" {
		unit = "Ω"
	}
	if largest == 0 || !finite(largest) {
		return 0, unit
	}
	e := 3 * int(math.Floor(math.Log10(largest/0.8)/3))
	if !takesPrefix(unit) {
		if largest >= 1e-2 && largest < 1e5 {
			return 0, unit
		}
		return e, strings.TrimSpace("×1e" + number(float64(e), 0) + " " + unit)
	}
	e = min(max(e, -18), 12)
	if unit == "s" {
		e = min(e, 0)
	}
	return e, prefixes[e/3+6] + unit
}

func takesPrefix(unit string) bool {
	for _, u := range prefixed {
		if u == unit {
			return true
		}
	}
	return false
}

// times10 is v·10^e, dividing for negative e because 10^-e is exact there.
func times10(v float64, e int) float64 {
	if e < 0 {
		return v / math.Pow10(-e)
	}
	return v * math.Pow10(e)
}

// exponent is the power of ten that ticks are written in; name its unit.
func (a axis) exponent() (int, string) {
	if a.fixed {
		return a.power, ""
	}
	return scale(max(math.Abs(a.min), math.Abs(a.max)), a.unit)
}

// title is the label with its unit: "membrane voltage (mV)".
func (a axis) title() string {
	if a.names != nil {
		return a.label
	}
	_, unit := a.exponent()
	if a.log && !a.fixed {
		unit = a.unit
	}
	switch {
	case unit == "":
		return a.label
	case a.label == "":
		return unit
	}
	return a.label + " (" + unit + ")"
}

// ticks returns about n ticks at round numbers.
func (a axis) ticks(n int) []tick {
	if a.names != nil {
		return a.names
	}
	if a.log {
		return a.decades(n)
	}
	e, _ := a.exponent()
	lo, hi := times10(a.min, -e), times10(a.max, -e)
	m, p := roundStep((hi - lo) / float64(max(n, 1)))
	if a.whole && e == 0 && p < 0 {
		m, p = 1, 0
	}
	step := times10(float64(m), p)
	slack := 1e-9 * (hi - lo)
	first, last := math.Ceil((lo-slack)/step), math.Floor((hi+slack)/step)
	var ts []tick
	for i := first; i <= last && len(ts) < 100; i++ {
		v := times10(i*float64(m), p)
		ts = append(ts, tick{times10(v, e), number(v, max(0, -p))})
	}
	return ts
}

// decades returns about n ticks of a logarithmic axis: powers of ten, or 1, 2 and
// 5 of each where there is room, or even steps within less than a decade.
func (a axis) decades(n int) []tick {
	first, last := int(math.Floor(a.min)), int(math.Ceil(a.max))
	every, steps := int(max(1, math.Ceil((a.max-a.min)/float64(n)))), []float64{1}
	if a.max-a.min <= float64(0.45*float64(n)) {
		steps = []float64{1, 2, 5}
	}
	var ts []tick
	for p := first; p <= last && len(ts) < 100; p++ {
		if p%every != 0 {
			continue
		}
		for _, m := range steps {
			at := float64(p) + math.Log10(m)
			if at >= a.min-1e-9 && at <= a.max+1e-9 {
				ts = append(ts, tick{at, number(times10(m, p), max(0, -p))})
			}
		}
	}
	if len(ts) > 2 || a.max-a.min > 2 {
		return ts
	}
	even := axis{fixed: true, extent: extent{math.Pow(10, a.min), math.Pow(10, a.max)}}
	ts = even.ticks(n)
	for i := range ts {
		ts[i].at = math.Log10(ts[i].at)
	}
	return ts
}

// roundStep returns the smallest m·10^p, m one of 1, 2, 5, that is v or not
// much less.
func roundStep(v float64) (m, p int) {
	v *= 0.75
	p = int(math.Floor(math.Log10(v)))
	for _, m := range []int{1, 2, 5} {
		if times10(float64(m), p) >= float64(v*(1-1e-9)) {
			return m, p
		}
	}
	return 1, p + 1
}

// number writes v with a typographic minus, and with an exponent where its
// digits would fill the page.
func number(v float64, decimals int) string {
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	switch {
	case v == 0 && decimals > 7:
		text = "0"
	case v == 0:
		text = strconv.FormatFloat(0, 'f', decimals, 64) // not −0
	case decimals > 7 || len(text) > 9:
		text = strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strings.ReplaceAll(text, "-", "−")
}

// override applies what the panel says about an axis to what its data say.
func (a *axis) override(lim *[2]float64, label, unit string) {
	if unit != "" {
		a.unit = unit
	}
	if label != "" {
		a.rename(label)
	}
	if lim != nil {
		a.min, a.max = lim[0], lim[1]
		if a.log {
			a.min, a.max = math.Log10(lim[0]), math.Log10(lim[1])
		}
	}
}

// rename sets the label. A unit in brackets at its end counts: a base unit,
// "current (A)", is that of an axis without one, and its prefix is chosen; any
// other, "current (nA)", stays as it is, and the numbers follow it where it is
// a prefix of the axis's own unit.
func (a *axis) rename(label string) {
	a.label = label
	open := strings.LastIndex(label, "(")
	if open < 0 || !strings.HasSuffix(label, ")") {
		return
	}
	named := strings.Replace(label[open+1:len(label)-1], "ohm", "Ω", 1)
	if takesPrefix(named) && (a.unit == "" || a.unit == named) {
		a.label, a.unit = strings.TrimSpace(label[:open]), named
		return
	}
	a.fixed = true
	named = strings.NewReplacer("μ", "µ", "u"+a.unit, "µ"+a.unit).Replace(named)
	for i, prefix := range prefixes {
		if a.unit != "" && named == prefix+a.unit {
			a.power = 3 * (i - 6)
		}
	}
}

// widen makes a usable range of an extent: a share of room on both sides, and
// some even where there is but one number.
func widen(e extent, share float64) extent {
	if e.isEmpty() {
		return extent{0, 1}
	}
	span, size := e.max-e.min, max(math.Abs(e.min), math.Abs(e.max))
	switch {
	case size < 1/huge:
		return extent{-1, 1}
	case span <= 1e-9*size:
		return extent{e.min - 0.1*size, e.max + 0.1*size}
	}
	return extent{e.min - float64(share*span), e.max + float64(share*span)}
}
