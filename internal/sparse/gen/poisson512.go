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
	table                        reg.VecVirtual // upper halves
	sums                         []reg.VecVirtual
	odd                          reg.Register
}

// poissonAVX512 generates the draws with 8 blocks of Philox, for 64 neurons, in
// a vector. Two vectors are drawn at a time, because a block is a long chain of
// operations that wait for each other. It needs F and BW.
func poissonAVX512() {
	p := &poisson512{
		drawer: beginPoisson("AVX512"),
		mul0:   all512(mul0), mul1: all512(mul1), thirtyOne: all512(0x001f_001f_001f_001f),
		block: ZMM(), table: ZMM(), odd: K(),
	}
	VMOVDQU16(p.field(argUpper), p.table)
	VPBROADCASTQ(p.field(argBlock), p.block)
	VPADDQ(constant("lanes", lanes), p.block, p.block)
	mask := GP32()
	MOVL(U32(0xaaaa), mask)
	KMOVW(mask, p.odd)
	for range 4 {
		p.sums = append(p.sums, ZMM())
	}

	Label("group")
	for _, sum := range p.sums {
		VPXORQ(sum, sum, sum)
	}
	p.eachSummand(p.addCounts)
	for i, sum := range p.sums {
		VMOVDQU16(sum, Mem{Base: p.counts, Disp: 64 * i})
	}
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
	upper := p.philox(summand)
	nearest := ZMM() // to a threshold, in the upper 11 bits
	VPTERNLOGD(Imm(0xff), nearest, nearest, nearest)
	entries, counts := make([]reg.VecVirtual, 4), make([]reg.VecVirtual, 4)
	for i, u := range upper {
		off := ZMM()
		entries[i] = lookUp(p.table, u)
		VPXORD(u, entries[i], off)
		VPMINUW(off, nearest, nearest)
		counts[i] = p.choose(u, entries[i], p.below(u, entries[i]))
	}
	undecided := K()
	VPCMPUW(Imm(2), p.thirtyOne, nearest, undecided) // nearest ≤ 31
	KORTESTD(undecided, undecided)
	JZ(LabelRef("decided"))

	second := GP64()
	MOVL(U32(lowerHalves), second.As32())
	ORQ(summand, second)
	table := ZMM()
	VMOVDQU16(p.field(argLower), table)
	for i, lower := range p.philox(second) {
		u, off, tie := upper[i], ZMM(), K()
		entry := lookUp(p.table, u)
		VPXORD(u, entry, off)
		VPCMPUW(Imm(2), p.thirtyOne, off, tie)
		VPCMPUW(Imm(1), lookUp(table, u), lower, tie, tie) // lower < its part of the threshold
		own := p.below(u, entry)
		KORD(tie, own, own)
		VMOVDQA64(p.choose(u, entry, own), counts[i])
	}
	Label("decided")
	for i, count := range counts {
		VPADDW(count, p.sums[i], p.sums[i])
	}
}

// lookUp is the entries of a table for the columns that words choose.
func lookUp(table, words reg.Register) reg.VecVirtual {
	entry := ZMM()
	VPERMW(table, words, entry)
	return entry
}

// below is the mask of words whose upper 11 bits are below those of the entry.
func (p *poisson512) below(words, entry reg.Register) reg.Register {
	bound, below := ZMM(), K()
	VPORD(p.thirtyOne, words, bound)
	VPCMPUW(Imm(1), entry, bound, below) // bound < entry
	return below
}

// choose takes the column of some lanes and the alias of others.
func (p *poisson512) choose(words, entry, own reg.Register) reg.VecVirtual {
	count := ZMM()
	VPBLENDMW(words, entry, own, count)
	VPANDD(p.thirtyOne, count, count)
	return count
}

// philox returns the words 0 and 1 of 8 blocks in turn, then the
// words 2 and 3, and the same for the next 8 blocks: halves of words in the order
// of neurons. Meanwhile a 32-bit number is the lower half of a lane of 64; the upper
// half is garbage, which the multiplication ignores.
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
