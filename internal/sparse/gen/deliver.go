package main

import (
	"slices"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	ahead    = 4 // runs between prefetch and delivery; runsAhead of package sparse
	maxLines = 8 // prefetched of the first runs; the machine follows a longer one itself
)

// deliverRoutine generates the delivery of entries of 6 bytes (target, weight)
// or of 2 (target).
//
// With some events of a run, as many bytes of a later one are prefetched: neighbours
// in a list are about equally long. All lines of a run at once would leave too few
// of the places that wait for lines to the row, which is in the second cache.
func deliverRoutine(name string, size int) {
	signature, weighted := "(row *float64, entries *uint16, runs *uint32, deliver, known int", size == 6
	if !weighted {
		signature += ", weight float64"
	}
	TEXT(name, attr.NOSPLIT, "func"+signature+")")
	Pragma("noescape")
	Doc(name+" delivers the first runs of a list; the known ones behind them",
		"are prefetched. deliver is at least 1 and at most known. No run is empty.")
	row, entries := load("row"), load("entries")
	runs, deliver, known := load("runs"), load("deliver"), load("known")
	last := GP64()
	LEAQ(Mem{Base: runs, Index: deliver, Scale: 8}, last)
	limit := GP64() // no prefetch from here on
	LEAQ(Mem{Base: runs, Index: known, Scale: 8}, limit)
	SUBQ(Imm(8*ahead), limit)
	at, end, later := GP64(), GP64(), GP64()
	deliverRun := constantRun
	if weighted {
		deliverRun = weightedRun
	}
	each := deliverRun(row, at, end, later)

	Label("run")
	address(Mem{Base: runs}, entries, size, at)
	address(Mem{Base: runs, Disp: 4}, entries, size, end)
	MOVQ(at, later)
	CMPQ(runs, limit)
	JGE(LabelRef("nothing_later"))
	address(Mem{Base: runs, Disp: 8 * ahead}, entries, size, later)
	Label("nothing_later")
	each()
	ADDQ(Imm(8), runs)
	CMPQ(runs, last)
	JLT(LabelRef("run"))
	VZEROUPPER()
	RET()
}

// weightedRun prepares the delivery of a run of pairs of target and weight.
func weightedRun(row, at, end, later reg.GPVirtual) (each func()) {
	const size = 6
	order, rest := XMM(), GP64()
	VMOVDQU(constant("weights_of_pair", weightsOfPair), order)
	return func() {
		LEAQ(Mem{Base: end, Disp: -4 * size}, rest)
		JMP(LabelRef("four"))
		Label("four_body")
		PREFETCHT0(Mem{Base: later})
		ADDQ(Imm(4*size), later)
		for i := range 2 {
			pair := Mem{Base: at, Disp: 2 * size * i}
			x := XMM()
			VMOVDQU(pair.Offset(2), x)
			VPSHUFB(order, x, x)
			deliverPair(row, pair, x)
		}
		ADDQ(Imm(4*size), at)
		Label("four")
		CMPQ(at, rest)
		JLT(LabelRef("four_body"))
		PREFETCHT0(Mem{Base: later})
		lastFour(row, at, end)
	}
}

// weightsOfPair takes the weights out of 16 bytes that begin with that of the first
// of two entries.
var weightsOfPair = []uint64{0x09080706_03020100, 1<<64 - 1}

// lastFour delivers what is left of a run, one to four events, without a branch that
// the machine would guess wrong in most runs: what lies behind the end is delivered
// too, but its weight is replaced by −0, which changes no number.
func lastFour(row, at, end reg.GPVirtual) {
	left, choice := GP64(), GP64() // 6·n bytes are left
	MOVQ(end, left)
	SUBQ(at, left)
	IMUL3Q(Imm(0xab), left, left) // 6·n·171 = 1026·n
	SHRQ(Imm(4), left)            // 64·n
	const no, minus = 1<<64 - 1, 1 << 31
	both := append(slices.Clone(weightsOfPair), 0, 0) // the weights, and signs
	first := []uint64{0xffffffff_03020100, no, minus << 32, 0}
	none := []uint64{no, no, minus<<32 | minus, 0}
	LEAQ(constant("last_four", slices.Concat(first, none, both, none, both, first, both, both)), choice)
	ADDQ(left, choice)
	for i := range 2 {
		pair := Mem{Base: at, Disp: 12 * i}
		x := XMM()
		VMOVDQU(pair.Offset(2), x)
		VPSHUFB(Mem{Base: choice, Disp: 32*i - 64}, x, x)
		VPOR(Mem{Base: choice, Disp: 32*i - 48}, x, x)
		deliverPair(row, pair, x)
	}
}

// deliverPair adds two weights at the targets of two entries. What limits delivery
// is how often it reads and writes, about twice in a cycle: so both targets are read
// at once, and so are both weights.
func deliverPair(row reg.Register, entries Mem, weights reg.VecVirtual) {
	first, second, x := GP64(), GP64(), XMM()
	MOVQ(entries, second)
	MOVWQZX(second.As16(), first)
	SHRQ(Imm(48), second)
	VCVTPS2PD(weights, weights)
	VUNPCKHPD(weights, weights, x)
	deliverOne(row, first, weights, weights)
	deliverOne(row, second, x, x)
}

