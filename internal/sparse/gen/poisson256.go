package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// poissonAVX2 generates the draws with 4 blocks of Philox in a vector.
func poissonAVX2() {
	p := beginPoisson("AVX2")
	lower := AllocLocal(64)
	block := YMM()
	VPBROADCASTQ(p.field(argBlock), block)
	Label("group")
	zero := zero256()
	for i := range 4 {
		VMOVDQU(zero, Mem{Base: p.counts, Disp: 32 * i})
	}
	p.eachSummand(func(summand reg.GPVirtual) {
		for half := range 2 {
			p.addCountsAVX2(block, 4*half, summand, lower)
		}
	})
	VPADDQ(broadcastConstant(8), block, block)
	p.next(64)
	VZEROUPPER()
	RET()
}

// addCountsAVX2 adds what four blocks of one summand bring to 32 neurons. The
// lower halves of the words are always drawn, and kept in memory: registers are
// scarce.
func (p *drawer) addCountsAVX2(block reg.VecVirtual, first int, summand reg.GPVirtual, lower Mem) {
	second := GP64()
	MOVL(U32(lowerHalves), second.As32())
	ORQ(summand, second)
	for i, w := range p.philoxAVX2(block, first, second) {
		VMOVDQU(w, lower.Offset(32*i))
	}
	words := p.philoxAVX2(block, first, summand)
	for i, upper := range words {
		even, odd := YMM(), YMM()
		VPSLLD(Imm(16), upper, even)
		count := p.aliasAVX2(even, lower.Offset(32*i), true)
		high := p.aliasAVX2(upper, lower.Offset(32*i), false)
		VPSLLD(Imm(16), high, odd)
		VPOR(odd, count, count)
		to := Mem{Base: p.counts, Disp: 64*i + 8*first}
		VPADDW(to, count, count)
		VMOVDQU(count, to)
	}
}

// philoxAVX2 is the philox of AVX-512 for four blocks from block+first.
func (p *drawer) philoxAVX2(block reg.VecVirtual, first int, summand reg.GPVirtual) [2]reg.VecVirtual {
	x0, x2, y0, y2 := YMM(), YMM(), YMM(), YMM()
	VPADDQ(constant("lanes", lanes).Offset(8*first), block, x0)
	low := XMM()
	VMOVQ(summand, low)
	VPBROADCASTQ(low, y0)
	VPBROADCASTQ(p.field(argStep), x2)
	VPSRLQ(Imm(32), x2, y2)
	for r := range rounds {
		p0, p1, key0, key1 := YMM(), YMM(), YMM(), YMM()
		VPBROADCASTQ(p.field(argKeys+16*r), key0)
		VPBROADCASTQ(p.field(argKeys+16*r+8), key1)
		VPXOR(key0, y0, y0)
		VPXOR(key1, y2, y2)
		VPMULUDQ(broadcastConstant(mul0), x0, p0)
		VPMULUDQ(broadcastConstant(mul1), x2, p1)
		VPSRLQ(Imm(32), p1, x0)
		VPSRLQ(Imm(32), p0, x2)
		VPXOR(y0, x0, x0)
		VPXOR(y2, x2, x2)
		y0, y2 = p1, p0
	}
	VPSLLQ(Imm(32), y0, y0)
	VPSLLQ(Imm(32), y2, y2)
	VPBLENDD(Imm(0xaa), y0, x0, x0)
	VPBLENDD(Imm(0xaa), y2, x2, x2)
	return [2]reg.VecVirtual{x0, x2}
}

// aliasAVX2 is aliasTable.draw for the upper halves of lanes of 32 bits, with the
// lower or upper halves of others in memory. Thresholds and words are compared as
// signed numbers, with their highest bits flipped.
func (p *drawer) aliasAVX2(upper reg.VecVirtual, lower Mem, even bool) reg.VecVirtual {
	column, entry, mask, bound := YMM(), YMM(), YMM(), YMM()
	thirtyOne, sign := broadcastConstant(31<<32|31), broadcastConstant(1<<63|1<<31)
	VPSRLD(Imm(16), upper, column)
	VPAND(thirtyOne, column, column)
	VMOVDQU(broadcastConstant(1<<64-1), mask)
	table := GP64()
	LEAQ(p.field(argTable), table)
	VPGATHERDD(mask, Mem{Base: table, Index: column, Scale: 4}, entry)

	// bound is the upper 11 bits of the word, the 16 of its lower half, and 31.
	low := load256(lower)
	if even {
		VPSLLD(Imm(16), low, low)
	}
	VPSRLD(Imm(16), low, low)
	VPSLLD(Imm(5), low, low)
	VPAND(broadcastConstant(0xffe00000_ffe00000), upper, bound)
	VPOR(low, bound, bound)
	VPOR(thirtyOne, bound, bound)
	VPXOR(sign, bound, bound)
	limit := YMM()
	VPXOR(sign, entry, limit)
	VPCMPGTD(bound, limit, limit) // limit > bound
	VPBLENDVB(limit, column, entry, entry)
	VPAND(thirtyOne, entry, entry)
	return entry
}
