package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// addRowsRoutine keeps the sums of some columns in registers, and passes over the
// list for each of these.
func addRowsRoutine(v vectors) {
	function(v, "addRows", "(y []float64, x float64, w []float64, stride int, list []int32, first int)",
		"\tfor _, i := range list {",
		"\t\tfor k := range y { y[k] += float64(x*w[(int(i)-first)*stride+k]) }",
		"\t}", multiple(v, "len(y)"))
	y, w, columns := pointer("y"), pointer("w"), length("y")
	list, n := pointer("list"), length("list")
	x := scalar(v, "x")
	stride := Load(Param("stride"), GP64()).(reg.GPVirtual)
	SHLQ(Imm(3), stride)
	before := Load(Param("first"), GP64()).(reg.GPVirtual)
	IMULQ(stride, before)
	SUBQ(before, w)
	for _, vectors := range []int{4, 1} {
		label := map[int]string{4: "wide", 1: "narrow"}[vectors]
		bytes := vectors * width(v)
		Label(label)
		SUBQ(Imm(uint64(bytes/8)), columns)
		JL(LabelRef(label + "_end"))
		var sums []vec
		for k := range vectors {
			sums = append(sums, load(v, Mem{Base: y, Disp: k * width(v)}))
		}
		loop(label+"_row", n, 1, func(i reg.GPVirtual) {
			row := GP64()
			MOVLQSX(Mem{Base: list, Index: i, Scale: 4}, row)
			IMULQ(stride, row)
			for k, s := range sums {
				VADDPD(mul(v, x, Mem{Base: w, Index: row, Scale: 1, Disp: k * width(v)}), s, s)
			}
		})
		for k, s := range sums {
			store(s, Mem{Base: y, Disp: k * width(v)})
		}
		ADDQ(U32(bytes), y)
		ADDQ(U32(bytes), w)
		JMP(LabelRef(label))
		Label(label + "_end")
		ADDQ(Imm(uint64(bytes/8)), columns)
	}
	end()
}
