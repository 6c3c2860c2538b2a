package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// poisson512 is the registers of the routine that draws Poisson counts.
type poisson512 struct {
	drawer
	table     reg.VecVirtual // upper halves
	thirtyOne reg.VecVirtual
	keys      [rounds + 1]reg.VecVirtual
	words     func(summand reg.GPVirtual) [4]reg.VecVirtual // of four times 32 neurons
}

// poissonAVX512 generates the draws with 4 blocks of the cipher, for 32 neurons, in a
// vector. Four vectors are drawn at a time, because a block is a long chain of
// operations that wait for each other. It needs F and BW, and VAES or AES.
func poissonAVX512(vaes bool) {
	name := "AVX512"
	if vaes {
		name += "VAES"
	}
	p := &poisson512{drawer: beginPoisson(name), thirtyOne: all512(0x001f_001f_001f_001f), table: ZMM()}
	VMOVDQU16(p.field(argUpper), p.table)
	p.words = p.wordsByBlock
	if vaes {
		p.words = p.wordsByVector
		for i := range p.keys {
			p.keys[i] = ZMM()
			VBROADCASTI32X4(p.key(i), p.keys[i])
		}
	}
	Label("group")
	zero := ZMM()
	VPXORQ(zero, zero, zero)
	for i := range 4 {
		VMOVDQU16(zero, p.count(i))
	}
	p.eachSummand(p.addCounts)
	p.next(128)
	VZEROUPPER()
	RET()
}

// count is where the counts of a vector of neurons are.
func (p *poisson512) count(i int) Mem { return Mem{Base: p.counts, Disp: 64 * i} }

func all512(x uint64) reg.VecVirtual {
	z := ZMM()
	VMOVDQU64(broadcastConstant(x), z)
	return z
}

// addCounts adds the counts of one summand. If the lower half of any word
// matters, all are drawn.
func (p *poisson512) addCounts(summand reg.GPVirtual) {
	upper := p.words(summand)
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
	lowers, table := p.words(second), ZMM()
	VMOVDQU16(p.field(argLower), table)
	for i, lower := range lowers {
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
		VPADDW(p.count(i), count, count)
		VMOVDQU16(count, p.count(i))
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

// choose takes the column of some lanes, and leaves the alias of others in entry.
func (p *poisson512) choose(words, entry, own reg.Register) reg.VecVirtual {
	count := ZMM()
	VMOVDQU16(words, own, entry)
	VPANDD(p.thirtyOne, entry, count)
	return count
}

// wordsByVector needs VAES.
func (p *poisson512) wordsByVector(summand reg.GPVirtual) (words [4]reg.VecVirtual) {
	counter, first := p.counter(summand), ZMM()
	VSHUFI32X4(Imm(0), counter.AsZ(), counter.AsZ(), first)
	for i := range words {
		words[i] = ZMM()
		VPADDD(blocks(4*i), first, words[i])
		VPXORQ(p.keys[0], words[i], words[i])
	}
	for _, key := range p.keys[1:rounds] {
		for _, w := range words {
			VAESENC(key, w, w)
		}
	}
	for _, w := range words {
		VAESENCLAST(p.keys[rounds], w, w)
	}
	return words
}

// wordsByBlock is for machines that encrypt no vectors.
func (p *poisson512) wordsByBlock(summand reg.GPVirtual) (words [4]reg.VecVirtual) {
	first := p.counter(summand)
	for i := range words {
		words[i] = ZMM()
		var each [4]reg.VecVirtual
		p.encrypt(first, 4*i, each[:])
		VMOVDQA64(each[0].AsZ(), words[i])
		for b := 1; b < 4; b++ {
			VINSERTI32X4(Imm(uint64(b)), each[b], words[i], words[i])
		}
	}
	return words
}
