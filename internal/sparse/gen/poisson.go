package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A drawer is what the routines that draw Poisson counts share.
type drawer struct {
	args, counts, n, block reg.GPVirtual
}

func (d *drawer) field(offset int) Mem { return Mem{Base: d.args, Disp: offset} }

func beginPoisson(width string) drawer {
	name := "poisson" + width
	TEXT(name, attr.NOSPLIT, "func(args **float64)")
	Pragma("noescape")
	Doc(name+" draws the Poisson counts of the neurons of a stepArgs, given by its",
		"first field; it may write the counts of a group more.")
	d := drawer{args: load("args"), counts: GP64(), n: GP64(), block: GP64()}
	MOVQ(d.field(argCounts), d.counts)
	MOVQ(d.field(argN), d.n)
	MOVQ(d.field(argBlock), d.block)
	return d
}

// eachSummand is a loop over the summands of which a count is the sum.
func (d *drawer) eachSummand(body func(summand reg.GPVirtual)) {
	summand := GP64()
	XORQ(summand, summand)
	JMP(LabelRef("summands"))
	Label("summand")
	body(summand)
	INCQ(summand)
	Label("summands")
	CMPQ(summand, d.field(argSummands))
	JLT(LabelRef("summand"))
}

// next moves on by some neurons.
func (d *drawer) next(neurons int) {
	ADDQ(U32(2*neurons), d.counts)
	ADDQ(Imm(uint64(neurons/8)), d.block)
	SUBQ(U32(neurons), d.n)
	JG(LabelRef("group"))
}

// lowerHalves is the bit that the summand of the blocks of lower halves has.
const lowerHalves = 1 << 31

// key is that of a round of AES.
func (d *drawer) key(round int) Mem { return d.field(argKeys + 16*round) }

// encrypt encrypts the counters of some blocks of a group, one by one.
func (d *drawer) encrypt(counter reg.Register, from int, words []reg.VecVirtual) {
	key := XMM()
	VMOVDQU(d.key(0), key)
	for b := range words {
		words[b] = XMM()
		VPADDD(blocks(from+b), counter, words[b])
		VPXOR(key, words[b], words[b])
	}
	for round := 1; round <= rounds; round++ {
		VMOVDQU(d.key(round), key)
		for _, w := range words {
			if round < rounds {
				VAESENC(key, w, w)
			} else {
				VAESENCLAST(key, w, w)
			}
		}
	}
}

// counter is the counter of the first block of a group.
func (d *drawer) counter(summand reg.GPVirtual) reg.VecVirtual {
	low, counter := GP64(), XMM()
	MOVQ(summand, low)
	SHLQ(Imm(32), low)
	ORQ(d.block, low)
	VMOVQ(low, counter)
	VPINSRQ(Imm(1), d.field(argStep), counter, counter)
	return counter
}

// blocks counts the blocks of a group.
func blocks(first int) Mem {
	var counters []uint64
	for b := range 16 {
		counters = append(counters, uint64(b), 0)
	}
	return constant("blocks", counters).Offset(16 * first)
}

// expandKeyRoutine generates the key schedule of AES-128 (FIPS 197, section 5.2).
func expandKeyRoutine() {
	TEXT("expandKeyAES", attr.NOSPLIT, "func(key *byte, keys *uint64)")
	Pragma("noescape")
	Doc("expandKeyAES makes the keys of the rounds.")
	from, keys := load("key"), load("keys")
	key := XMM()
	VMOVDQU(Mem{Base: from}, key)
	VMOVDQU(key, Mem{Base: keys})
	for round, constant := range []uint8{0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x1b, 0x36} {
		last, shifted := XMM(), XMM()
		VAESKEYGENASSIST(Imm(uint64(constant)), key, last)
		VPSHUFD(Imm(0xff), last, last)
		for range 3 {
			VPSLLDQ(Imm(4), key, shifted)
			VPXOR(shifted, key, key)
		}
		VPXOR(last, key, key)
		VMOVDQU(key, Mem{Base: keys, Disp: 16 * (round + 1)})
	}
	RET()
}
