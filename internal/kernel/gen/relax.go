package main

import "github.com/mmcloughlin/avo/reg"

func relaxRoutine(v vectors) {
	function(v, "relax", "(y []float64, a float64, g, d []float64)",
		"\tfor i := range y { y[i] += float64(a*g[i]) - float64(d[i]*y[i]) }", multiple(v, "len(y)"))
	y, g, d, n := pointer("y"), pointer("g"), pointer("d"), length("y")
	a := scalar(v, "a")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		old := load(v, at(y, i, 0))
		change := sub(v, mul(v, a, at(g, i, 0)), mul(v, old, at(d, i, 0)))
		store(add(v, old, change), at(y, i, 0))
	})
	end()
}
