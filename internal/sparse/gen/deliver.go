package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	ahead    = 8 // runs between prefetch and delivery
	maxLines = 8 // prefetched of a run; the machine follows a longer one itself
)

// deliverRoutine generates the delivery of entries of 6 bytes (target, weight)
// or of 2 (target).
func deliverRoutine(name string, size int) {
	signature, weighted := "(row *float64, entries *uint16, runs *uint32, deliver, known int", size == 6
	if !weighted {
		signature += ", weight float64"
	}
	TEXT(name, attr.NOSPLIT, "func"+signature+")")
	Pragma("noescape")
	Doc(name+" delivers the first runs of a list; the known ones behind them",
		"are prefetched. deliver is at least 1 and at most known.")
	row, entries := load("row"), load("entries")
	runs, deliver, known := load("runs"), load("deliver"), load("known")
	zero, weight := XMM(), XMM()
	VXORPS(zero, zero, zero)
	if !weighted {
		Load(Param("weight"), weight)
	}
	last := GP64()
	LEAQ(Mem{Base: runs, Index: deliver, Scale: 8}, last)
	limit := GP64() // no prefetch from here on
	LEAQ(Mem{Base: runs, Index: known, Scale: 8}, limit)
	SUBQ(Imm(8*ahead), limit)

	Label("run")
	CMPQ(runs, limit)
	JGE(LabelRef("nothing_ahead"))
	prefetchRun(Mem{Base: runs, Disp: 8 * ahead}, entries, size)
	Label("nothing_ahead")

	at, end := bounds(Mem{Base: runs}, entries, size)
	unrolled := GP64()
	LEAQ(Mem{Base: end, Disp: -3 * size}, unrolled)
	event := func(i int) {
		target, x := GP64(), XMM()
		MOVWQZX(Mem{Base: at, Disp: i * size}, target)
		cell := Mem{Base: row, Index: target, Scale: 8}
		if weighted {
			VCVTSS2SD(Mem{Base: at, Disp: i*size + 2}, zero, x)
			VADDSD(cell, x, x)
		} else {
			VADDSD(cell, weight, x)
		}
		VMOVSD(x, cell)
	}
	JMP(LabelRef("four"))
	Label("four_body")
	for i := range 4 {
		event(i)
	}
	ADDQ(Imm(uint64(4*size)), at)
	Label("four")
	CMPQ(at, unrolled)
	JLT(LabelRef("four_body"))
	if weighted {
		lastThree(row, at, end, zero)
	} else {
		JMP(LabelRef("one"))
		Label("one_body")
		event(0)
		ADDQ(Imm(uint64(size)), at)
		Label("one")
		CMPQ(at, end)
		JLT(LabelRef("one_body"))
	}

	ADDQ(Imm(8), runs)
	CMPQ(runs, last)
	JLT(LabelRef("run"))
	VZEROUPPER()
	RET()
}

// lastThree delivers what is left of a run, up to three events, without a branch
// that the machine would guess wrong in most runs: what lies behind the end is
// delivered too, but its weight is replaced by −0, which changes no number.
func lastThree(row, at, end reg.GPVirtual, zero reg.Register) {
	past := GP64() // 4·(3 − how many are left)
	MOVQ(end, past)
	SUBQ(at, past)
	masks := GP64()
	LEAQ(constant("last_three", []uint64{
		1<<64 - 1, 1<<32 - 1, 0, 0, // weights are kept, or
		0, 1 << 63, 1<<63 | 1<<31, 0, 0, // get a sign
	}), masks)
	// 6·n bytes are left: 12 − 4·n = 12 − 6·n·(2/3)
	IMUL3Q(Imm(0xab), past, past) // 6·n·171 = 1026·n
	SHRQ(Imm(8), past)            // 4·n
	SUBQ(past, masks)
	for i := range 3 {
		target, x := GP64(), XMM()
		MOVWQZX(Mem{Base: at, Disp: 6 * i}, target)
		cell := Mem{Base: row, Index: target, Scale: 8}
		VMOVSS(Mem{Base: at, Disp: 6*i + 2}, x)
		VANDPS(Mem{Base: masks, Disp: 12 + 4*i}, x, x)
		VORPS(Mem{Base: masks, Disp: 32 + 12 + 4*i}, x, x)
		VCVTSS2SD(x, zero, x)
		VADDSD(cell, x, x)
		VMOVSD(x, cell)
	}
}

func load(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }

// bounds returns the addresses of the begin and end of a run.
func bounds(run Mem, entries reg.Register, size int) (at, end reg.GPVirtual) {
	at, end = GP64(), GP64()
	for i, r := range []reg.GPVirtual{at, end} {
		MOVL(run.Offset(4*i), r.As32())
		if size == 6 {
			LEAQ(Mem{Base: r, Index: r, Scale: 2}, r)
		}
		LEAQ(Mem{Base: entries, Index: r, Scale: 2}, r)
	}
	return at, end
}

var prefetches int

// prefetchRun asks for the lines of a run.
func prefetchRun(run Mem, entries reg.Register, size int) {
	prefetches++
	label := fmt.Sprint("line", prefetches)
	at, end := bounds(run, entries, size)
	most := GP64()
	LEAQ(Mem{Base: at, Disp: 64 * maxLines}, most)
	CMPQ(end, most)
	CMOVQGT(most, end)
	Label(label)
	PREFETCHT0(Mem{Base: at})
	ADDQ(Imm(64), at)
	CMPQ(at, end)
	JLT(LabelRef(label))
	PREFETCHT0(Mem{Base: end, Disp: -1}) // the line that the stride of 64 may miss
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
