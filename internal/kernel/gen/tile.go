package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Matrices for tiles are stored in strips of this many columns, row by row. A tile
// is some rows of a strip.
const (
	strip    = 32
	tileRows = 4
)

// tile holds rows of a strip in registers. On AVX2 not all columns fit: the routine
// goes over the rest in further turns.
type tile struct {
	v     vectors
	first int // column of this turn
	sums  [][]vec
	c     reg.GPVirtual
}

// turns runs body for as many tiles as cover the columns of c.
func turns(v vectors, rows, vectorsPerRow int, body func(t tile, label string)) {
	for first := 0; first < strip; first += vectorsPerRow * v.lanes() {
		t := tile{v, first, make([][]vec, rows), pointer("c")}
		for row := range t.sums {
			for k := range vectorsPerRow {
				t.sums[row] = append(t.sums[row], load(v, t.place(row, k)))
			}
		}
		body(t, "turn"+string(rune('a'+first/v.lanes())))
		for row := range t.sums {
			for k, s := range t.sums[row] {
				store(s, t.place(row, k))
			}
		}
	}
	end()
}

func (t tile) place(row, k int) Mem {
	return Mem{Base: t.c, Disp: 8 * (strip*row + t.first + k*t.v.lanes())}
}

// factors loads row of a strip.
func (t tile) factors(b, row reg.Register) (f []vec) {
	for k := range t.sums[0] {
		f = append(f, load(t.v, at(b, row, 8*(t.first+k*t.v.lanes()))))
	}
	return f
}

// change adds to every row of the tile, or subtracts from it, factors times an
// element of a. That element is read by every multiplication where that is possible:
// to broadcast it first takes a fifth longer on a Zen 4.
func (t tile) change(minus bool, a, row reg.Register, factors []vec) {
	for i := range t.sums {
		place := at(a, row, 8*i)
		for k, product := range t.v.scaled(factors, place) {
			if s := t.sums[i][k]; minus {
				VSUBPD(product, s, s)
			} else {
				VADDPD(product, s, s)
			}
		}
	}
}

// tileRoutine adds products of all rows of two strips to a tile, or subtracts them.
func tileRoutine(v vectors, minus bool) {
	name, change := "tile", "+="
	if minus {
		name, change = "tileMinus", "-="
	}
	function(v, name, "(c, a, b []float64)",
		"\tfor k := 0; k < len(b); k += 32 {",
		"\t\tfor i := range 4 {",
		"\t\t\tfor j := range 32 { c[32*i+j] "+change+" float64(a[k+i]*b[k+j]) }",
		"\t\t}",
		"\t}")
	turns(v, tileRows, min(strip/v.lanes(), v.registers()/8), func(t tile, label string) {
		a, b, n := pointer("a"), pointer("b"), length("b")
		loop(label, n, strip, func(row reg.GPVirtual) {
			t.change(minus, a, row, t.factors(b, row))
		})
	})
}

// tileSomeRoutine adds products of some rows of two strips to a tile of two rows.
func tileSomeRoutine(v vectors) {
	function(v, "tileSome", "(c []float64, rows uint64, a, b []float64)",
		"\tfor k := range 64 {",
		"\t\tif rows>>k&1 != 0 {",
		"\t\t\tfor i := range 2 {",
		"\t\t\t\tfor j := range 32 { c[32*i+j] += float64(a[32*k+i]*b[32*k+j]) }",
		"\t\t\t}",
		"\t\t}",
		"\t}")
	turns(v, 2, 4, func(t tile, label string) {
		a, b := pointer("a"), pointer("b")
		left, row := Load(Param("rows"), GP64()).(reg.GPVirtual), GP64()
		TESTQ(left, left)
		JEQ(LabelRef(label + "_end"))
		Label(label)
		TZCNTQ(left, row)
		SHLQ(Imm(5), row)
		BLSRQ(left, left) // its flags last until the jump
		t.change(false, a, row, t.factors(b, row))
		JNE(LabelRef(label))
		Label(label + "_end")
	})
}

// tileSolveRoutine solves for four rows of a strip.
func tileSolveRoutine(v vectors) {
	function(v, "tileSolve", "(c, l []float64)",
		"\tfor k := range 4 {",
		"\t\tfor j := range 32 { c[32*k+j] /= l[32*k+k] }",
		"\t\tfor i := k + 1; i < 4; i++ {",
		"\t\t\tfor j := range 32 { c[32*i+j] -= float64(l[32*k+i] * c[32*k+j]) }",
		"\t\t}",
		"\t}")
	turns(v, tileRows, min(strip/v.lanes(), v.registers()/8), func(t tile, _ string) {
		l := pointer("l")
		element := func(k, i int) vec { return broadcast(v, Mem{Base: l, Disp: 8 * (strip*k + i)}) }
		for k := range tileRows {
			diagonal := element(k, k)
			for _, x := range t.sums[k] {
				VDIVPD(diagonal, x, x)
			}
			for i := k + 1; i < tileRows; i++ {
				factor := element(k, i)
				for j, x := range t.sums[k] {
					VSUBPD(mul(v, factor, x), t.sums[i][j], t.sums[i][j])
				}
			}
		}
	})
}

// surveyRoutine looks at the columns of a strip.
func surveyRoutine(v vectors) {
	function(v, "survey", "(low, high []float64, used []uint64, x []float64)",
		"\tfor k := range len(x)/32 {",
		"\t\tfor j, x := range x[32*k:][:32] {",
		"\t\t\tif x < low[j] { low[j] = x }",
		"\t\t\tif x > high[j] { high[j] = x }",
		"\t\t\tif x != 0 { used[j] |= 1<<k }",
		"\t\t}",
		"\t}", "",
		"for at most 64 rows.")
	low, high, used, x, n := pointer("low"), pointer("high"), pointer("used"), pointer("x"), length("x")
	for first := 0; first < strip; first += 2 * v.lanes() {
		var lows, highs, rows [2]vec
		place := func(base reg.GPVirtual, half int) Mem { return Mem{Base: base, Disp: 8 * (first + half*v.lanes())} }
		for half := range 2 {
			lows[half], highs[half] = load(v, place(low, half)), load(v, place(high, half))
			rows[half] = load(v, place(used, half))
		}
		bit, nothing := load(v, bitsConst(1)), zero(v)
		loop("turn"+string(rune('a'+first/v.lanes())), n, strip, func(i reg.GPVirtual) {
			for half := range 2 {
				value := load(v, at(x, i, 8*(first+half*v.lanes())))
				VMINPD(lows[half], value, lows[half])
				VMAXPD(highs[half], value, highs[half])
				v.orWhere(v.compare(notEqual, value, nothing), rows[half], bit)
			}
			VPSLLQ(Imm(1), bit, bit)
		})
		for half := range 2 {
			store(lows[half], place(low, half))
			store(highs[half], place(high, half))
			store(rows[half], place(used, half))
		}
	}
	end()
}
