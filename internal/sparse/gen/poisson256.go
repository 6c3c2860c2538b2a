package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// poissonAVX2 generates the draws with two blocks of the cipher in a vector, for 16
// neurons, and four vectors at a time. It needs AES.
func poissonAVX2() {
	p := beginPoisson("AVX2")
	upper, lower := AllocLocal(128), AllocLocal(128)
	Label("group")
	zero := zero256()
	for i := range 4 {
		VMOVDQU(zero, Mem{Base: p.counts, Disp: 32 * i})
	}
	p.eachSummand(func(summand reg.GPVirtual) { p.addCountsAVX2(summand, upper, lower) })
	p.next(64)
	VZEROUPPER()
	RET()
}

// addCountsAVX2 adds the counts of one summand. The lower halves of the words are
// always drawn, and all words kept in memory: registers are scarce.
func (p *drawer) addCountsAVX2(summand reg.GPVirtual, upper, lower Mem) {
	second := GP64()
	MOVL(U32(lowerHalves), second.As32())
	ORQ(summand, second)
	p.wordsAVX2(summand, upper)
	p.wordsAVX2(second, lower)
	for i := range 4 {
		words, even, odd := load256(upper.Offset(32*i)), YMM(), YMM()
		VPSLLD(Imm(16), words, even)
		count := p.aliasAVX2(even, lower.Offset(32*i), true)
		high := p.aliasAVX2(words, lower.Offset(32*i), false)
		VPSLLD(Imm(16), high, odd)
		VPOR(odd, count, count)
		to := Mem{Base: p.counts, Disp: 32 * i}
		VPADDW(to, count, count)
		VMOVDQU(count, to)
	}
}

// wordsAVX2 writes the words of eight times 8 neurons.
func (p *drawer) wordsAVX2(summand reg.GPVirtual, to Mem) {
	var words [8]reg.VecVirtual
	first := p.counter(summand)
	VPXOR(p.key(0), first, first)
	for b := range words {
		words[b] = XMM()
		VPXOR(blocks(b), first, words[b]) // of a group: the lowest bits are 0
	}
	p.encrypt(words[:])
	for b, w := range words {
		VMOVDQU(w, to.Offset(16*b))
	}
}

// aliasAVX2 is aliasTable.draw for the upper halves of lanes of 32 bits, with the
// lower or upper halves of others in memory. Thresholds and words are compared as
// signed numbers, with their highest bits flipped.
func (p *drawer) aliasAVX2(upper reg.VecVirtual, lower Mem, even bool) reg.VecVirtual {
	column, bound := YMM(), YMM()
	thirtyOne, sign := broadcastConstant(31<<32|31), broadcastConstant(1<<63|1<<31)
	VPSRLD(Imm(16), upper, column)
	VPAND(thirtyOne, column, column)
	entry := p.lookUpAVX2(column)

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

// lookUpAVX2 takes entries of the table: from each of its quarters by the lowest
// three bits of a column, and among these by the other two.
func (p *drawer) lookUpAVX2(column reg.VecVirtual) reg.VecVirtual {
	var quarters [4]reg.VecVirtual
	for i := range quarters {
		quarters[i] = YMM()
		VPERMD(p.field(argTable+32*i), column, quarters[i])
	}
	bit := YMM() // as a sign
	VPSLLD(Imm(31-3), column, bit)
	VBLENDVPS(bit, quarters[1], quarters[0], quarters[0])
	VBLENDVPS(bit, quarters[3], quarters[2], quarters[2])
	VPSLLD(Imm(31-4), column, bit)
	VBLENDVPS(bit, quarters[2], quarters[0], quarters[0])
	return quarters[0]
}
