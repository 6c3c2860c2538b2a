package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func axpyRoutine(v vectors) {
	function(v, "axpy", "(y []float64, a float64, x []float64)",
		"\tfor i := range y { y[i] += float64(a*x[i]) }", multiple(v, "len(y)"))
	y, x, n := pointer("y"), pointer("x"), length("y")
	a := scalar(v, "a")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		store(add(v, load(v, at(y, i, 0)), mul(v, a, at(x, i, 0))), at(y, i, 0))
	})
	end()
}

// dotLanes is the number of sums that a dot product is split into.
const dotLanes = 32

func dotRoutine(v vectors) {
	function(v, "dot", "(sums *[32]float64, x, y []float64)",
		"\tfor i := range x { sums[i%32] += float64(x[i]*y[i]) }", "", "len(x) is a multiple of 32.")
	sums := Load(Param("sums"), GP64()).(reg.GPVirtual)
	x, y, n := pointer("x"), pointer("y"), length("x")
	var acc []vec
	for l := 0; l < dotLanes; l += v.lanes() {
		acc = append(acc, load(v, Mem{Base: sums, Disp: 8 * l}))
	}
	loop("next", n, dotLanes, func(i reg.GPVirtual) {
		for l, s := range acc {
			offset := l * width(v)
			VADDPD(mul(v, load(v, at(x, i, offset)), at(y, i, offset)), s, s)
		}
	})
	for l, s := range acc {
		store(s, Mem{Base: sums, Disp: l * width(v)})
	}
	end()
}

func lowpassRoutine(v vectors) {
	function(v, "lowpass", "(y, x []float64, a, b float64)",
		"\tfor i := range y { y[i] = float64(a*y[i]) + float64(b*x[i]) }", multiple(v, "len(y)"))
	y, x, n := pointer("y"), pointer("x"), length("y")
	a, b := scalar(v, "a"), scalar(v, "b")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		store(add(v, mul(v, a, at(y, i, 0)), mul(v, b, at(x, i, 0))), at(y, i, 0))
	})
	end()
}

func affineRoutine(v vectors) {
	function(v, "affine", "(y, a, b []float64)",
		"\tfor i := range y { y[i] = float64(a[i]*y[i]) + b[i] }", multiple(v, "len(y)"))
	y, a, b, n := pointer("y"), pointer("a"), pointer("b"), length("y")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		store(add(v, mul(v, load(v, at(a, i, 0)), at(y, i, 0)), at(b, i, 0)), at(y, i, 0))
	})
	end()
}

func extremesRoutine(v vectors) {
	function(v, "extremes", "(low, high, x []float64)",
		"\tfor i := range x {",
		"\t\tif x[i] < low[i] { low[i] = x[i] }",
		"\t\tif x[i] > high[i] { high[i] = x[i] }",
		"\t}", multiple(v, "len(x)"))
	low, high, x, n := pointer("low"), pointer("high"), pointer("x"), length("x")
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		value := load(v, at(x, i, 0))
		store(smaller(v, value, at(low, i, 0)), at(low, i, 0))
		store(larger(v, value, at(high, i, 0)), at(high, i, 0))
	})
	end()
}
