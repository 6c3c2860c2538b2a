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

// A tile of four rows and sixteen columns.
const (
	tileRows    = 4
	tileColumns = 16
)

// tileRoutine makes a routine that multiplies all rows of the panels, and one for
// rows on a list, of which a holds the left factors side by side.
func tileRoutine(v vectors, listed bool) {
	if listed {
		function(v, "tileListed", "(c []float64, stride int, a []float64, list []int32, b []float64)",
			"\tfor k, at := range list {",
			"\t\tfor i := range 4 {",
			"\t\t\tfor j := range 16 { c[stride*i+j] += float64(a[4*k+i]*b[at+j]) }",
			"\t\t}",
			"\t}")
	} else {
		function(v, "tile", "(c []float64, stride int, a, b []float64)",
			"\tfor k := 0; k < len(b); k += 16 {",
			"\t\tfor i := range 4 {",
			"\t\t\tfor j := range 16 { c[stride*i+j] += float64(a[k+i]*b[k+j]) }",
			"\t\t}",
			"\t}")
	}
	// Eight sums of two vectors of columns fit the registers of both widths;
	// AVX2 takes two turns.
	columns := 2 * v.lanes()
	for first := 0; first < tileColumns; first += columns {
		a, b := pointer("a"), pointer("b")
		stride := Load(Param("stride"), GP64()).(reg.GPVirtual)
		rows := [tileRows]reg.GPVirtual{pointer("c")}
		for row := 1; row < tileRows; row++ {
			rows[row] = GP64()
			LEAQ(at(rows[row-1], stride, 0), rows[row])
		}
		place := func(row, half int) Mem {
			return Mem{Base: rows[row], Disp: 8 * (first + half*v.lanes())}
		}
		var sums [tileRows][2]vec
		for row := range sums {
			for half := range sums[row] {
				sums[row][half] = load(v, place(row, half))
			}
		}
		add := func(left func(row int) Mem, right func(offset int) Mem) {
			var factors [2]vec
			for half := range factors {
				factors[half] = load(v, right(8*first+half*width(v)))
			}
			for row := range sums {
				l := broadcast(v, left(row))
				for half, s := range sums[row] {
					VADDPD(mul(v, l, factors[half]), s, s)
				}
			}
		}
		label := "turn" + string(rune('a'+first/columns))
		if listed {
			list := pointer("list")
			loop(label, length("list"), 1, func(i reg.GPVirtual) {
				place := GP64()
				MOVLQSX(Mem{Base: list, Index: i, Scale: 4}, place)
				add(func(row int) Mem { return Mem{Base: a, Disp: 8 * row} },
					func(offset int) Mem { return at(b, place, offset) })
				ADDQ(Imm(8*tileRows), a)
			})
		} else {
			loop(label, length("b"), tileColumns, func(i reg.GPVirtual) {
				add(func(row int) Mem { return at(a, i, 8*row) },
					func(offset int) Mem { return at(b, i, offset) })
			})
		}
		for row := range sums {
			for half, s := range sums[row] {
				store(s, place(row, half))
			}
		}
	}
	end()
}
