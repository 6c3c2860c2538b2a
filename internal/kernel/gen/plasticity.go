package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets of the tables of a Power, a test compares them, and the terms of its
// series.
const (
	powerInverse = 0
	powerMiddle  = 8 * 16
	powerSeries  = powerMiddle + 8*16
	powerTerms   = 8
	powerOctave  = powerSeries + 8*powerTerms
)

// A power holds what of a Power can be kept in registers.
type power struct {
	tables reg.GPVirtual
	series func(i int) vec
	// pick is inverse and middle for the sixteenths of octaves in the low bits.
	pick func(sixteenths reg.Register) (inverse, middle vec)
}

// newPower prepares powers by the tables at an address.
func newPower(v vectors, tables reg.GPVirtual) power {
	p := power{tables: tables}
	at := func(offset int) Mem { return Mem{Base: tables, Disp: offset} }
	if v.lanes() == 4 {
		p.series = func(i int) vec { return broadcast(v, at(powerSeries+8*i)) }
		p.pick = func(sixteenths reg.Register) (inverse, middle vec) {
			i := v.bits(sixteenths, bitsConst(15))
			return gatherQuads(v, i, at(powerInverse)), gatherQuads(v, i, at(powerMiddle))
		}
		return p
	}
	var series [powerTerms]vec
	for i := range series {
		series[i] = broadcast(v, at(powerSeries+8*i))
	}
	p.series = func(i int) vec { return series[i] }
	var halves [2][2]vec
	for i := range halves {
		for j := range halves[i] {
			halves[i][j] = load(v, at(128*i+64*j))
		}
	}
	p.pick = func(sixteenths reg.Register) (inverse, middle vec) {
		var picked [2]vec
		for i := range picked {
			picked[i] = v.new()
			VMOVDQA64(sixteenths, picked[i])
			VPERMI2PD(halves[i][1], halves[i][0], picked[i])
		}
		return picked[0], picked[1]
	}
	return p
}

// of does the operations of Power.Of in the same order.
func (p power) of(v vectors, w reg.Register) vec {
	x := larger(v, w, zero(v))
	inverse, middle := p.pick(shiftRight(v, x, 48))
	octave := gatherQuads(v, shiftRight(v, x, 52), Mem{Base: p.tables, Disp: powerOctave})
	m := v.or(v.bits(x, bitsConst(mantissaMask)), bitsConst(oneBits))
	r := sub(v, mul(v, m, inverse), konst(1))
	r2 := mul(v, r, r)
	pair := func(i int) vec { return add(v, mul(v, r, p.series(i+1)), p.series(i)) }
	p03 := add(v, pair(0), mul(v, r2, pair(2)))
	p47 := add(v, pair(4), mul(v, r2, pair(6)))
	sum := add(v, p03, mul(v, mul(v, r2, r2), p47))
	y := mul(v, octave, middle)
	return add(v, y, mul(v, y, mul(v, r, sum)))
}

// gatherQuads loads an element for each lane of indices of 64 bits.
func gatherQuads(v vectors, indices reg.Register, base Mem) vec {
	d := v.new()
	VXORPD(d.AsX(), d.AsX(), d.AsX())
	base.Index, base.Scale = indices, 8
	if v.lanes() == 8 {
		k := K()
		KXNORB(k, k, k)
		VGATHERQPD(base, k, d)
		return d
	}
	all := v.new()
	VPCMPEQQ(all, all, all)
	VGATHERQPD(all, base, d)
	return d
}

// addPowerRoutine writes potentiation by a power of the weight.
func addPowerRoutine(v vectors) {
	function(v, "addPower", "(dst, k []float64, scale float64, tables *float64)",
		"\tfor i, w := range dst { dst[i] = w + (scale·p.Of(w))·k[i] }", multiple(v, "len(dst)"),
		"tables are those of a Power that goes by its series.")
	dst, k, n := pointer("dst"), pointer("k"), length("dst")
	scale, p := scalar(v, "scale"), newPower(v, Load(Param("tables"), GP64()).(reg.GPVirtual))
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		w := load(v, at(dst, i, 0))
		store(add(v, w, mul(v, mul(v, scale, p.of(v, w)), load(v, at(k, i, 0)))), at(dst, i, 0))
	})
	end()
}

// raiseRoutine writes the powers of numbers.
func raiseRoutine(v vectors) {
	function(v, "raise", "(dst []float64, tables *float64)",
		"\tfor i, x := range dst { dst[i] = p.Of(x) }", multiple(v, "len(dst)"),
		"tables are those of a Power that goes by its series.")
	dst, n := pointer("dst"), length("dst")
	p := newPower(v, Load(Param("tables"), GP64()).(reg.GPVirtual))
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		store(p.of(v, load(v, at(dst, i, 0))), at(dst, i, 0))
	})
	end()
}

// depressRoutine writes depression in proportion to the weight.
func depressRoutine(v vectors) {
	function(v, "depress", "(dst, k []float64, rate float64)",
		"\tfor i, w := range dst { dst[i] = max(w − (rate·w)·k[i], 0) }", multiple(v, "len(dst)"))
	dst, k, n := pointer("dst"), pointer("k"), length("dst")
	rate := scalar(v, "rate")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		w := load(v, at(dst, i, 0))
		x := sub(v, w, mul(v, mul(v, rate, w), load(v, at(k, i, 0))))
		store(larger(v, x, zero(v)), at(dst, i, 0))
	})
	end()
}
