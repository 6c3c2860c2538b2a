package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The parameters of a neuron, in the order of package kernel.
const (
	izhikevichA = iota
	izhikevichB
	izhikevichC
	izhikevichD
	izhikevichThreshold
	izhikevichMin
	izhikevichIE
)

func izhikevichRoutine(v vectors) {
	function(v, "izhikevich", "(v, u, current, arrived []float64, dt float64, of *float64, next int, fired []int32) int",
		"\tn := 0",
		"\tfor i := range v {",
		"\t\tif k.one(p, &v[i], &u[i], current[i], arrived[i]) {",
		"\t\t\tfired[n], n = i, n+1",
		"\t\t}",
		"\t}",
		"\treturn n",
		"", "for the parameters p in a table with next bytes from group to group.",
		multiple(v, "len(v)"), "fired has room for len(v) + 8.")
	pv, pu, current, arrived, n := pointer("v"), pointer("u"), pointer("current"), pointer("arrived"), length("v")
	dt := scalar(v, "dt")
	of, next := Load(Param("of"), GP64()).(reg.GPVirtual), Load(Param("next"), GP64())
	parameter := func(which int) Mem { return Mem{Base: of, Disp: width(v) * which} }
	list := pointer("fired")
	indices, step := firstIndices(v)
	found := GP64()
	XORQ(found, found)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		v0, u0 := load(v, at(pv, i, 0)), load(v, at(pu, i, 0))
		drive := mul(v, add(v, load(v, parameter(izhikevichIE)), at(current, i, 0)), konst(1e12))
		slope := mul(v, add(v, mul(v, v0, konst(4e4)), konst(5e3)), v0)
		slope = sub(v, add(v, slope, konst(140)), mul(v, u0, konst(1e3)))
		v1 := add(v, add(v, v0, mul(v, add(v, slope, drive), dt)), at(arrived, i, 0))
		v1 = larger(v, load(v, parameter(izhikevichMin)), v1)
		relax := sub(v, mul(v, v0, parameter(izhikevichB)), u0)
		u1 := add(v, u0, mul(v, mul(v, relax, parameter(izhikevichA)), dt))
		fires := v.compare(atLeast, v1, parameter(izhikevichThreshold))
		store(v.choose(fires, load(v, parameter(izhikevichC)), v1), at(pv, i, 0))
		store(v.choose(fires, add(v, u1, parameter(izhikevichD)), u1), at(pu, i, 0))
		v.compress(fires, indices, list, found)
		VPADDD(step, indices, indices)
		ADDQ(next, of)
	})
	Store(found, ReturnIndex(0))
	end()
}
