package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets of the fields of findArgs; a test compares them.
const (
	findTargets = 8 * iota
	findN
	findBase
	findSteps
	findTraces
	findAfter
	findUpTo
	findBefore
	findMeets
	findFrom
	findDecay
	findLast
	findPost
	findRounds
	findAlone
	findFound // a count for each round and, last, for alone
)

// Of package sparse: spikes that a row holds, rounds, synapses of a chunk.
const (
	findKept      = 8
	findRoundsMax = 8
	findCommon    = 4 // rounds whose counts are kept in registers
	findChunk     = 256
	findRound     = 12 * findChunk // bytes: gaps of 8 bytes, then synapses of 4
)

// findRoutine generates the search for the spikes that synapses meet, with
// vectors of eight or of four.
func findRoutine(wide bool) {
	name := "findAVX2"
	if wide {
		name = "findAVX512"
	}
	TEXT(name, attr.NOSPLIT, "func(args **uint16)")
	Pragma("noescape")
	Doc(name + " computes findArgs.portable; args points to the first field.")
	args := load("args")
	field := func(offset int) Mem { return Mem{Base: args, Disp: offset} }
	get := func(offset int) reg.GPVirtual { r := GP64(); MOVQ(field(offset), r); return r }
	f := finder{wide: wide, field: field, steps: get(findSteps)}
	f.prepare()
	targets, rounds := get(findTargets), get(findRounds)
	var n [findCommon]reg.GPVirtual
	for k := range n {
		n[k] = GP64()
		XORQ(n[k], n[k])
	}
	i := GP64()
	XORQ(i, i)

	Label("synapse")
	CMPQ(i, field(findN))
	JGE(LabelRef("done"))
	row := GP64()
	MOVWQZX(Mem{Base: targets, Index: i, Scale: 2}, row)
	SUBQ(field(findBase), row)
	SHLQ(Imm(6), row)
	after, beyond, met := f.later(row)
	f.trace(row, met, i)

	SUBQ(after, beyond)
	NEGQ(beyond)
	count := beyond // spikes in the window
	CMPQ(after, Imm(findKept))
	JEQ(LabelRef("alone"))
	SHLQ(Imm(3), after)
	SUBQ(after, row) // of the first spike in the window, less a row
	round := func(k int, n reg.GPVirtual) {
		gap := met // no longer needed
		MOVQ(Mem{Base: f.steps, Index: row, Scale: 1, Disp: 8 * (findKept + k)}, gap)
		SUBQ(field(findFrom), gap)
		MOVQ(gap, Mem{Base: rounds, Index: n, Scale: 8, Disp: k * findRound})
		MOVL(i.As32(), Mem{Base: rounds, Index: n, Scale: 4, Disp: k*findRound + 8*findChunk})
	}
	for k := range n {
		round(k, n[k])
		CMPQ(count, Imm(uint64(k+1)))
		SBBQ(I8(-1), n[k]) // one more if count is not below
	}
	CMPQ(count, Imm(findCommon))
	JHI(LabelRef("more"))
	Label("next")
	INCQ(i)
	JMP(LabelRef("synapse"))

	Label("more")
	for k := findCommon; k < findRoundsMax; k++ {
		MOVQ(field(findFound+8*k), after)
		round(k, after)
		INCQ(field(findFound + 8*k))
		CMPQ(count, Imm(uint64(k+1)))
		JEQ(LabelRef("next"))
	}
	JMP(LabelRef("next"))

	Label("alone")
	MOVQ(field(findAlone), met)
	MOVQ(field(findFound+8*findRoundsMax), after)
	MOVL(i.As32(), Mem{Base: met, Index: after, Scale: 4})
	INCQ(field(findFound + 8*findRoundsMax))
	JMP(LabelRef("next"))

	Label("done")
	for k := range n {
		MOVQ(n[k], field(findFound+8*k))
	}
	VZEROUPPER()
	RET()
}

type finder struct {
	wide                bool
	field               func(offset int) Mem
	steps               reg.GPVirtual
	after, upTo, before reg.VecVirtual
}

// prepare puts the steps to compare with into all lanes.
func (f *finder) prepare() {
	for _, v := range []struct {
		to     *reg.VecVirtual
		offset int
	}{{&f.after, findAfter}, {&f.upTo, findUpTo}, {&f.before, findBefore}} {
		*v.to = YMM()
		if f.wide {
			*v.to = ZMM()
		}
		VPBROADCASTQ(f.field(v.offset), *v.to)
	}
}

// later counts the steps of a row that come after each of the three.
func (f *finder) later(row reg.GPVirtual) (after, upTo, before reg.GPVirtual) {
	var parts []reg.VecVirtual
	if f.wide {
		parts = []reg.VecVirtual{ZMM()}
		VMOVDQU64(Mem{Base: f.steps, Index: row, Scale: 1}, parts[0])
	} else {
		parts = []reg.VecVirtual{YMM(), YMM()}
		for k, p := range parts {
			VMOVDQU(Mem{Base: f.steps, Index: row, Scale: 1, Disp: 32 * k}, p)
		}
	}
	count := func(limit reg.VecVirtual) reg.GPVirtual {
		n := GP64()
		if f.wide {
			k := K()
			VPCMPGTQ(limit, parts[0], k)
			KMOVB(k, n.As32())
		} else {
			low, high, upper := YMM(), YMM(), GP64()
			VPCMPGTQ(limit, parts[0], low)
			VPCMPGTQ(limit, parts[1], high)
			VMOVMSKPD(low, n.As32())
			VMOVMSKPD(high, upper.As32())
			SHLL(Imm(4), upper.As32())
			ORL(upper.As32(), n.As32())
		}
		POPCNTL(n.As32(), n.As32())
		return n
	}
	return count(f.after), count(f.upTo), count(f.before)
}

// trace writes the trace of the target where it meets the source's spike. met
// is the number of spikes that come no earlier, and is lost.
func (f *finder) trace(row, met, i reg.GPVirtual) {
	NEGQ(met)
	ADDQ(Imm(findKept-1), met)
	ANDQ(Imm(findKept-1), met)
	LEAQ(Mem{Base: row, Index: met, Scale: 8}, met)
	gap, x, base := GP64(), XMM(), GP64()
	MOVQ(f.field(findMeets), gap)
	SUBQ(Mem{Base: f.steps, Index: met, Scale: 1}, gap)
	CMPQ(gap, f.field(findLast))
	CMOVQHI(f.field(findLast), gap)
	MOVQ(f.field(findTraces), base)
	VMOVSD(Mem{Base: base, Index: met, Scale: 1}, x)
	MOVQ(f.field(findDecay), base)
	VMULSD(Mem{Base: base, Index: gap, Scale: 8}, x, x)
	MOVQ(f.field(findPost), base)
	VMOVSD(x, Mem{Base: base, Index: i, Scale: 8})
}
