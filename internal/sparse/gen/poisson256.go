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

// addCountsAVX2 adds the counts of one summand. If the lower half of any word matters,
// all are drawn. Words are kept in memory: registers are scarce.
func (p *drawer) addCountsAVX2(summand reg.GPVirtual, upper, lower Mem) {
	var counts [4]reg.VecVirtual
	nearest := YMM() // to a threshold, in the upper 11 bits
	VPCMPEQD(nearest, nearest, nearest)
	p.wordsAVX2(summand, upper)
	for i := range counts {
		even, odd := p.lanesAVX2(upper.Offset(32 * i))
		for _, lane := range []*laneAVX2{even, odd} {
			off := YMM()
			VPXOR(lane.entry, lane.word, off)
			VPMINUD(off, nearest, nearest)
			VPOR(broadcastConstant(0x001fffff_001fffff), lane.word, lane.word)
		}
		counts[i] = joinAVX2(even.choose(), odd.choose())
	}
	VPAND(broadcastConstant(0xffe00000_ffe00000), nearest, nearest)
	zero := zero256()
	VPCMPEQD(zero, nearest, nearest)
	VPTEST(nearest, nearest)
	JZ(LabelRef("decided"))

	second := GP64()
	MOVL(U32(lowerHalves), second.As32())
	ORQ(summand, second)
	p.wordsAVX2(second, lower)
	for i := range counts {
		even, odd := p.lanesAVX2(upper.Offset(32 * i))
		below := load256(lower.Offset(32 * i))
		odd.extend(below)
		VPSLLD(Imm(16), below, below)
		even.extend(below)
		VMOVDQA(joinAVX2(even.choose(), odd.choose()), counts[i])
	}
	Label("decided")
	for i, count := range counts {
		to := Mem{Base: p.counts, Disp: 32 * i}
		VPADDW(to, count, count)
		VMOVDQU(count, to)
	}
}

// laneAVX2 is what aliasTable.draw works with, in lanes of 32 bits: words in their
// upper halves.
type laneAVX2 struct{ word, column, entry reg.VecVirtual }

// lanesAVX2 takes 16 words apart.
func (p *drawer) lanesAVX2(words Mem) (even, odd *laneAVX2) {
	lane := func(word reg.VecVirtual) *laneAVX2 {
		column := YMM()
		VPSRLD(Imm(16), word, column)
		VPAND(broadcastConstant(31<<32|31), column, column)
		return &laneAVX2{word, column, p.lookUpAVX2(column)}
	}
	all, shifted := load256(words), YMM()
	VPSLLD(Imm(16), all, shifted)
	return lane(shifted), lane(all)
}

// extend puts the lower half of the word, which is the upper half of a lane, behind
// its upper 11 bits, and 31 behind that.
func (l *laneAVX2) extend(below reg.VecVirtual) {
	low := YMM()
	VPSRLD(Imm(16), below, low)
	VPSLLD(Imm(5), low, low)
	VPAND(broadcastConstant(0xffe00000_ffe00000), l.word, l.word)
	VPOR(low, l.word, l.word)
	VPOR(broadcastConstant(31<<32|31), l.word, l.word)
}

// choose takes the column where the word is below the entry, and the alias otherwise.
// They are compared as signed numbers, with their highest bits flipped.
func (l *laneAVX2) choose() reg.VecVirtual {
	sign, bound, limit := broadcastConstant(1<<63|1<<31), YMM(), YMM()
	VPXOR(sign, l.word, bound)
	VPXOR(sign, l.entry, limit)
	VPCMPGTD(bound, limit, limit)
	VPBLENDVB(limit, l.column, l.entry, l.entry)
	VPAND(broadcastConstant(31<<32|31), l.entry, l.entry)
	return l.entry
}

// joinAVX2 puts counts of lanes side by side.
func joinAVX2(even, odd reg.VecVirtual) reg.VecVirtual {
	VPSLLD(Imm(16), odd, odd)
	VPOR(odd, even, even)
	return even
}

// wordsAVX2 writes the words of eight times 8 neurons.
func (p *drawer) wordsAVX2(summand reg.GPVirtual, to Mem) {
	var words [8]reg.VecVirtual
	p.encrypt(p.counter(summand), 0, words[:])
	for b, w := range words {
		VMOVDQU(w, to.Offset(16*b))
	}
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
