package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// columnsVectors is how many vectors of sums stay in registers.
const columnsVectors = 4

func columnsRoutine(v vectors) {
	function(v, "columns", "(y, base, x, w []float64, stride int)",
		"\tfor i := range y {",
		"\t\ty[i] = base[i]",
		"\t\tfor j := range x { y[i] += float64(w[j*stride+i]*x[j]) }",
		"\t}", multiple(v, "len(y)"))
	y, base, x, w := pointer("y"), pointer("base"), pointer("x"), pointer("w")
	n, count := length("y"), length("x")
	stride := Load(Param("stride"), GP64()).(reg.GPVirtual)
	SHLQ(Imm(3), stride)
	i := GP64()
	XORQ(i, i)
	limit := GP64()
	for _, vectors := range []int{columnsVectors, 1} {
		label := map[int]string{columnsVectors: "wide", 1: "narrow"}[vectors]
		MOVQ(n, limit)
		SUBQ(Imm(uint64(vectors*v.lanes()-1)), limit)
		Label(label)
		CMPQ(i, limit)
		JGE(LabelRef(label + "_end"))
		var sums []vec
		for k := range vectors {
			sums = append(sums, load(v, at(base, i, k*width(v))))
		}
		column := GP64()
		LEAQ(at(w, i, 0), column)
		loop(label+"_column", count, 1, func(j reg.GPVirtual) {
			factor := broadcast(v, at(x, j, 0))
			for k, s := range sums {
				VADDPD(mul(v, factor, Mem{Base: column, Disp: k * width(v)}), s, s)
			}
			ADDQ(stride, column)
		})
		for k, s := range sums {
			store(s, at(y, i, k*width(v)))
		}
		ADDQ(Imm(uint64(vectors*v.lanes())), i)
		JMP(LabelRef(label))
		Label(label + "_end")
	}
	end()
}

// panelRows is the number of rows of a panel of Columns.
const panelRows = 32

// panelsRoutine is columns for panels one after the other, all of whose sums stay in
// registers.
func panelsRoutine(v vectors) {
	function(v, "panels", "(y, base, x, w []float64)",
		"\tfor p := 0; p < len(y); p += 32 {",
		"\t\tfor i := p; i < p+32; i++ {",
		"\t\t\ty[i] = base[i]",
		"\t\t\tfor j := range x { y[i] += float64(w[p*len(x)+j*32+i-p]*x[j]) }",
		"\t\t}",
		"\t}", "", "len(y) is a multiple of 32.")
	y, base, x, w := pointer("y"), pointer("base"), pointer("x"), pointer("w")
	n, count := length("y"), length("x")
	loop("panel", n, panelRows, func(i reg.GPVirtual) {
		var sums []vec
		for k := 0; k < panelRows; k += v.lanes() {
			sums = append(sums, load(v, at(base, i, 8*k)))
		}
		loop("column", count, 1, func(j reg.GPVirtual) {
			factor := broadcast(v, at(x, j, 0))
			for k, s := range sums {
				VADDPD(mul(v, factor, Mem{Base: w, Disp: k * width(v)}), s, s)
			}
			ADDQ(U32(8*panelRows), w)
		})
		for k, s := range sums {
			store(s, at(y, i, k*width(v)))
		}
	})
	end()
}
