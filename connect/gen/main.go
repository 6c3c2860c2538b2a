// Command gen writes the assembly of package connect: many words of Philox at
// once.
package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	rounds = 10
	mul0   = 0xD2511F53
	mul1   = 0xCD9E8D57
	weyl0  = 0x9E3779B9
	weyl1  = 0xBB67AE85
)

func main() {
	ConstraintExpr("amd64")
	TEXT("fillAVX512", attr.NOSPLIT, "func(dst *uint32, n int, key, element, block uint64)")
	Pragma("noescape")
	Doc("fillAVX512 computes", "", "	fillPortable(dst[:n], key, element, block)", "",
		"for n a positive multiple of 64. It needs AVX-512 F.")
	dst := Load(Param("dst"), GP64()).(reg.GPVirtual)
	n := Load(Param("n"), GP64()).(reg.GPVirtual)
	element := [2]reg.VecVirtual{broadcast("element", 0), broadcast("element", 32)}
	key := [2]reg.VecVirtual{broadcast("key", 0), broadcast("key", 32)}
	weyl := [2]reg.VecVirtual{constant(repeat(weyl0)), constant(repeat(weyl1))}
	mul := [2]reg.VecVirtual{constant(repeat(mul0)), constant(repeat(mul1))}
	low, high := constant([8]uint64{0, 8, 1, 9, 2, 10, 3, 11}), constant([8]uint64{4, 12, 5, 13, 6, 14, 7, 15})
	block := broadcast("block", 0)
	VPADDQ(number([8]uint64{0, 1, 2, 3, 4, 5, 6, 7}), block, block)

	Label("words")
	for i, pair := range philox(element, key, weyl, mul, block) {
		for half, order := range []reg.VecVirtual{low, high} {
			words := ZMM()
			VMOVDQA64(order, words)
			VPERMI2Q(pair[1], pair[0], words)
			VMOVDQU64(words, Mem{Base: dst, Disp: 128*i + 64*half})
		}
	}
	VPADDQ(number(repeat(16)), block, block)
	ADDQ(U32(256), dst)
	SUBQ(Imm(64), n)
	JG(LabelRef("words"))
	VZEROUPPER()
	RET()
	Generate()
}

// philox encrypts two vectors of 8 counters side by side, because each round
// waits for the one before. A 32-bit number is the lower half of a lane of 64;
// the upper half is garbage, which the multiplication ignores. Returned are the
// words 0 and 1 and the words 2 and 3 of each block as lanes.
func philox(element, key, weyl, mul [2]reg.VecVirtual, block reg.VecVirtual) (pairs [2][2]reg.VecVirtual) {
	var x0, x2, y0, y2 [2]reg.VecVirtual // y: the lower halves of the products
	for g := range 2 {
		x0[g], y0[g] = copyOf(element[0]), copyOf(element[1])
		x2[g], y2[g] = ZMM(), ZMM()
		VPADDQ(number(repeat(uint64(8*g))), block, x2[g])
		VPSRLQ(Imm(32), x2[g], y2[g])
	}
	k0, k1 := copyOf(key[0]), copyOf(key[1])
	for range rounds {
		for g := range 2 {
			p0, p1 := ZMM(), ZMM()
			VPMULUDQ(mul[0], x0[g], p0)
			VPMULUDQ(mul[1], x2[g], p1)
			VPSRLQ(Imm(32), p1, x0[g])
			VPSRLQ(Imm(32), p0, x2[g])
			VPTERNLOGQ(Imm(0x96), k0, y0[g], x0[g])
			VPTERNLOGQ(Imm(0x96), k1, y2[g], x2[g])
			y0[g], y2[g] = p1, p0
		}
		VPADDD(weyl[0], k0, k0)
		VPADDD(weyl[1], k1, k1)
	}
	odd := K()
	mask := GP32()
	MOVL(U32(0xaaaa), mask)
	KMOVW(mask, odd)
	for g := range 2 {
		VPSLLQ(Imm(32), y0[g], y0[g])
		VPSLLQ(Imm(32), y2[g], y2[g])
		VMOVDQA32(y0[g], odd, x0[g])
		VMOVDQA32(y2[g], odd, x2[g])
		pairs[g] = [2]reg.VecVirtual{x0[g], x2[g]}
	}
	return pairs
}

// broadcast puts a parameter, shifted to the right, into all lanes.
func broadcast(name string, shift uint64) reg.VecVirtual {
	r, z := Load(Param(name), GP64()), ZMM()
	if shift > 0 {
		SHRQ(Imm(shift), r)
	}
	VPBROADCASTQ(r, z)
	return z
}

func copyOf(x reg.VecVirtual) reg.VecVirtual { z := ZMM(); VMOVDQA64(x, z); return z }

func constant(lanes [8]uint64) reg.VecVirtual {
	z := ZMM()
	VMOVDQU64(number(lanes), z)
	return z
}

func repeat(x uint64) (lanes [8]uint64) {
	for i := range lanes {
		lanes[i] = x
	}
	return lanes
}

var numbers = map[[8]uint64]Mem{}

// number is eight lanes in memory.
func number(lanes [8]uint64) Mem {
	if m, ok := numbers[lanes]; ok {
		return m
	}
	m := GLOBL(fmt.Sprintf("lanes%d", len(numbers)), attr.RODATA|attr.NOPTR)
	for i, x := range lanes {
		DATA(8*i, U64(x))
	}
	numbers[lanes] = m
	return m
}
