package main

import (
	"fmt"

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
	rate
)

// constant is a constant of the step, in all lanes.
func constant(c reg.GPVirtual, which int) Mem { return Mem{Base: c, Disp: 64 * which} }

// firstIndices returns 0, 1, 2, … and their step.
func firstIndices(v vectors) (indices, step vec) { return counting(v.lanes(), v.newIndices) }

// counting is firstIndices for n lanes, in registers made by new.
func counting(n int, new func() reg.VecVirtual) (indices, step vec) {
	numbers, steps := make([]uint32, n), make([]uint32, n)
	for i := range n {
		numbers[i], steps[i] = uint32(i), uint32(n)
	}
	indices, step = new(), new()
	loadWords(table(fmt.Sprint("counting", n), numbers), indices)
	loadWords(table(fmt.Sprint("steps", n), steps), step)
	return indices, step
}

// lifAdvanceRoutine has a form for resistance 1 and rest 0, without the two
// operations for these.
func lifAdvanceRoutine(v vectors, unit bool) {
	name, needs := "lifAdvance", ""
	if unit {
		name, needs = "lifAdvanceUnit", " resistance is 1 and rest 0."
	}
	function(v, name, "(v, r, j []float64, c *[10][8]float64, partial, firing []int32) (int, int)",
		"\tp, f := 0, 0",
		"\tfor i := range v {",
		"\t\tr[i] -= dt",
		"\t\tif r[i] > 0 && r[i] < dt {",
		"\t\t\tpartial[p], p = i, p+1",
		"\t\t\tcontinue",
		"\t\t}",
		"\t\tif r[i] <= 0 {",
		"\t\t\tv[i] += float64((v[i] - (rest + float64(resistance*j[i]))) * decay)",
		"\t\t}",
		"\t\tif v[i] > threshold {",
		"\t\t\tfiring[f], f = i, f+1",
		"\t\t} else if minVoltage > v[i] {",
		"\t\t\tv[i] = minVoltage",
		"\t\t}",
		"\t}",
		"\treturn p, f", multiple(v, "len(v)"), "partial and firing have room for len(v) + 8. minVoltage is not above threshold."+needs)
	pv, pr, pj, n := pointer("v"), pointer("r"), pointer("j"), length("v")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	partial, firing := pointer("partial"), pointer("firing")
	vDt, vDecay := load(v, constant(c, dt)), load(v, constant(c, decay))
	vThreshold, vMin := load(v, constant(c, threshold)), load(v, constant(c, minVoltage))
	nought := zero(v)
	indices, step := firstIndices(v)
	nPartial, nFiring := GP64(), GP64()
	XORQ(nPartial, nPartial)
	XORQ(nFiring, nFiring)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		// All loads come before the stores: a load that follows a store to
		// the same place of another page would wait for it.
		left := sub(v, load(v, at(pr, i, 0)), vDt)
		old := load(v, at(pv, i, 0))
		a := load(v, at(pj, i, 0))
		if !unit {
			a = add(v, mul(v, a, constant(c, resistance)), constant(c, rest))
		}
		change := mul(v, sub(v, old, a), vDecay)
		whole := v.compare(atMost, left, nought)
		part := v.without(v.compare(less, left, vDt), whole)
		moved := v.addWhere(whole, old, change)
		fires := v.without(v.compare(greater, moved, vThreshold), part)
		store(left, at(pr, i, 0))
		store(v.largerUnless(part, vMin, moved), at(pv, i, 0))
		v.compress(part, indices, partial, nPartial)
		v.compress(fires, indices, firing, nFiring)
		VPADDD(step, indices, indices)
	})
	Store(nPartial, ReturnIndex(0))
	Store(nFiring, ReturnIndex(1))
	end()
}