// constantRun prepares the delivery of a run of targets.
func constantRun(row, at, end, later reg.GPVirtual) (each func()) {
	const size, many = 2, 8
	weight, rest := XMM(), GP64()
	Load(Param("weight"), weight)
	return func() {
		LEAQ(Mem{Base: end, Disp: -(many - 1) * size}, rest)
		JMP(LabelRef("many"))
		Label("many_body")
		PREFETCHT0(Mem{Base: later})
		ADDQ(Imm(many*size), later)
		for i := range many / 4 {
			for _, target := range fourTargets(Mem{Base: at, Disp: 4 * size * i}) {
				deliverOne(row, target, weight, XMM())
			}
		}
		ADDQ(Imm(many*size), at)
		Label("many")
		CMPQ(at, rest)
		JLT(LabelRef("many_body"))
		JMP(LabelRef("one"))
		Label("one_body")
		target := GP64()
		MOVWQZX(Mem{Base: at}, target)
		deliverOne(row, target, weight, XMM())
		ADDQ(Imm(uint64(size)), at)
		Label("one")
		CMPQ(at, end)
		JLT(LabelRef("one_body"))
		PREFETCHT0(Mem{Base: later})
	}
}

// fourTargets are read at once.
func fourTargets(from Mem) (targets [4]reg.Register) {
	rest := GP64()
	MOVQ(from, rest)
	for i := range 3 {
		target := GP64()
		MOVWQZX(rest.As16(), target)
		SHRQ(Imm(16), rest)
		targets[i] = target
	}
	targets[3] = rest
	return targets
}

// deliverOne adds a weight to an element of the row.
func deliverOne(row, target, weight, sum reg.Register) {
	cell := Mem{Base: row, Index: target, Scale: 8}
	VADDSD(cell, weight, sum)
	VMOVSD(sum, cell)
}

func load(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }

// address is that of the entry with a number in memory.
func address(number Mem, entries reg.Register, size int, to reg.GPVirtual) {
	MOVL(number, to.As32())
	if size == 6 {
		LEAQ(Mem{Base: to, Index: to, Scale: 2}, to)
	}
	LEAQ(Mem{Base: entries, Index: to, Scale: 2}, to)
}

// prefetchRoutine generates the prefetch of the first runs of a list.
func prefetchRoutine() {
	TEXT("prefetchRuns", attr.NOSPLIT, "func(entries *uint16, runs *uint32, n, wordsPerEntry int)")
	Pragma("noescape")
	Doc("prefetchRuns prefetches the entries of n runs, at least 1.")
	entries, runs, n, words := load("entries"), load("runs"), load("n"), load("wordsPerEntry")
	Label("next")
	at, end := GP64(), GP64()
	for i, r := range []reg.GPVirtual{at, end} {
		MOVL(Mem{Base: runs, Disp: 4 * i}, r.As32())
		IMULQ(words, r)
		LEAQ(Mem{Base: entries, Index: r, Scale: 2}, r)
	}
	most := GP64()
	LEAQ(Mem{Base: at, Disp: 64 * maxLines}, most)
	CMPQ(end, most)
	CMOVQGT(most, end)
	Label("line")
	PREFETCHT0(Mem{Base: at})
	ADDQ(Imm(64), at)
	CMPQ(at, end)
	JLT(LabelRef("line"))
	ADDQ(Imm(8), runs)
	DECQ(n)
	JNZ(LabelRef("next"))
	RET()
}

// prefetchEntriesRoutine generates the prefetch of single entries.
func prefetchEntriesRoutine() {
	TEXT("prefetchEntries", attr.NOSPLIT, "func(entries *uint16, places *uint32, n, wordsPerEntry int)")
	Pragma("noescape")
	Doc("prefetchEntries prefetches the entries at n places, at least 1.")
	entries, places, n, words := load("entries"), load("places"), load("n"), load("wordsPerEntry")
	Label("next")
	at := GP64()
	MOVL(Mem{Base: places}, at.As32())
	IMULQ(words, at)
	PREFETCHT0(Mem{Base: entries, Index: at, Scale: 2})
	ADDQ(Imm(4), places)
	DECQ(n)
	JNZ(LabelRef("next"))
	RET()
}

// prefetchEndsRoutine generates the prefetch of rows of the table of runs.
func prefetchEndsRoutine() {
	TEXT("prefetchEnds", attr.NOSPLIT, "func(ends *uint32, sources *uint32, n, delays int)")
	Pragma("noescape")
	Doc("prefetchEnds prefetches the ends of the runs of n sources, at least 1, each with",
		"a number of delays.")
	ends, sources, n, delays := load("ends"), load("sources"), load("n"), load("delays")
	Label("next")
	at, end := GP64(), GP64()
	MOVL(Mem{Base: sources}, at.As32())
	IMULQ(delays, at)
	LEAQ(Mem{Base: ends, Index: at, Scale: 4}, at)
	LEAQ(Mem{Base: at, Index: delays, Scale: 4}, end)
	Label("line")
	PREFETCHT0(Mem{Base: at})
	ADDQ(Imm(64), at)
	CMPQ(at, end)
	JLT(LabelRef("line"))
	PREFETCHT0(Mem{Base: end, Disp: -4})
	ADDQ(Imm(4), sources)
	DECQ(n)
	JNZ(LabelRef("next"))
	RET()
}
