package kernel

import (
	"math"

	"soma/internal/elementary"
)

// A Power raises numbers to one exponent μ ≥ 0. A number is 2^e·(1+r)/c, where c
// is the inverse of the middle of that sixteenth of an octave in which it lies, so
// that |r| ≤ 1/32. Its power is (2^e)^μ·c^−μ·(1+r)^μ: two elements of tables and
// the binomial series. It is precise to a few units in the last place.
type Power struct {
	exponent float64
	tables   powerTables
}

// powerTables are what the assembly needs; the generator knows the offsets.
type powerTables struct {
	inverse [16]float64         // c
	middle  [16]float64         // c^−μ
	series  [powerTerms]float64 // of (1+r)^μ, from r on
	octave  [1 << 11]float64    // (2^e)^μ by the bits of the exponent, 0 and ∞ at the ends
}

const (
	powerTerms = 8
	// mostExponent is up to where the series ends soon enough.
	mostExponent = 8
)

// NewPower prepares powers of an exponent.
func NewPower(exponent float64) *Power {
	p := &Power{exponent: exponent}
	if !p.series() {
		return p
	}
	t := &p.tables
	for i := range t.inverse {
		t.inverse[i] = 1 / (1 + (float64(i)+0.5)/16)
		t.middle[i] = elementary.Pow(t.inverse[i], -exponent)
	}
	binomial := 1.0
	for i := range t.series {
		binomial = float64(binomial*(exponent-float64(i))) / float64(i+1)
		t.series[i] = binomial
	}
	last := len(t.octave) - 1
	for e := 1; e < last; e++ {
		t.octave[e] = elementary.Pow(math.Float64frombits(uint64(e)<<52), exponent)
	}
	t.octave[last] = math.Inf(1)
	return p
}

// series says whether the power is found by the series.
func (p *Power) series() bool {
	return p.exponent > 0 && p.exponent != 1 && p.exponent <= mostExponent
}

// Of is x^μ: 1 where μ is 0; else 0 where x is not above the least normal number.
func (p *Power) Of(x float64) float64 {
	switch {
	case p.exponent == 0:
		return 1
	case !(x >= 0x1p-1022):
		return 0
	case p.exponent == 1:
		return x
	case !p.series():
		return elementary.Pow(x, p.exponent)
	}
	t, bits := &p.tables, math.Float64bits(x)
	i := bits >> 48 & 15
	r := float64(math.Float64frombits(bits&(1<<52-1)|1023<<52)*t.inverse[i]) - 1
	r2 := float64(r * r)
	a := &t.series
	p01 := a[0] + float64(r*a[1])
	p23 := a[2] + float64(r*a[3])
	p45 := a[4] + float64(r*a[5])
	p67 := a[6] + float64(r*a[7])
	p03 := p01 + float64(r2*p23)
	p47 := p45 + float64(r2*p67)
	sum := p03 + float64(float64(r2*r2)*p47)
	y := float64(t.octave[bits>>52] * t.middle[i])
	return y + float64(y*float64(r*sum))
}

// Raise raises each element of dst.
//
//	for i, x := range dst { dst[i] = p.Of(x) }
func (p *Power) Raise(level Level, dst []float64) {
	if p.exponent == 1 {
		for i, x := range dst {
			if !(x >= 0x1p-1022) {
				dst[i] = 0
			}
		}
		return
	}
	done := 0
	if l := level.usable(); l > Portable && p.series() {
		done = p.raiseVector(l, dst)
	}
	for i := done; i < len(dst); i++ {
		dst[i] = p.Of(dst[i])
	}
}

// Add adds scale·w^μ·k to each weight w of dst: potentiation by a power of the
// weight.
//
//	for i, w := range dst { dst[i] = w + (scale·p.Of(w))·k[i] }
func (p *Power) Add(level Level, dst, k []float64, scale float64) {
	done := 0
	if l := level.usable(); l > Portable && p.series() {
		done = p.addVector(l, dst, k, scale)
	}
	for i := done; i < len(dst); i++ {
		dst[i] += float64(float64(scale*p.Of(dst[i])) * k[i])
	}
}