// lifPartialRoutine has a form for steps that are short beside the time constant.
func lifPartialRoutine(v vectors, short bool) {
	name, needs, exp := "lifPartial", "", expm1
	if short {
		name, needs, exp = "lifPartialShort", " dt is at most shortStep*tauRC.", expm1Short
	}
	function(v, name, "(v, r, j []float64, c *[10][8]float64, partial, firing []int32) int",
		"\tf := 0",
		"\tfor _, i := range partial {",
		"\t\ta := rest + float64(resistance*j[i])",
		"\t\tv[i] += float64((v[i] - a) * elementary.Expm1(float64((r[i]-dt)*rate)))",
		"\t\tif v[i] > threshold {",
		"\t\t\tfiring[f], f = i, f+1",
		"\t\t} else if minVoltage > v[i] {",
		"\t\t\tv[i] = minVoltage",
		"\t\t}",
		"\t}",
		"\treturn f", "", "Indices may only be repeated within the same group of lanes.", multiple(v, "len(partial)"),
		"firing has room for len(partial) + 8. minVoltage is not above threshold."+needs)
	pv, pr, pj := pointer("v"), pointer("r"), pointer("j")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	partial, n, firing := pointer("partial"), length("partial"), pointer("firing")
	found := GP64()
	XORQ(found, found)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		list := Mem{Base: partial, Index: i, Scale: 4}
		state := gather(v, list, pv, pr, pj)
		old, left, current := state[0], state[1], state[2]
		e := exp(v, mul(v, sub(v, left, constant(c, dt)), constant(c, rate)))
		a := add(v, mul(v, current, constant(c, resistance)), constant(c, rest))
		moved := add(v, old, mul(v, sub(v, old, a), e))
		scatter(v, list, pv, larger(v, load(v, constant(c, minVoltage)), moved))
		indices := v.newIndices()
		VMOVDQU(list, indices)
		v.compress(v.compare(greater, moved, constant(c, threshold)), indices, firing, found)
	})
	Store(found, ReturnIndex(0))
	end()
}

// spikeTime is when neurons passed the threshold that have reached a peak at the end
// of the step.
func spikeTime(v vectors, c reg.GPVirtual, short bool, peak, current reg.Register) vec {
	vDt, vThreshold := load(v, constant(c, dt)), load(v, constant(c, threshold))
	over := sub(v, peak, vThreshold)
	drive := add(v, mul(v, current, constant(c, resistance)), constant(c, rest))
	drive = sub(v, drive, vThreshold)
	var ts vec
	if short {
		ts = sub(v, vDt, mul(v, logRatio(v, over, drive), constant(c, tauRC)))
	} else {
		ts = log1p(v, div(v, v.flip(over, bitsConst(signBit)), drive))
		ts = add(v, vDt, mul(v, ts, constant(c, tauRC)))
	}
	within := v.and(v.compare(greater, ts, zero(v)), v.compare(atMost, ts, vDt))
	return v.choose(within, ts, zero(v))
}

// lifFireRoutine has a form for short steps, as lifPartialRoutine.
func lifFireRoutine(v vectors, short bool) {
	name, needs, crossing := "lifFire", "", "dt + float64(tauRC*elementary.Log1p(-(v[i]-threshold)/(a-threshold)))"
	if short {
		name, needs, crossing = "lifFireShort", "dt is at most shortStep*tauRC.", "dt - float64(tauRC*elementary.LogRatio(v[i]-threshold, a-threshold))"
	}
	function(v, name, "(v, r, j []float64, c *[10][8]float64, firing []int32, base int32, spikes []int32, at []float64)",
		"\tfor n, i := range firing {",
		"\t\ta := rest + float64(resistance*j[i])",
		"\t\tts := "+crossing,
		"\t\tif !(ts > 0 && ts <= dt) {",
		"\t\t\tts = 0",
		"\t\t}",
		"\t\tv[i], r[i] = reset, tauRef + ts",
		"\t\tspikes[n], at[n] = base+i, ts",
		"\t}", "", "Indices may only be repeated within the same group of lanes.", multiple(v, "len(firing)"), needs)
	pv, pr, pj := pointer("v"), pointer("r"), pointer("j")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	firing, n := pointer("firing"), length("firing")
	spikes, times := pointer("spikes"), pointer("at")
	vReset := XMM()
	VMOVSD(Mem{Base: c, Disp: 64 * reset}, vReset)
	base, first := v.newIndices(), XMM()
	VMOVD(Load(Param("base"), GP32()), first)
	VPBROADCASTD(first, base)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		list := Mem{Base: firing, Index: i, Scale: 4}
		state := gather(v, list, pv, pj)
		ts := spikeTime(v, c, short, state[0], state[1])

		store(ts, at(times, i, 0))
		numbers := v.newIndices()
		VPADDD(list, base, numbers)
		VMOVDQU(numbers, Mem{Base: spikes, Index: i, Scale: 4})
		scatter(v, list, pr, add(v, ts, constant(c, tauRef)), func(i reg.GPVirtual) {
			VMOVSD(vReset, at(pv, i, 0))
		})
	})
	end()
}
