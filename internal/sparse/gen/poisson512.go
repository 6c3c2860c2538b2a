package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// poisson512 is the registers of the routine that draws Poisson counts.
type poisson512 struct {
	drawer
	mul0, mul1, block, thirtyOne reg.VecVirtual
	tableLow, tableHigh          reg.VecVirtual
	upper, top                   reg.VecVirtual // masks of 16 and of 11 bits
	odd                          reg.Register
}

// poissonAVX512 generates the draws with 8 blocks of Philox, for 64 neurons, in
// a vector. Two vectors are drawn at a time, because a block is a long chain of
// operations that wait for each other.
func poissonAVX512() {
	p := &poisson512{
		drawer: beginPoisson("AVX512"),
		mul0:   all512(mul0), mul1: all512(mul1), thirtyOne: all512(31<<32 | 31),
		upper: all512(0xffff0000_ffff0000), top: all512(0xffe00000_ffe00000),
		block: ZMM(), tableLow: ZMM(), tableHigh: ZMM(), odd: K(),
	}
	VMOVDQU64(p.field(argTable), p.tableLow)
	VMOVDQU64(p.field(argTable+64), p.tableHigh)
	VPBROADCASTQ(p.field(argBlock), p.block)
	VPADDQ(constant("lanes", lanes), p.block, p.block)
	mask := GP32()
	MOVL(U32(0xaaaa), mask)
	KMOVW(mask, p.odd)

	Label("group")
	zero := ZMM()
	VPXORQ(zero, zero, zero)
	for i := range 8 {
		VMOVDQU64(zero, Mem{Base: p.counts, Disp: 64 * i})
	}
	p.eachSummand(p.addCounts)
	VPADDQ(broadcastConstant(16), p.block, p.block)
	p.next(128)
	VZEROUPPER()
	RET()
}

func all512(x uint64) reg.VecVirtual {
	z := ZMM()
	VMOVDQU64(broadcastConstant(x), z)
	return z
}

// addCounts adds the counts of one summand. If the lower half of any word
// matters, all are drawn.
func (p *poisson512) addCounts(summand reg.GPVirtual) {
	words := p.philox(summand)
	undecided := K()
	KXORW(undecided, undecided, undecided)
	halves := p.upperHalves(words)
	counts := make([]reg.VecVirtual, len(halves))
	for i, half := range halves {
		counts[i] = p.alias(half, undecided)
	}
	KORTESTW(undecided, undecided)
	JZ(LabelRef("decided"))

	second := GP64()
	MOVL(U32(lowerHalves), second.As32())
	ORQ(summand, second)
	halves = p.upperHalves(words)
	for i, lower := range p.philox(second) {
		VPSRLD(Imm(16), lower, words[i])
		VPORD(words[i], halves[2*i+1], halves[2*i+1])
		VPANDND(lower, p.upper, lower)
		VPORD(lower, halves[2*i], halves[2*i])
	}
	for i, word := range halves {
		VMOVDQA64(p.alias(word, nil), counts[i])
	}
	Label("decided")
	for i, count := range counts {
		to := Mem{Base: p.counts, Disp: 64 * i}
		VPADDD(to, count, count)
		VMOVDQU64(count, to)
	}
}

// upperHalves returns, for each vector of words, the lower halves and then the
// upper halves as upper halves of words, which are zero below.
func (p *poisson512) upperHalves(words []reg.VecVirtual) (halves []reg.VecVirtual) {
	for _, w := range words {
		low, high := ZMM(), ZMM()
		VPSLLD(Imm(16), w, low)
		VPANDD(p.upper, w, high)
		halves = append(halves, low, high)
	}
	return halves
}

// philox returns the words 0 and 1 of 8 blocks in turn, then the
// words 2 and 3, and the same for the next 8 blocks. A 32-bit number is the lower
// half of a lane of 64; the upper half is garbage, which the multiplication
// ignores.
func (p *poisson512) philox(summand reg.GPVirtual) []reg.VecVirtual {
	var x0, x2, y0, y2 [2]reg.VecVirtual // y: the lower halves of the products
	for g := range 2 {
		x0[g], x2[g], y0[g], y2[g] = ZMM(), ZMM(), ZMM(), ZMM()
		VPADDQ(broadcastConstant(uint64(8*g)), p.block, x0[g])
		VPBROADCASTQ(summand, y0[g])
		VPBROADCASTQ(p.field(argStep), x2[g])
		VPSRLQ(Imm(32), x2[g], y2[g])
	}
	for r := range rounds {
		for g := range 2 {
			p0, p1 := ZMM(), ZMM()
			VPMULUDQ(p.mul0, x0[g], p0)
			VPMULUDQ(p.mul1, x2[g], p1)
			VPSRLQ(Imm(32), p1, x0[g])
			VPSRLQ(Imm(32), p0, x2[g])
			VPTERNLOGQ_BCST(Imm(0x96), p.field(argKeys+16*r), y0[g], x0[g])
			VPTERNLOGQ_BCST(Imm(0x96), p.field(argKeys+16*r+8), y2[g], x2[g])
			y0[g], y2[g] = p1, p0
		}
	}
	var words []reg.VecVirtual
	for g := range 2 {
		VPSLLQ(Imm(32), y0[g], y0[g])
		VPSLLQ(Imm(32), y2[g], y2[g])
		VMOVDQA32(y0[g], p.odd, x0[g])
		VMOVDQA32(y2[g], p.odd, x2[g])
		words = append(words, x0[g], x2[g])
	}
	return words
}

// alias is aliasTable.draw. It adds to the mask of undecided lanes.
func (p *poisson512) alias(words reg.VecVirtual, undecided reg.Register) reg.VecVirtual {
	rotated, entry, bound := ZMM(), ZMM(), ZMM()
	VPROLD(Imm(5), words, rotated)
	VMOVDQA64(rotated, entry)
	VPERMI2D(p.tableHigh, p.tableLow, entry)
	if undecided != nil {
		same, lanes := ZMM(), K()
		VPXORD(rotated, entry, same)
		VPTESTNMD(p.top, same, lanes)
		KORW(lanes, undecided, undecided)
	}
	VPORD(p.thirtyOne, rotated, bound)
	own := K()
	VPCMPUD(Imm(1), entry, bound, own) // bound < entry
	VMOVDQA32(rotated, own, entry)
	VPANDD(p.thirtyOne, entry, entry)
	return entry
}
