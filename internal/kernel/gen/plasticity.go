package main

import "github.com/mmcloughlin/avo/reg"

// addPowerRoutine writes potentiation by a power of the weight.
func addPowerRoutine(v vectors) {
	function(v, "addPower", "(dst, k []float64, scale, mu float64)",
		"\tfor i, w := range dst { dst[i] = w + (scale·Power(w, mu))·k[i] }", multiple(v, "len(dst)"),
		"mu is neither 0 nor 1.")
	dst, k, n := pointer("dst"), pointer("k"), length("dst")
	scale, mu := scalar(v, "scale"), scalar(v, "mu")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		w := load(v, at(dst, i, 0))
		x := larger(v, w, zero(v))
		p := exp(v, mul(v, mu, log(v, x)))
		store(add(v, w, mul(v, mul(v, scale, p), load(v, at(k, i, 0)))), at(dst, i, 0))
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
