package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The routines below are the step of neurons whose state nobody else reads. Those
// that wait out their refractory time have NaN for a voltage.

// lifIntegrateRoutine has a form for resistance 1 and rest 0, as lifAdvanceRoutine.
func lifIntegrateRoutine(v vectors, unit bool) {
	name, needs := "lifIntegrate", ""
	if unit {
		name, needs = "lifIntegrateUnit", " resistance is 1 and rest 0."
	}
	function(v, name, "(v, j []float64, c *[10][8]float64, firing []int32) int",
		"\tf := 0",
		"\tfor i := range v {",
		"\t\tv[i] += float64((v[i] - (rest + float64(resistance*j[i]))) * decay)",
		"\t\tif v[i] > threshold {",
		"\t\t\tfiring[f], f = i, f+1",
		"\t\t} else if minVoltage > v[i] {",
		"\t\t\tv[i] = minVoltage",
		"\t\t}",
		"\t}",
		"\treturn f", multiple(v, "len(v)"), "firing has room for len(v) + 8. minVoltage is not above threshold."+needs)
	pv, pj, n := pointer("v"), pointer("j"), length("v")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	firing := pointer("firing")
	vDecay := load(v, constant(c, decay))
	vThreshold, vMin := load(v, constant(c, threshold)), load(v, constant(c, minVoltage))
	nFiring := GP64()
	XORQ(nFiring, nFiring)
	indices, step := counting(2*v.lanes(), v.new)
	advance := func(i reg.GPVirtual, offset int) (fires reg.Register) {
		old := load(v, at(pv, i, offset))
		var change vec
		if unit {
			change = sub(v, old, at(pj, i, offset))
		} else {
			a := add(v, mul(v, load(v, at(pj, i, offset)), constant(c, resistance)), constant(c, rest))
			change = sub(v, old, a)
		}
		moved := add(v, old, mul(v, change, vDecay))
		store(larger(v, vMin, moved), at(pv, i, offset))
		return v.compare(greater, moved, vThreshold)
	}
	i, two := GP64(), 2*v.lanes()
	XORQ(i, i)
	SUBQ(Imm(uint64(two)), n)
	JL(LabelRef("odd"))
	Label("pair")
	first := advance(i, 0)
	v.compressTwo(first, advance(i, width(v)), indices, firing, nFiring)
	VPADDD(step, indices, indices)
	ADDQ(Imm(uint64(two)), i)
	CMPQ(i, n)
	JLE(LabelRef("pair"))
	Label("odd")
	TESTQ(U32(v.lanes()), n)
	JZ(LabelRef("end"))
	v.compress(advance(i, 0), v.firstHalf(indices), firing, nFiring)
	Label("end")
	Store(nFiring, ReturnIndex(0))
	end()
}

