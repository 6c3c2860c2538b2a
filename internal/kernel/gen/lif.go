package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The constants of the step, in the order of lifConstants of package kernel.
const (
	dt = iota
	tauRC
	tauRef
	resistance
	rest
	threshold
	reset
	minVoltage
	decay
)

// constant returns a constant of the step in all lanes.
func constant(v vectors, c reg.GPVirtual, which int) vec {
	return broadcast(v, Mem{Base: c, Disp: 8 * which})
}

// firstIndices returns 0, 1, 2, … and their step.
func firstIndices(v vectors) (indices, step vec) {
	counting, steps := make([]uint32, v.lanes()), make([]uint32, v.lanes())
	for i := range v.lanes() {
		counting[i], steps[i] = uint32(i), uint32(v.lanes())
	}
	indices, step = v.newIndices(), v.newIndices()
	VMOVDQU(table("counting"+v.name(), counting), indices)
	VMOVDQU(table("steps"+v.name(), steps), step)
	return indices, step
}

func lifAdvanceRoutine(v vectors) {
	function(v, "lifAdvance", "(v, r, j []float64, c *[9]float64, partial []int32) int",
		"\tn := 0",
		"\tfor i := range v {",
		"\t\tr[i] -= dt",
		"\t\tif r[i] <= 0 {",
		"\t\t\tv[i] -= float64((rest + float64(resistance*j[i]) - v[i]) * decay)",
		"\t\t} else if r[i] < dt {",
		"\t\t\tpartial[n], n = i, n+1",
		"\t\t}",
		"\t}",
		"\treturn n", multiple(v, "len(v)"), "partial has room for len(v) + 8.")
	pv, pr, pj, n := pointer("v"), pointer("r"), pointer("j"), length("v")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	partial := pointer("partial")
	vDt, vDecay := constant(v, c, dt), constant(v, c, decay)
	vResistance, vRest := constant(v, c, resistance), constant(v, c, rest)
	nought := zero(v)
	indices, step := firstIndices(v)
	found := GP64()
	XORQ(found, found)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		// All loads come before the stores: a load that follows a store to
		// the same place of another page would wait for it.
		left := sub(v, load(v, at(pr, i, 0)), vDt)
		old := load(v, at(pv, i, 0))
		a := add(v, vRest, mul(v, vResistance, at(pj, i, 0)))
		moved := sub(v, old, mul(v, sub(v, a, old), vDecay))
		whole := v.compare(atMost, left, nought)
		part := v.and(v.compare(greater, left, nought), v.compare(less, left, vDt))
		store(left, at(pr, i, 0))
		store(v.choose(whole, moved, old), at(pv, i, 0))
		v.compress(part, indices, partial, found)
		VPADDD(step, indices, indices)
	})
	Store(found, ReturnIndex(0))
	end()
}

func lifPartialRoutine(v vectors) {
	function(v, "lifPartial", "(v, r, j []float64, c *[9]float64, partial []int32)",
		"\tfor _, i := range partial {",
		"\t\ta := rest + float64(resistance*j[i])",
		"\t\tv[i] -= float64((a - v[i]) * elementary.Expm1((r[i]-dt)/tauRC))",
		"\t}", "", "Indices may only be repeated within the same group of lanes.", multiple(v, "len(partial)"))
	pv, pr, pj := pointer("v"), pointer("r"), pointer("j")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	partial, n := pointer("partial"), length("partial")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		list := Mem{Base: partial, Index: i, Scale: 4}
		state := gather(v, list, pv, pr, pj)
		old, left, current := state[0], state[1], state[2]
		e := expm1(v, div(v, sub(v, left, constant(v, c, dt)), constant(v, c, tauRC)))
		a := add(v, constant(v, c, rest), mul(v, constant(v, c, resistance), current))
		scatter(v, list, pv, sub(v, old, mul(v, sub(v, a, old), e)))
	})
	end()
}

func lifThresholdRoutine(v vectors) {
	function(v, "lifThreshold", "(v []float64, c *[9]float64, firing []int32, peak []float64) int",
		"\tn := 0",
		"\tfor i := range v {",
		"\t\tif v[i] > threshold {",
		"\t\t\tfiring[n], peak[n], v[i], n = i, v[i], reset, n+1",
		"\t\t} else if minVoltage > v[i] {",
		"\t\t\tv[i] = minVoltage",
		"\t\t}",
		"\t}",
		"\treturn n", multiple(v, "len(v)"), "firing and peak have room for len(v) + 8.")
	pv, n := pointer("v"), length("v")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	firing, peak := pointer("firing"), pointer("peak")
	vThreshold, vReset, vMin := constant(v, c, threshold), constant(v, c, reset), constant(v, c, minVoltage)
	indices, step := firstIndices(v)
	found := GP64()
	XORQ(found, found)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		old := load(v, at(pv, i, 0))
		fires := v.compare(greater, old, vThreshold)
		store(v.choose(fires, vReset, larger(v, vMin, old)), at(pv, i, 0))
		v.values(fires, old, peak, found)
		v.compress(fires, indices, firing, found)
		VPADDD(step, indices, indices)
	})
	Store(found, ReturnIndex(0))
	end()
}

func lifFireRoutine(v vectors) {
	function(v, "lifFire", "(r, j []float64, c *[9]float64, firing []int32, peak []float64, base int32, spikes []int32, at []float64)",
		"\tfor n, i := range firing {",
		"\t\ta := rest + float64(resistance*j[i])",
		"\t\tts := dt + float64(tauRC*elementary.Log1p(-(peak[n]-threshold)/(a-threshold)))",
		"\t\tif !(ts > 0 && ts <= dt) {",
		"\t\t\tts = 0",
		"\t\t}",
		"\t\tr[i] = tauRef + ts",
		"\t\tspikes[n], at[n] = base+i, ts",
		"\t}", "", "Indices may only be repeated within the same group of lanes.", multiple(v, "len(firing)"))
	pr, pj := pointer("r"), pointer("j")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	firing, peak, n := pointer("firing"), pointer("peak"), length("firing")
	spikes, times := pointer("spikes"), pointer("at")
	base := v.newIndices()
	first := XMM()
	VMOVD(Load(Param("base"), GP32()), first)
	VPBROADCASTD(first, base)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		list := Mem{Base: firing, Index: i, Scale: 4}
		vThreshold, vDt := constant(v, c, threshold), constant(v, c, dt)
		current := gather(v, list, pj)[0]
		a := add(v, constant(v, c, rest), mul(v, constant(v, c, resistance), current))
		over := v.flip(sub(v, load(v, at(peak, i, 0)), vThreshold), bitsConst(signBit))
		ts := log1p(v, div(v, over, sub(v, a, vThreshold)))
		ts = add(v, vDt, mul(v, constant(v, c, tauRC), ts))
		within := v.and(v.compare(greater, ts, zero(v)), v.compare(atMost, ts, vDt))
		ts = v.choose(within, ts, zero(v))

		store(ts, at(times, i, 0))
		numbers := v.newIndices()
		VPADDD(list, base, numbers)
		VMOVDQU(numbers, Mem{Base: spikes, Index: i, Scale: 4})
		scatter(v, list, pr, add(v, constant(v, c, tauRef), ts))
	})
	end()
}