// lifWakeRoutine has a form for steps that are short beside the time constant.
func lifWakeRoutine(v vectors, short bool) {
	name, needs, exp := "lifWake", "", expm1
	if short {
		name, needs, exp = "lifWakeShort", " dt is at most shortStep*tauRC.", expm1Short
	}
	function(v, name, "(v, j []float64, c *[10][8]float64, waiting []int32, left []float64, steps int, firing, more []int32, moreLeft []float64) (int, int)",
		"\tf, m := 0, 0",
		"\tfor n, i := range waiting {",
		"\t\tr := left[n]",
		"\t\tfor range steps {",
		"\t\t\tr -= dt",
		"\t\t}",
		"\t\tif !(r < dt) {",
		"\t\t\tmore[m], moreLeft[m], m = i, r, m+1",
		"\t\t\tcontinue",
		"\t\t}",
		"\t\te := elementary.Expm1(float64((r-dt)*rate))",
		"\t\tv[i] = reset + float64((reset-(rest+float64(resistance*j[i])))*e)",
		"\t\tif v[i] > threshold {",
		"\t\t\tfiring[f], f = i, f+1",
		"\t\t} else if minVoltage > v[i] {",
		"\t\t\tv[i] = minVoltage",
		"\t\t}",
		"\t}",
		"\treturn f, m", "", "Indices may be repeated, with the same time left.", multiple(v, "len(waiting)"),
		"firing, more and moreLeft have room for len(waiting) + 8. steps is at least 1. minVoltage is not above threshold."+needs)
	pv, pj := pointer("v"), pointer("j")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	waiting, n := pointer("waiting"), length("waiting")
	nFiring, nMore := result(0), result(1)
	MOVQ(U32(0), nFiring)
	MOVQ(U32(0), nMore)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		list := Mem{Base: waiting, Index: i, Scale: 4}
		vDt, r := load(v, constant(c, dt)), load(v, at(pointer("left"), i, 0))
		count := Load(Param("steps"), GP64())
		Label("step")
		VSUBPD(vDt, r, r)
		DECQ(count)
		JNZ(LabelRef("step"))

		e := exp(v, mul(v, sub(v, r, vDt), constant(c, rate)))
		slots := allSlots(v, list)
		a := gatherSlots(v, slots, pj)
		a = add(v, mul(v, a, constant(c, resistance)), constant(c, rest))
		vReset := load(v, constant(c, reset))
		moved := add(v, vReset, mul(v, sub(v, vReset, a), e))
		bounded := larger(v, load(v, constant(c, minVoltage)), moved)
		fires, waits := v.compare(greater, moved, constant(c, threshold)), v.compare(notLess, r, vDt)
		v.jumpIfNone(fires, waits, "plain") // rarely not
		indices := v.newIndices()
		VMOVDQU(list, indices)
		found := GP64()
		MOVQ(nMore, found)
		v.compressValues(waits, r, pointer("moreLeft"), found)
		v.compress(waits, indices, pointer("more"), found)
		MOVQ(found, nMore)
		MOVQ(nFiring, found)
		v.compress(v.without(fires, waits), indices, pointer("firing"), found)
		MOVQ(found, nFiring)
		scatter(v, list, pv, v.choose(waits, load(v, konst(math.NaN())), bounded))
		JMP(LabelRef("done"))

		Label("plain")
		scatterSlots(v, slots, pv, bounded)
		Label("done")
	})
	end()
}

// lifSleepRoutine has a form for short steps, as lifWakeRoutine.
func lifSleepRoutine(v vectors, short bool) {
	name, needs, crossing := "lifSleep", "", "dt + float64(tauRC*elementary.Log1p(-(v[i]-threshold)/(a-threshold)))"
	if short {
		name, needs, crossing = "lifSleepShort", "dt is at most shortStep*tauRC.", "dt - float64(tauRC*elementary.LogRatio(v[i]-threshold, a-threshold))"
	}
	function(v, name, "(v, j []float64, c *[10][8]float64, firing []int32, base int32, spikes []int32, at []float64, waiting []int32, left []float64)",
		"\tfor n, i := range firing {",
		"\t\ta := rest + float64(resistance*j[i])",
		"\t\tts := "+crossing,
		"\t\tif !(ts > 0 && ts <= dt) {",
		"\t\t\tts = 0",
		"\t\t}",
		"\t\tv[i] = math.NaN()",
		"\t\tspikes[n], at[n] = base+i, ts",
		"\t\twaiting[n], left[n] = i, tauRef + ts",
		"\t}", "", "Indices may only be repeated within the same group of lanes.", multiple(v, "len(firing)"), needs)
	pv, pj := pointer("v"), pointer("j")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	firing, n := pointer("firing"), length("firing")
	nan := XMM()
	VMOVSD(konst(math.NaN()), nan)
	base, first := v.newIndices(), XMM()
	VMOVD(Load(Param("base"), GP32()), first)
	VPBROADCASTD(first, base)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		list := Mem{Base: firing, Index: i, Scale: 4}
		slots := allSlots(v, list)
		peak, current := gatherSlots(v, slots, pv), gatherSlots(v, slots, pj)
		for _, four := range slots {
			for _, slot := range four {
				VMOVSD(nan, at(pv, slot, 0))
			}
		}
		ts := spikeTime(v, c, short, peak, current)
		store(ts, at(pointer("at"), i, 0))
		store(add(v, ts, constant(c, tauRef)), at(pointer("left"), i, 0))
		indices, numbers := v.newIndices(), v.newIndices()
		VMOVDQU(list, indices)
		VPADDD(indices, base, numbers)
		VMOVDQU(indices, Mem{Base: pointer("waiting"), Index: i, Scale: 4})
		VMOVDQU(numbers, Mem{Base: pointer("spikes"), Index: i, Scale: 4})
	})
	end()
}
